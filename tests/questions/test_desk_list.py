"""The list of contributions: views, order, search, filters, bulk assignment, queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entity.models import Office
from portal.base import clock, versions
from questions import workflow
from questions.models import Question
from tests.questions.desk import LIST, said, words_of

QUERIES = 10


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def office(staff):
    return staff.office.office_memberships.get().office


def numbers(response) -> list[int]:
    return [question.number for question in response.context["cl"].result_list]


def due(question, days: int) -> Question:
    """The same contribution, due `days` from today."""
    day = clock.local_day() + timedelta(days=days)
    Question.objects.filter(pk=question.pk).update(due_on=day)
    return question


def test_it_begins_with_what_waits_for_review_the_earliest_deadline_first(
    desk, make_question, published
):
    late, early = due(make_question(), 30), due(make_question(), 3)
    published()
    response = desk.get(LIST)
    assert response.context["cl"].shown_view == "por-revisar"
    assert numbers(response) == [early.number, late.number]


@pytest.fixture
def mixed(make_question, published, staff, office):
    """One contribution of each kind, by the name of the view that is about it."""
    return {
        "unreviewed": due(make_question(), 60),
        "late": due(published(), -30),
        "soon": due(published(), 1),
        "assigned": due(
            workflow.assign_question(published(), actor=staff.moderation, office=office), 60
        ),
        "awaiting": due(_awaiting(published(), staff, office), 60),
        "silent": due(_asked(make_question(), staff, days=-1), 60),
        "asked": due(_asked(make_question(), staff, days=0), 60),
        "proposed": due(
            workflow.propose_archive(make_question(), actor=staff.moderation, reason="Insultos"),
            60,
        ),
    }


def _asked(question, staff, days):
    """Asked to clarify, and the last day to reply was or is so many days from today."""
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    day = clock.local_day() + timedelta(days=days)
    question.clarifications.update(reply_by=day)
    return question


def _awaiting(question, staff, office):
    workflow.assign_question(question, actor=staff.moderation, office=office)
    answer = workflow.draft_answer(question, actor=staff.office, summary="Sí.", body="Sí.")
    workflow.request_approval(answer, actor=staff.office)
    return question


ALL = {
    "unreviewed", "late", "soon", "assigned", "awaiting", "silent", "asked", "proposed",
}  # fmt: skip
VIEWS = [
    ("por-revisar", {"unreviewed"}),
    ("sin-oficina", {"unreviewed", "late", "soon", "silent", "asked", "proposed"}),
    ("por-vencer", {"soon"}),
    ("atrasadas", {"late"}),
    ("por-aprobar", {"awaiting"}),
    ("por-desistir", {"silent"}),
    ("por-archivar", {"proposed"}),
    ("abiertas", ALL),
    ("todas", ALL),
]


@pytest.mark.parametrize(("view", "expected"), VIEWS)
def test_a_saved_view_and_its_count(desk, mixed, view, expected):
    response = desk.get(f"{LIST}?vista={view}")
    assert set(numbers(response)) == {mixed[name].number for name in expected}
    tab = next(tab for tab in response.context["cl"].tabs if tab["name"] == view)
    assert tab["count"] == len(expected)


@pytest.mark.parametrize(
    ("role", "view"),
    [("office", "abiertas"), ("approval", "por-aprobar"), ("internal_control", "abiertas")],
)
def test_each_role_begins_with_its_own_view(client, staff, mixed, role, view):
    client.force_login(staff[role])
    assert client.get(LIST).context["cl"].shown_view == view


def test_a_number_a_filing_number_and_words_are_found(desk, make_question, published):
    first = make_question(text="El humedal se seca cada verano")
    second = published(text="Otra cosa", public_text="Talan el bosque", title="Tala")
    for words, expected in (
        (str(first.number), first),
        (first.reference, first),
        ("verano humedal", first),
        ("BOSQUE", second),
        ("tala", second),
    ):
        found = numbers(desk.get(LIST, {"q": words}))
        assert expected.number in found, words
    assert numbers(desk.get(LIST, {"q": "humedal bosque"})) == []
    assert desk.get(LIST, {"q": "9" * 40}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["estado=received", "plazo=hoy", "plazo=pausa", "oficina=autoridad-ambiental", "tema=agua",
     "municipio=68500", "canal=web", "jornada=2020-12-21-jornada", "vista=nada", "plazo=nada",
     "o=1.-2", "estado=' OR 1=1", "p=99", "e=1"],
)  # fmt: skip
def test_no_filter_breaks_the_list(desk, mixed, event_held, query):
    assert desk.get(f"{LIST}?vista=todas&{query}", follow=True).status_code == 200


def test_bulk_assignment_tells_each_refusal(desk, make_question, archived, office):
    first, second = make_question(), make_question()
    closed = archived(make_question())
    chosen = [first.pk, second.pk, closed.pk]
    data = {"action": "assign_to_office", "_selected_action": chosen, "office": office.pk}
    response = desk.post(f"{LIST}?vista=todas", data)
    assert response.status_code == 302
    told = said(response)
    assert len(told) == 2
    assert any(f">{closed.number}</a>: " in text for text in told)
    assert any(office.name in text and "2" in text for text in told)
    assert Question.objects.filter(status="assigned", office=office).count() == 2


@pytest.mark.parametrize("office_value", ["", "999999", "x"])
def test_bulk_assignment_wants_an_office(desk, make_question, office_value):
    data = {"action": "assign_to_office", "_selected_action": [make_question().pk]}
    response = desk.post(LIST, {**data, "office": office_value})
    assert said(response) and not Question.objects.filter(status="assigned").exists()


def test_only_moderation_assigns_many(client, staff, make_question, office):
    question = workflow.assign_question(make_question(), actor=staff.moderation, office=office)
    other = Office.objects.exclude(pk=office.pk).first()
    data = {"action": "assign_to_office", "_selected_action": [question.pk], "office": other.pk}
    for role in ("office", "approval", "internal_control"):
        client.force_login(staff[role])
        client.post(f"{LIST}?vista=todas", data)
        assert Question.objects.get(pk=question.pk).office == office, role


def test_the_light_says_it_in_words(desk, make_question):
    due(make_question(), -30)
    due(make_question(), 0)
    text = words_of(desk.get(f"{LIST}?vista=abiertas"))
    assert "Atrasada" in text or "Late" in text


def queries_of(client, address) -> int:
    versions.forget()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def many(make_question, number):
    """Rows by the hundred, copied from one that was filed."""
    model = make_question()
    rows = []
    for copy in range(number):
        row = Question.objects.get(pk=model.pk)
        row.pk, row.number = None, 10_000 + copy
        row.reference, row.filing_key = f"RC-{copy}", f"key-{copy}"
        rows.append(row)
    Question.objects.bulk_create(rows)


@pytest.mark.parametrize("role", ["moderation", "office", "approval"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, staff, make_question, role):
    make_question()
    client.force_login(staff[role])
    client.get(LIST)
    few = queries_of(client, f"{LIST}?vista=todas")
    many(make_question, 200)
    found = queries_of(client, f"{LIST}?vista=todas")
    assert found == few <= QUERIES
