"""A closing day, an event that moves, a setting: open terms are counted anew, and it is told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from entity.models import ClosingDay, Entity
from events import workflow as events_workflow
from portal.base.models import OutgoingMail, Transition
from questions import workflow
from questions.models import Question

BOGOTA = ZoneInfo("America/Bogota")
FILED = datetime(2020, 12, 4, 10, tzinfo=BOGOTA)  # due on 29 December
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, staff):
    client.force_login(staff.administration)
    return client


def close(admin, day="2020-12-24", reason="Día compensado"):
    form = {"date": day, "reason": reason}
    assert admin.post(reverse("admin:entity_closingday_add"), form).status_code == 302


def due(question):
    question.refresh_from_db()
    return question.due_on


def test_a_closing_day_added_at_the_desk_moves_open_terms(admin, make_question):
    question = make_question(at=FILED, email="ana@example.org")
    close(admin)
    assert workflow.recount_terms() == 1
    assert due(question) == date(2020, 12, 30)
    row = Transition.objects.get(move="recount_term")
    assert (row.object_id, row.detail) == (question.pk, "2020-12-29 → 2020-12-30")
    told = OutgoingMail.objects.get(key__contains="recounted")
    assert "29 de diciembre de 2020" in told.text
    assert "30 de diciembre de 2020" in told.text


def test_a_closing_day_that_is_taken_away_moves_them_back(admin, make_question):
    question = make_question(at=FILED)
    close(admin)
    workflow.recount_terms()
    day = ClosingDay.objects.get()
    admin.post(reverse("admin:entity_closingday_delete", args=[day.pk]), {"post": "yes"})
    workflow.recount_terms()
    # only who may delete one can: the administration role has that permission
    assert due(question) == date(2020, 12, 29)


def test_it_is_done_once(admin, make_question):
    make_question(at=FILED)
    close(admin)
    assert [workflow.recount_terms(), workflow.recount_terms()] == [1, 0]
    assert Transition.objects.filter(move="recount_term").count() == 1


def test_a_day_outside_the_term_changes_nothing_and_tells_nobody(admin, make_question):
    make_question(at=FILED, email="ana@example.org")
    close(admin, day="2021-02-03")
    workflow.recount_terms()
    assert not Transition.objects.filter(move="recount_term").exists()
    assert not OutgoingMail.objects.filter(key__contains="recounted").exists()


def test_closed_and_stopped_ones_stay(admin, make_question, staff):
    stopped = make_question(at=FILED)
    workflow.ask_for_clarification(
        stopped, actor=staff.moderation, asked="¿Dónde?", at=FILED + timedelta(days=3)
    )
    withdrawn = make_question(at=FILED)
    workflow.withdraw_question(withdrawn, at=FILED + timedelta(days=1))
    close(admin)
    assert workflow.recount_terms() == 0
    assert {due(stopped), due(withdrawn)} == {date(2020, 12, 29)}


def test_a_stopped_one_is_counted_with_the_new_day_when_it_runs_again(admin, make_question, staff):
    question = make_question(at=FILED)
    workflow.ask_for_clarification(
        question,
        actor=staff.moderation,
        asked="¿Dónde?",
        at=datetime(2020, 12, 14, 9, tzinfo=BOGOTA),
    )
    close(admin, day="2021-01-18")
    question.refresh_from_db()
    workflow.answer_clarification(
        question, reply="En Oiba", at=datetime(2021, 1, 12, 9, tzinfo=BOGOTA)
    )
    assert due(question) == date(2021, 1, 27)  # 26 without the closing day


def test_another_anchor_shows_the_other_clock(admin, make_question, event_open):
    event_open.starts_at = datetime(2020, 12, 21, 9, tzinfo=BOGOTA)
    event_open.ends_at = datetime(2020, 12, 21, 12, tzinfo=BOGOTA)
    event_open.save()
    question = make_question(at=FILED, event=event_open)
    assert (due(question), question.event_due_on) == (date(2020, 12, 29), date(2021, 1, 14))
    entity = Entity.objects.get()
    page = admin.get(reverse("admin:entity_entity_change", args=[entity.pk]))
    form = page.context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data["term_anchor"] = "event"
    response = admin.post(reverse("admin:entity_entity_change", args=[entity.pk]), data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    workflow.recount_terms()
    assert due(question) == date(2021, 1, 14)
    assert question.legal_due_on == date(2020, 12, 29)


def test_a_new_date_of_the_event_moves_its_clock(make_question, event_open, staff):
    at = datetime(2020, 12, 10, 9, tzinfo=BOGOTA)
    event_open.starts_at = datetime(2020, 12, 21, 9, tzinfo=BOGOTA)
    event_open.ends_at = datetime(2020, 12, 21, 12, tzinfo=BOGOTA)
    event_open.save()
    question = make_question(at=FILED, event=event_open)
    events_workflow.postpone(event_open, actor=staff.communications, reason="Lluvias", at=at)
    events_workflow.set_new_date(
        event_open, actor=staff.communications, at=at,
        starts_at=datetime(2021, 2, 1, 9, tzinfo=BOGOTA),
        ends_at=datetime(2021, 2, 1, 12, tzinfo=BOGOTA),
    )  # fmt: skip
    workflow.recount_terms()
    question.refresh_from_db()
    assert question.event_due_on == date(2021, 2, 22)
    assert question.due_on == date(2020, 12, 29)  # the legal one is shown here


def test_one_that_somebody_moves_meanwhile_waits_for_the_next_round(
    admin, make_question, staff, monkeypatch
):
    first, second = make_question(at=FILED), make_question(at=FILED)
    close(admin)
    real = workflow.clocks.recount_term

    def overtaken(question, snapshot, *, at=None):
        if question.pk == first.pk:
            Question.objects.filter(pk=first.pk).update(revision=7)
        return real(question, snapshot, at=at)

    monkeypatch.setattr(workflow.clocks, "recount_term", overtaken)
    workflow.recount_terms()
    monkeypatch.undo()
    assert (due(first), due(second)) == (date(2020, 12, 29), date(2020, 12, 30))
    workflow.recount_terms()
    assert due(first) == date(2020, 12, 30)


def test_a_second_month_to_clarify_is_given_once(make_question, staff):
    question = make_question(at=FILED)
    at = datetime(2020, 12, 14, 9, tzinfo=BOGOTA)
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?", at=at)
    workflow.extend_clarification(question, at=datetime(2021, 1, 14, 9, tzinfo=BOGOTA))
    asked = question.clarifications.get()
    assert asked.reply_by == date(2021, 2, 14)
    with pytest.raises(workflow.MoveRefused):
        workflow.extend_clarification(question, at=datetime(2021, 1, 15, 9, tzinfo=BOGOTA))
    with pytest.raises(workflow.MoveRefused):
        workflow.lapse_question(
            question, actor=staff.moderation, at=datetime(2021, 2, 14, 9, tzinfo=BOGOTA)
        )
    workflow.lapse_question(
        question, actor=staff.moderation, at=datetime(2021, 2, 15, 9, tzinfo=BOGOTA)
    )
    assert question.status == "lapsed"
