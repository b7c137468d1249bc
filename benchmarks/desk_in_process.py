"""Run inside a copy's environment: 10,000 contributions, then the pages of the desk, in process."""

import itertools
import time

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from questions.models import Answer, Author, Question  # noqa: E402

ROWS, ROUNDS = 10_000, 40
LIST = "/gestion/questions/question/"
PAGES = (
    ("moderacion1", "list, what waits for review", LIST),
    ("moderacion1", "list, open", f"{LIST}?vista=abiertas"),
    ("moderacion1", "list, all", f"{LIST}?vista=todas"),
    ("moderacion1", "list, all, page 100", f"{LIST}?vista=todas&p=100"),
    (
        "moderacion1",
        "list, a topic and a state",
        f"{LIST}?vista=todas&tema=residuos&estado=received",
    ),
    ("moderacion1", "list, search of two words", f"{LIST}?q=quebrada+veredal"),
    ("moderacion1", "list, search of a rare word", f"{LIST}?q=zarigüeya"),
    ("moderacion1", "list, search of a number", f"{LIST}?q=4321"),
    ("oficina.ambiental", "list of an office", f"{LIST}?vista=todas"),
    ("aprobacion1", "list of approval", LIST),
    ("moderacion1", "review page", "{review}"),
    ("moderacion1", "home", "/gestion/"),
    ("oficina.ambiental", "home of an office", "/gestion/"),
)


def fill() -> None:
    """Rows copied from the demonstration, until there are 10,000: its mix of states and texts."""
    models = list(Question.objects.order_by("number"))
    answers = {answer.question_id: answer for answer in Answer.objects.all()}
    first = max(question.number for question in models) + 1
    rows, told = [], {}
    for number, model in zip(range(first, first + ROWS - len(models)), itertools.cycle(models)):
        told[number] = model.pk
        row = _copy(model)
        row.number, row.reference = number, f"RC-2026-{number:05}"
        row.filing_key, row.slug = f"bench-{number}", model.slug
        row.original_text = f"{model.original_text} " * (1 + number % 4)
        rows.append(row)
    Question.objects.bulk_create(rows, batch_size=500)
    made = dict(Question.objects.filter(number__gte=first).values_list("number", "pk"))
    _with_answers(made, told, answers)
    Author.objects.bulk_create(
        [Author(question_id=pk, email=f"bench{pk}@example.org") for pk in made.values()],
        batch_size=500,
    )


def _copy(model):
    fields = {f.attname: getattr(model, f.attname) for f in Question._meta.concrete_fields}
    fields.pop("id")
    return Question(**fields)


def _with_answers(made, told, answers) -> None:
    rows = []
    for number, pk in made.items():
        answer = answers.get(told[number])
        if answer:
            fields = {f.attname: getattr(answer, f.attname) for f in Answer._meta.concrete_fields}
            fields.pop("id")
            rows.append(Answer(**{**fields, "question_id": pk}))
    Answer.objects.bulk_create(rows, batch_size=500)


def line(client, name: str, path: str) -> str:
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path}: not 200")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # now: the next request empties the log
    took, used = [], time.process_time()
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - used) * 1000 / ROUNDS
    took.sort()
    p50, p95 = took[ROUNDS // 2], took[int(ROUNDS * 0.95)]
    return f"{name:30} {queries:4}      {cpu:6.0f}   {p50:6.0f}   {p95:6.0f}"


def main() -> None:
    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    waiting = Question.objects.filter(status="received", visibility="unmoderated").first()
    review = f"{LIST}{waiting.pk}/change/"
    clients = {}
    for username in dict.fromkeys(user for user, _name, _path in PAGES):
        clients[username] = Client(SERVER_NAME="127.0.0.1")
        clients[username].force_login(User.objects.get(username=username))
    for user, name, path in PAGES:
        print(line(clients[user], name, path.format(review=review)), flush=True)


main()
