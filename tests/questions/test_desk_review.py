"""The review page: every decision, its refusals, races, and texts that would like to be HTML."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entity.models import Office, OfficeMember, Topic
from portal.base import clock, versions
from portal.base.models import Transition
from questions import workflow
from questions.models import Answer, PetitionType, Question
from tests.questions.desk import LIST, answer_page, decide, page_of, said, words_of, write_page


@pytest.fixture
def moderator(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def approver(client, staff):
    client.force_login(staff.approval)
    return client


@pytest.fixture
def office(staff):
    return staff.office.office_memberships.get().office


def now(question) -> Question:
    return Question.objects.get(pk=question.pk)


def test_the_public_text_begins_as_the_original(moderator, make_question):
    question = make_question(text="¿Qué pasa con la quebrada?\nMi cédula es 123.")
    form = moderator.get(page_of(question)).context["form"]
    assert form["public_text"].value() == question.original_text


def test_publish_and_next(moderator, make_question):
    first, second = make_question(), make_question()
    response = decide(moderator, first, "publish", public_text="Texto [nombre oculto]", title="T")
    assert (response.status_code, response.url) == (303, page_of(second))
    assert (now(first).visibility, now(first).public_text) == ("published", "Texto [nombre oculto]")
    assert now(first).status == "received"


def test_the_last_one_leads_back_to_the_list(moderator, make_question):
    response = decide(moderator, make_question(), "publish", public_text="Texto", title="")
    assert (response.status_code, response.url) == (303, LIST)


def test_publish_and_assign(moderator, make_question, office):
    question = make_question()
    decide(moderator, question, "publish_and_assign", public_text="T", title="", office=office.pk)
    moved = now(question)
    assert (moved.visibility, moved.status, moved.office) == ("published", "assigned", office)


def test_publish_and_assign_is_all_or_nothing(moderator, make_question):
    question = make_question()
    closed = Office.objects.create(code="cerrada", name="C", short_name="C", is_active=False)
    typed = {"public_text": "Mi texto", "title": "Mi título", "office": closed.pk}
    response = decide(moderator, question, "publish_and_assign", **typed)
    assert response.status_code == 200
    assert (now(question).visibility, now(question).status) == ("unmoderated", "received")
    assert "Mi texto" in response.content.decode()


def extension(question):
    return {
        "until": (question.due_on + timedelta(days=1)).isoformat(),
        "extension_reason": "Lluvia",
    }


# decision, what is typed, role, state it starts from, (status, visibility) after it
DECISIONS = [
    ("assign", {"office": "own"}, "moderation", "new", ("assigned", "unmoderated")),
    ("clarify", {"asked": "¿Cuál vereda?"}, "moderation", "new", ("needs_clarification",)),
    ("transfer", {"body": "CDMB", "letter": "10-2"}, "moderation", "new", ("transferred",)),
    ("pqrsd", {"reference": "P-1"}, "moderation", "new", ("moved_to_pqrsd",)),
    ("withhold", {"reason": "insults"}, "moderation", "new", ("received", "withheld")),
    ("propose_archive", {"archive_reason": "Insultos"}, "moderation", "new", ("received",)),
    ("archive", {}, "approval", "proposed", ("archived",)),
    ("decline_archive", {"decline_reason": "Es dura"}, "approval", "proposed", ("received",)),
    ("return", {"return_reason": "No es nuestra"}, "office", "assigned", ("received",)),
    ("clarify", {"asked": "¿Cuál vereda?"}, "office", "assigned", ("needs_clarification",)),
    ("extend", extension, "approval", "assigned", ("assigned",)),
    ("restore", {}, "approval", "archived", ("received",)),
]


@pytest.fixture
def in_state(make_question, staff, office, archived):
    def make(state):
        question = make_question()
        if state == "assigned":
            workflow.assign_question(question, actor=staff.moderation, office=office)
        if state == "archived":
            archived(question)
        if state == "proposed":
            workflow.propose_archive(question, actor=staff.moderation, reason="Insultos")
        return question

    return make


@pytest.mark.parametrize(("decision", "typed", "role", "state", "after"), DECISIONS)
def test_a_decision(client, staff, in_state, office, decision, typed, role, state, after):
    question = in_state(state)
    typed = typed(question) if callable(typed) else dict(typed)
    if typed.get("office") == "own":
        typed["office"] = office.pk
    client.force_login(staff[role])
    html = client.get(page_of(question)).content.decode()
    assert f'value="{decision}"' in html
    assert decide(client, question, decision, **typed).status_code == 303
    assert (now(question).status, now(question).visibility)[: len(after)] == after


EMPTY = [
    ("publish", {"public_text": " "}, "public_text"),
    ("assign", {}, "office"),
    ("clarify", {"asked": ""}, "asked"),
    ("merge", {}, "into"),
    ("merge", {"into": "999999"}, "into"),
    ("merge", {"into": "doce"}, "into"),
    ("publish_and_assign", {}, "office"),
    ("transfer", {"body": "CDMB"}, "letter"),
    ("pqrsd", {}, "reference"),
    ("withhold", {}, "reason"),
    ("withhold", {"reason": "inconvenient"}, "reason"),
]


@pytest.mark.parametrize(("decision", "typed", "field"), EMPTY)
def test_a_refusal_stands_beside_its_field_and_loses_nothing(
    moderator, make_question, decision, typed, field
):
    question = make_question()
    others = {"public_text": "Lo que corregí", "asked": "Lo que pregunto", "title": "Mi título"}
    response = decide(moderator, question, decision, **{**others, **typed})
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [field] and form.errors[field]
    html = response.content.decode()
    for name, text in others.items():
        assert typed.get(name, text) in html
    assert (now(question).status, now(question).revision) == ("received", 0)
    assert not Transition.objects.of("question", question.pk).exclude(move="submit_question")


def test_whoever_comes_second_is_told_and_keeps_what_was_typed(moderator, make_question, staff):
    question = make_question()
    workflow.publish_text(now(question), actor=staff.moderation, public_text="De otra persona")
    response = decide(moderator, question, "withhold", reason="insults", asked="Lo que escribí")
    assert response.status_code == 200
    assert "Lo que escribí" in response.content.decode()
    assert f'name="revision" value="{now(question).revision}"' in response.content.decode()
    assert response.context["refusal"]
    assert now(question).visibility == "published"


def test_a_form_without_its_revision_is_nobodys(moderator, make_question):
    question = make_question()
    typed = {"decision": "withhold", "reason": "insults"}
    assert moderator.post(page_of(question), typed).status_code == 400
    assert moderator.post(page_of(question), {**typed, "revision": "x"}).status_code == 400
    assert moderator.post(page_of(question), {"decision": "eat", "revision": 0}).status_code == 400
    assert now(question).visibility == "unmoderated"


@pytest.mark.parametrize("role", ["office", "approval", "internal_control"])
@pytest.mark.parametrize("decision", ["publish", "assign", "merge", "transfer", "withhold"])
def test_what_a_role_may_not_do_is_403(client, staff, in_state, role, decision):
    question = in_state("assigned")
    client.force_login(staff[role])
    assert f'value="{decision}"' not in client.get(page_of(question)).content.decode()
    typed = {"public_text": "T", "reason": "insults", "body": "B", "letter": "L"}
    assert decide(client, question, decision, **typed).status_code == 403
    assert now(question).revision == question.revision


def test_merge_and_separate(moderator, make_question):
    first, second = make_question(), make_question()
    assert decide(moderator, second, "merge", into=first.number).status_code == 303
    assert now(second).merged_into == first
    assert decide(moderator, now(second), "split").status_code == 303
    assert now(second).status == "received"


def test_a_withdrawn_text_is_not_published_again(moderator, make_question):
    question = workflow.withdraw_question(make_question())
    assert 'value="publish"' not in moderator.get(page_of(question)).content.decode()
    assert decide(moderator, question, "publish", public_text="T").status_code == 200
    assert now(question).visibility != "published"


def test_classify_moves_the_due_day_by_the_difference_of_the_terms(moderator, make_question):
    question = make_question(at=clock.at_hour(date(2020, 12, 4), time(9)))
    information = PetitionType.objects.get(working_days=10)
    typed = {"topic": Topic.objects.get(slug="mineria").pk, "petition": information.pk}
    assert decide(moderator, question, "classify", **typed).status_code == 303
    moved = now(question)
    # Day of receipt 4 December; the 8th is a holiday.
    assert (question.due_on, moved.due_on) == (date(2020, 12, 29), date(2020, 12, 21))
    assert (moved.topic.slug, moved.status) == ("mineria", "received")


@pytest.mark.parametrize("role", ["moderation", "office", "approval"])
def test_the_page_asks_a_constant_number_of_questions(client, staff, in_state, role):
    question = in_state("assigned")
    client.force_login(staff[role])

    def ask():
        client.get(page_of(question))
        versions.forget()
        with CaptureQueriesContext(connection) as seen:
            client.get(page_of(question))
        return len(seen)

    few = ask()
    for _time in range(3):
        workflow.assign_question(question, actor=staff.moderation, office=question.office)
        asked = workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
        workflow.answer_clarification(asked, reply="Allá.")
    # PostgreSQL is asked for its statistics too, where similar contributions are looked for.
    assert ask() == few <= 20 + (connection.vendor == "postgresql")


PAYLOADS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_never_html(moderator, make_question, staff, payload):
    office = Office.objects.create(code="x", name=f"Oficina {payload}", short_name=payload)
    question = make_question(text=f"Pregunta {payload}")
    workflow.publish_text(
        question, actor=staff.moderation, public_text=f"Pública {payload}", title=payload
    )
    workflow.assign_question(question, actor=staff.moderation, office=office)
    workflow.return_to_moderation(question, actor=staff.moderation, reason=f"Motivo {payload}")
    workflow.assign_question(question, actor=staff.moderation, office=office)
    OfficeMember.objects.create(user=staff.office, office=office)
    answer = workflow.draft_answer(
        question, actor=staff.office, summary=f"Resumen {payload}", body=f"Cuerpo {payload}"
    )
    pages = (page_of(question), f"{LIST}?vista=todas", "/gestion/", answer_page(answer))
    for page in pages:
        response = moderator.get(page)
        html = response.content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html, page
        assert payload in words_of(response).replace("  ", " ") or page == "/gestion/", page


def test_the_whole_path(client, staff, make_question, office):
    """Review, publish, assign, draft, approval, publication by a second person."""
    question = make_question()
    client.force_login(staff.moderation)
    decide(client, question, "publish_and_assign", public_text="T", title="", office=office.pk)
    client.force_login(staff.office)
    typed = {"summary": "Iremos.", "body": "Iremos el **lunes**.", "decision": "save"}
    response = client.post(write_page(question), typed)
    answer = Answer.objects.get()
    assert (response.status_code, response.url) == (303, answer_page(answer))
    client.post(answer_page(answer), {**typed, "decision": "request", "revision": answer.revision})
    answer.refresh_from_db()
    assert answer.status == "awaiting_approval"
    publish = {"decision": "publish", "revision": answer.revision}
    assert client.post(answer_page(answer), publish).status_code == 403
    client.force_login(staff.approval)
    response = client.post(answer_page(answer), publish)
    assert response.status_code == 303 and said(response)
    answer.refresh_from_db()
    assert (answer.status, answer.approved_by) == ("published", staff.approval)
    assert now(question).status == "answered"
