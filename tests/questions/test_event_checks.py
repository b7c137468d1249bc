"""What contributions say in the list and in the legal calendar of their event."""

from datetime import date, timedelta

import pytest

from events.convocation import checklist, duties
from events.models import Event
from portal.base import clock
from questions import workflow
from questions.models import Question

pytestmark = pytest.mark.django_db


def row(event, code) -> checklist.Row:
    return next(row for row in checklist.of_event(event).rows if row.task.code == code)


def test_answers_in_term(event_held, make_question, answered):
    assert (row(event_held, "answers").is_done, row(event_held, "answers").verdict.note) == (
        True, "",
    )  # fmt: skip
    first, second = answered(event=event_held), make_question(event=event_held)
    found = row(event_held, "answers")
    assert (found.is_done, found.verdict.note) == (False, "1 de 2 en plazo")
    yesterday = clock.local_day() - timedelta(days=1)
    Question.objects.filter(pk=first.pk).update(due_on=yesterday)
    Question.objects.filter(pk=second.pk).update(status="answered", closed_on=date(2021, 1, 5))
    found = row(event_held, "answers")
    assert (found.is_done, found.verdict.note) == (True, "1 de 2 en plazo")


def test_nothing_is_answered_before_the_event(event_open):
    assert not row(event_open, "answers").is_done
    assert not row(event_open, "matrix").is_done


def test_the_matrix_waits_for_what_nobody_read(event_held, make_question, staff):
    question = make_question(event=event_held)
    found = row(event_held, "matrix")
    assert (found.is_done, found.verdict.note) == (False, "1 por revisar")
    workflow.publish_text(question, actor=staff.moderation, public_text="¿Qué pasó?", title="¿Qué?")
    assert row(event_held, "matrix").is_done


def test_the_legal_calendar_knows_the_last_answer(event_held, make_question):
    def answers():
        return next(row for row in duties.legal_panel(event_held) if row.duty == "answers")

    question = make_question(event=event_held)
    assert answers().done_on is None
    Question.objects.filter(pk=question.pk).update(status="answered", closed_on=date(2021, 1, 15))
    found = answers()
    assert (found.done_on, found.light.words) == (date(2021, 1, 15), "Cumplido tarde")
    assert found.is_known_here
    Event.objects.filter(pk=event_held.pk).update(status="announced")
    event_held.refresh_from_db()
    assert answers().done_on is None
