"""The clock of a contribution: filing, pauses, one extension, at the design's own dates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from entity.calendar import WorkingCalendar
from questions import terms
from questions.models import PetitionType, Question
from questions.status import time_left

BOGOTA = ZoneInfo("America/Bogota")
CALENDAR = WorkingCalendar({})
GENERAL = PetitionType(code="general", name="General", working_days=15)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("submitted", "filed", "due"),
    [
        ("2020-12-04T10:00", "2020-12-04", "2020-12-29"),
        ("2020-12-21T09:30", "2020-12-21", "2021-01-14"),
        ("2020-12-10T18:42", "2020-12-11", "2021-01-05"),  # after closing hour
        ("2020-12-05T23:59", "2020-12-07", "2020-12-30"),  # a Saturday night
    ],
)
def test_filed_and_due(entity, submitted, filed, due):
    term = terms.term_for(at(submitted), GENERAL, CALENDAR)
    assert (term.filed_on.isoformat(), term.due_on.isoformat()) == (filed, due)


def test_a_pause_keeps_the_days_that_were_left():
    question = Question(filed_on=date(2020, 12, 4), due_on=date(2020, 12, 29), petition=GENERAL)
    question.paused_days_left = terms.days_paused(question, date(2020, 12, 14), CALENDAR)
    assert question.paused_days_left == 10  # 15 … 18, 21 … 24, 28, 29
    # the clarification comes on 12 January 2021: it runs again on the 13th
    assert terms.resumed_due_on(question, date(2021, 1, 12), CALENDAR) == date(2021, 1, 26)


def test_a_late_case_that_is_paused_comes_back_with_one_day():
    question = Question(filed_on=date(2020, 12, 4), due_on=date(2020, 12, 29), petition=GENERAL)
    assert terms.days_paused(question, date(2021, 1, 5), CALENDAR) == 1


def test_an_extension_never_passes_double_the_term():
    question = Question(filed_on=date(2020, 12, 21), due_on=date(2021, 1, 14), petition=GENERAL)
    assert terms.latest_extension(question, CALENDAR) == date(2021, 2, 4)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (4, "4 working days left"),
        (1, "1 working day left"),
        (0, "due today"),
        (-1, "1 working day late"),
        (-6, "6 working days late"),
    ],
)
def test_deadlines_in_words(left, words, settings):
    from django.utils import translation

    with translation.override("en"):
        assert time_left(left) == words
