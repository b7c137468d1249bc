"""Many contributions at once: row by row through the workflow, each refusal with its number."""

from datetime import timedelta

import pytest

from entity.models import Office, Topic
from portal.base import clock
from portal.base.models import OutgoingMail
from questions import workflow
from questions.models import Question, TopicRule, UndoStep
from tests.questions.desk import LIST, page_of, said

pytestmark = pytest.mark.django_db
ALL = f"{LIST}?vista=todas"
UNDO = f"{LIST}deshacer/"
CALM = "¿Cuándo revisan el vertimiento de la quebrada?"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def office(staff):
    return staff.office.office_memberships.get().office


def press(client, action, questions, **told):
    """Choose rows and press a button of the bar, as the page was drawn."""
    chosen = {"action": action, "_selected_action": [q.pk for q in questions], "index": 0}
    drawn = {f"revision-{q.pk}": q.revision for q in questions}
    response = client.post(ALL, {**drawn, **chosen, **told})
    assert response.status_code == 302
    return response


def fresh(*questions) -> list[Question]:
    return [Question.objects.get(pk=q.pk) for q in questions]


def test_publishing_takes_the_text_that_stands_or_what_was_written(desk, make_question, staff):
    first, second = make_question(text=CALM), make_question(text="Insulto")
    workflow.publish_text(
        second, actor=staff.moderation, public_text="Sin el insulto", title="Un título"
    )
    workflow.withhold(second, actor=staff.moderation, reason="insults")
    told = said(press(desk, "publish", [first, second]))
    first, second = fresh(first, second)
    assert (first.visibility, first.public_text) == ("published", CALM)
    assert (second.public_text, second.title) == ("Sin el insulto", "Un título")
    assert told == ["Se publicaron 2 aportes."]


@pytest.mark.parametrize("action", ["publish", "publish_and_assign"])
@pytest.mark.parametrize(
    "text", ["Llame al 310 555 12 34", "Escriba a ana@example.org", "Mi cédula es 63.456.789"]
)
def test_personal_data_is_never_published_with_others(desk, make_question, office, action, text):
    TopicRule.objects.create(topic=Topic.objects.get(slug="agua"), office=office)
    calm, held = make_question(text=CALM), make_question(text=f"{CALM} {text}")
    told = said(press(desk, action, [calm, held]))
    calm, held = fresh(calm, held)
    assert (calm.visibility, held.visibility) == ("published", "unmoderated")
    assert held.status == "received"
    assert any(f'href="{page_of(held)}">{held.number}</a>: ' in words for words in told)


def test_the_list_marks_what_holds_personal_data(desk, make_question, published):
    held = make_question(text=f"{CALM} Llame al 310 555 12 34")
    published(text=f"{CALM} Llame al 310 555 12 34", public_text=CALM)
    html = desk.get(ALL).content.decode()
    assert html.count("data-personal") == html.count(f'data-personal="{held.number}"') == 1


def test_publish_and_assign_follows_the_rules_of_topics(desk, make_question, office):
    water, mine = make_question(text=CALM), make_question(text=CALM)
    Question.objects.filter(pk=mine.pk).update(topic=Topic.objects.get(slug="mineria"))
    TopicRule.objects.create(topic=Topic.objects.get(slug="agua"), office=office)
    told = said(press(desk, "publish_and_assign", [water, *fresh(mine)]))
    water, mine = fresh(water, mine)
    assert (water.visibility, water.status, water.office) == ("published", "assigned", office)
    assert (mine.visibility, mine.status) == ("unmoderated", "received")
    assert told[0] == "Se publicó y asignó 1 aporte."
    assert f">{mine.number}</a>: Ninguna regla" in told[1]


def test_the_chosen_ones_are_joined_to_the_lowest_number(desk, make_question):
    first, second, third = make_question(), make_question(), make_question()
    press(desk, "merge", [third, first, second])
    first, second, third = fresh(first, second, third)
    assert first.status == "received"
    assert (second.merged_into, third.merged_into) == (first, first)


