"""Public lists about terms: due this week, late, answered on time, answered late."""

from datetime import date, datetime, timedelta

import pytest

from portal.base import clock
from questions import workflow
from questions.forms import QuestionFilterForm
from questions.models import Question
from questions.selectors_lists import QuestionList
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 3, 11, 10, tzinfo=BOGOTA)


@pytest.fixture
def due(published):
    def make(day, **columns):
        question = published()
        Question.objects.filter(pk=question.pk).update(due_on=day, **columns)
        return question

    return make


def listed(state, at=WEDNESDAY):
    found = QuestionList(QuestionFilterForm({"estado": state}), at=at)
    numbers = set(found.keys)
    counts = {s.value: s.count for s in (*found.states, *found.term_states)}
    assert counts[state] == len(numbers)
    return numbers


def test_due_this_week_is_from_today_to_sunday(due, answered):
    days = [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 15), date(2026, 3, 16)]
    _late, today, sunday, _next_week = [due(day) for day in days]
    answered()
    assert listed("vencen-esta-semana") == {today.pk, sunday.pk}
    assert listed("vencen-esta-semana", WEDNESDAY + timedelta(days=4)) == {sunday.pk}


def test_late_begins_the_day_after(due):
    late, _today = due(date(2026, 3, 10)), due(date(2026, 3, 11))
    assert listed("atrasadas") == {late.pk}


def test_a_stopped_clock_is_neither_late_nor_due(due, staff):
    question = due(date(2026, 3, 11))
    Question.objects.update(status="needs_clarification")
    assert listed("vencen-esta-semana") == set()
    assert listed("atrasadas", WEDNESDAY + timedelta(days=30)) == set()
    assert listed("en-respuesta") == {question.pk}


def test_on_time_ends_with_the_last_day(due):
    done = {"status": "answered"}
    before = due(date(2026, 3, 11), closed_on=date(2026, 3, 2), **done)
    same_day = due(date(2026, 3, 11), closed_on=date(2026, 3, 11), **done)
    after = due(date(2026, 3, 11), closed_on=date(2026, 3, 12), **done)
    assert listed("respondidas-a-tiempo") == {before.pk, same_day.pk}
    assert listed("respondidas-tarde") == {after.pk}


def test_what_ended_otherwise_is_in_no_list_of_terms(published, staff):
    into, joined, sent, withdrawn = (published() for _number in range(4))
    workflow.merge_question(joined, actor=staff.moderation, into=into)
    workflow.transfer_question(sent, actor=staff.moderation, body="CDMB", letter="10-2")
    workflow.withdraw_question(withdrawn)
    long_after = clock.now() + timedelta(days=300)
    assert listed("atrasadas", long_after) == {into.pk}
    assert listed("respondidas-a-tiempo", long_after) == set()
    assert listed("respondidas-tarde", long_after) == set()
    assert listed("cerradas", long_after) == {joined.pk, sent.pk}


@pytest.mark.parametrize(
    ("state", "heading", "sentence"),
    [
        ("vencen-esta-semana", "Vencen esta semana", "entre hoy y el domingo"),
        ("atrasadas", "Atrasadas", "ya se les pasó el último día"),
        ("respondidas-a-tiempo", "Respondidas a tiempo", "contando la prórroga si la hubo"),
        ("respondidas-tarde", "Respondidas tarde", "después del último día"),
    ],
)
def test_each_has_a_heading_and_says_how_it_is_counted(client, entity, state, heading, sentence):
    page = client.get(f"/preguntas/?estado={state}").content.decode()
    assert f"Ninguna pregunta: {heading}</h1>" in page
    assert sentence in page
    assert 'href="/como-participar/#plazos">Cómo se cuentan los plazos' in page
    assert 'id="plazos"' in client.get("/como-participar/").content.decode()
    assert f'href="?estado={state}"' in client.get("/preguntas/").content.decode()