def test_one_alone_is_joined_to_nothing(desk, make_question):
    question = make_question()
    assert said(press(desk, "merge", [question])) == ["Elija al menos dos aportes para unir."]
    assert fresh(question)[0].revision == 0


def test_withholding_wants_one_of_the_reasons(desk, make_question):
    first, second = make_question(), make_question()
    (told,) = said(press(desk, "withhold", [first, second], reason=""))
    assert f">{first.number}</a>" in told and f">{second.number}</a>" in told
    press(desk, "withhold", [first, second], reason="advertising")
    assert {q.withhold_reason for q in fresh(first, second)} == {"advertising"}


def test_changing_the_topic(desk, make_question):
    first, second = make_question(), make_question()
    mining = Topic.objects.get(slug="mineria")
    press(desk, "change_topic", [first, second], topic=mining.pk)
    assert {q.topic for q in fresh(first, second)} == {mining}
    assert said(press(desk, "change_topic", fresh(first), topic=""))[-1] == "Escoja un tema."


def test_only_what_nobody_clarified_in_time_lapses(desk, make_question, staff):
    over, asked = make_question(), make_question()
    for question in (over, asked):
        workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    over.clarifications.update(reply_by=clock.local_day() - timedelta(days=1))
    told = said(press(desk, "lapse", [over, asked]))
    assert [q.status for q in fresh(over, asked)] == ["lapsed", "needs_clarification"]
    assert len(told) == 2


def test_an_office_returns_its_own_and_nothing_else(client, staff, make_question, office):
    own = workflow.assign_question(make_question(), actor=staff.moderation, office=office)
    other = Office.objects.exclude(pk=office.pk).first()
    foreign = workflow.assign_question(make_question(), actor=staff.moderation, office=other)
    client.force_login(staff.office)
    press(client, "send_back", [own, foreign], return_reason="No es nuestra")
    own, foreign = fresh(own, foreign)
    assert (own.status, own.office) == ("received", None)
    assert (foreign.status, foreign.office) == ("assigned", other)


DESK_ONLY = (
    "publish", "publish_and_assign", "assign_to_office", "change_topic", "merge", "withhold",
    "lapse",
)  # fmt: skip


@pytest.mark.parametrize("role", ["office", "approval", "internal_control"])
def test_nobody_but_moderation_finds_or_presses_its_buttons(client, staff, make_question, role):
    office = staff.office.office_memberships.get().office
    rows = [
        workflow.assign_question(make_question(), actor=staff.moderation, office=office)
        for _n in range(2)
    ]
    before = [q.revision for q in fresh(*rows)]
    client.force_login(staff[role])
    html = client.get(ALL).content.decode()
    for action in DESK_ONLY:
        assert f'value="{action}"' not in html
        told = {"office": office.pk, "reason": "insults", "topic": rows[0].topic_id}
        client.post(ALL, {"action": action, "_selected_action": [q.pk for q in rows], **told})
    assert [q.revision for q in fresh(*rows)] == before


def test_a_row_that_somebody_else_moved_is_left_alone(desk, make_question, staff):
    """The list shows it as not reviewed; meanwhile somebody decided not to publish it."""
    drawn, calm = make_question(text=CALM), make_question(text=CALM)
    workflow.withhold(fresh(drawn)[0], actor=staff.moderation, reason="insults")
    press(desk, "publish", [drawn, calm])
    assert [q.visibility for q in fresh(drawn, calm)] == ["withheld", "published"]


@pytest.mark.parametrize("revision", ["", "x", "9" * 40, "-1"])
def test_a_hostile_revision_breaks_nothing(desk, make_question, revision):
    question = make_question(text=CALM)
    data = {"action": "publish", "_selected_action": [question.pk]}
    response = desk.post(ALL, {**data, f"revision-{question.pk}": revision})
    assert response.status_code == 302


def test_many_are_undone_with_one_button(desk, make_question):
    rows = [make_question(text=CALM, email="ana@example.org") for _n in range(3)]
    press(desk, "publish", rows)
    offer = desk.get(ALL).context["desk_undo"]
    assert 0 < offer.seconds <= 15
    response = desk.post(UNDO, {"steps": offer.steps})
    assert response.status_code == 303 and response["Location"] == ALL
    assert {(q.visibility, q.public_text) for q in fresh(*rows)} == {("unmoderated", "")}
    mails = OutgoingMail.objects.filter(key__contains=":published:")
    assert {mail.status for mail in mails} == {"cancelled"}
    assert desk.get(ALL).context["desk_undo"] is None


def test_undoing_tells_what_somebody_else_moved_meanwhile(desk, make_question, staff, office):
    first, second = make_question(text=CALM), make_question(text=CALM)
    press(desk, "publish", [first, second])
    colleague = staff.make("moderation", username="colleague")
    workflow.assign_question(fresh(second)[0], actor=colleague, office=office)
    response = desk.post(UNDO, {"steps": desk.get(ALL).context["desk_undo"].steps})
    assert [q.visibility for q in fresh(first, second)] == ["unmoderated", "published"]
    assert any(f"{second.number}: Otra persona" in words for words in said(response))


def test_the_button_of_an_older_page_undoes_nothing_newer(desk, make_question, staff):
    question = make_question(text=CALM)
    press(desk, "publish", [question])
    old = desk.get(ALL).context["desk_undo"].steps
    press(desk, "withhold", fresh(question), reason="insults")
    desk.post(UNDO, {"steps": old})
    assert fresh(question)[0].visibility == "withheld"


def test_nobody_undoes_the_step_of_another(client, desk, make_question, staff):
    question = make_question(text=CALM)
    press(desk, "publish", [question])
    client.force_login(staff.make("moderation", username="colleague"))
    response = client.post(UNDO, {"steps": str(UndoStep.objects.get().pk)})
    assert fresh(question)[0].visibility == "published"
    assert any("15 segundos" in words for words in said(response))


@pytest.mark.parametrize("steps", ["", "x", "1,", "9" * 50, "1," * 5000])
def test_hostile_steps_break_nothing(desk, steps):
    assert desk.post(UNDO, {"steps": steps}).status_code == 303


def test_undoing_is_a_post_of_the_desk(client, desk, staff):
    assert desk.get(UNDO).status_code == 405
    client.force_login(staff.communications)
    assert client.post(UNDO, {"steps": "1"}).status_code == 403


def test_the_switch_of_the_keys_is_kept_for_the_person(client, desk, staff):
    assert desk.get(LIST).context["desk_keys"]["on"] is True
    response = desk.post(f"{LIST}teclas/", {"keys": "off", "next": "/gestion/?a=1"})
    assert response["Location"] == "/gestion/?a=1"
    assert desk.get(LIST).context["desk_keys"]["on"] is False
    client.logout()
    client.force_login(staff.moderation)
    assert client.get(LIST).context["desk_keys"]["on"] is False
    client.post(f"{LIST}teclas/", {"keys": "on", "next": "https://elsewhere.example/"})
    assert client.get(LIST).context["desk_keys"]["on"] is True
    assert client.get(f"{LIST}teclas/").status_code == 405


def test_the_switch_leads_nowhere_else(desk):
    response = desk.post(f"{LIST}teclas/", {"keys": "on", "next": "//elsewhere.example/"})
    assert response["Location"] == LIST


def test_the_button_of_the_list_leads_to_the_next_one_to_review(client, desk, make_question, staff):
    assert desk.post(f"{LIST}siguiente/")["Location"] == LIST
    question = make_question()
    assert f'action="{LIST}siguiente/"' in desk.get(LIST).content.decode()
    assert desk.post(f"{LIST}siguiente/")["Location"] == page_of(question)
    client.force_login(staff.approval)
    assert client.post(f"{LIST}siguiente/").status_code == 403
