"""The clocks of a contribution: filing, pauses, one extension, the event's own, counted anew.

What is expected is written by hand, or counted by `slow_due`, which steps through a calendar of
its own: a list of the holidays as they were published, no rule of ours.
"""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entity.calendar import WorkingCalendar
from events.models import Event
from questions import terms
from questions.models import PetitionType, Question
from questions.status import time_left

BOGOTA = ZoneInfo("America/Bogota")
GENERAL = PetitionType(code="general", name="General", working_days=15)
CONSULTATION = PetitionType(code="consultation", name="Consulta", working_days=30)
HOLIDAYS = Path(__file__).resolve().parents[1] / "data" / "holidays_co_2020_2027.csv"
FILED, DUE = date(2020, 12, 4), date(2020, 12, 29)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


def counting(anchor="filing", days=15, closing=None, version=1, closing_hour=time(18)):
    """What terms are counted with, without a database."""
    entity = SimpleNamespace(term_anchor=anchor, event_answer_days=days, closing_hour=closing_hour)
    return SimpleNamespace(
        entity=entity, calendar=WorkingCalendar(closing or {}), calendar_version=version
    )


def event_on(day, status=Event.Status.ANNOUNCED):
    return Event(starts_at=at(f"{day}T09:00"), ends_at=at(f"{day}T12:00"), status=status)


def case(**fields):
    values = {
        "filed_on": FILED, "counted_from": FILED, "counted_days": 15, "due_on": DUE,
        "legal_due_on": DUE, "petition": GENERAL, **fields,
    }  # fmt: skip
    return Question(**values)


# Filing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("submitted", "filed", "due"),
    [
        ("2020-12-04T10:00", "2020-12-04", "2020-12-29"),
        ("2020-12-21T09:30", "2020-12-21", "2021-01-14"),
        ("2020-12-10T18:42", "2020-12-11", "2021-01-05"),  # after closing hour
        ("2020-12-05T23:59", "2020-12-07", "2020-12-30"),  # a Saturday night
    ],
)
def test_filed_and_due(submitted, filed, due):
    term = terms.at_filing(at(submitted), GENERAL, None, counting())
    assert (term["filed_on"].isoformat(), term["due_on"].isoformat()) == (filed, due)
    assert term["event_due_on"] is None


def published_holidays():
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}


def slow_due(submitted, days, closed, closing_hour):
    """Day by day, as a person does it with a finger on the calendar."""
    closed = closed | published_holidays()

    def worked(day):
        return day.isoweekday() not in (6, 7) and day not in closed

    day = submitted.date()
    late = worked(day) and submitted.time() >= closing_hour
    while late or not worked(day):
        day, late = day + timedelta(days=1), False
    counted = 0
    while counted < days:
        day = day + timedelta(days=1)
        if worked(day):
            counted = counted + 1
    return day


moments = st.datetimes(datetime(2020, 1, 2), datetime(2026, 10, 1))
days_off = st.sets(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=40)


@given(moments, st.integers(1, 40), days_off, st.integers(8, 20))
def test_the_clock_agrees_with_a_slow_count(moment, days, closed, hour):
    petition = PetitionType(code="x", name="X", working_days=days)
    closing = dict.fromkeys(closed, "Cierre")
    snapshot = counting(closing=closing, closing_hour=time(hour))
    term = terms.at_filing(moment.replace(tzinfo=BOGOTA), petition, None, snapshot)
    assert term["due_on"] == slow_due(moment, days, closed, time(hour))


@given(moments, st.integers(1, 30), days_off)
def test_counted_anew_is_as_if_it_had_been_known(moment, days, closed):
    """A closing day that is told later gives the day that it would have given at filing.

    Where the day of filing itself is closed afterwards, it stays the day it was filed on.
    """
    petition = PetitionType(code="x", name="X", working_days=days)
    first = terms.at_filing(moment.replace(tzinfo=BOGOTA), petition, None, counting())
    closing = {day: "Cierre" for day in closed - {first["filed_on"]} if day > first["filed_on"]}
    snapshot = counting(closing=closing, version=2)
    again = terms.at_recount(Question(petition=petition, **first), snapshot)
    known = terms.at_filing(moment.replace(tzinfo=BOGOTA), petition, None, snapshot)
    assert again["due_on"] == known["due_on"] >= first["due_on"]
    assert again["calendar_version"] == 2


# Pauses, extension, kind ----------------------------------------------------------------------


def test_a_pause_keeps_the_days_that_were_left():
    question = case()
    calendar = WorkingCalendar({})
    question.paused_days_left = terms.days_paused(question, date(2020, 12, 14), calendar)
    assert question.paused_days_left == 10  # 15 … 18, 21 … 24, 28, 29
    # the clarification comes on 12 January 2021: it runs again on the 13th
    resumed = terms.at_resumption(question, date(2021, 1, 12), counting())
    assert resumed["due_on"] == date(2021, 1, 26)
    assert (resumed["counted_from"], resumed["counted_days"]) == (date(2021, 1, 12), 10)


def test_a_late_case_that_is_paused_comes_back_with_one_day():
    assert terms.days_paused(case(), date(2021, 1, 5), WorkingCalendar({})) == 1


def test_an_extension_never_passes_double_the_term():
    question = case(filed_on=date(2020, 12, 21), due_on=date(2021, 1, 14))
    assert terms.latest_extension(question, WorkingCalendar({})) == date(2021, 2, 4)


def test_an_extended_term_is_counted_anew_from_its_start():
    """Until 12 January; the 7th is closed afterwards: one day more."""
    extended = terms.at_extension(case(), date(2021, 1, 12), counting())
    assert extended["due_on"] == date(2021, 1, 12)
    question = case(extended_from=DUE, **extended)
    later = terms.at_recount(question, counting(closing={date(2021, 1, 7): "Cierre"}))
    assert later["due_on"] == date(2021, 1, 13)


def test_another_kind_moves_the_day_by_the_difference():
    term = terms.at_classification(case(), CONSULTATION, counting())
    assert (term["counted_days"], term["due_on"]) == (30, date(2021, 1, 21))


def test_a_stopped_clock_keeps_the_difference_for_later():
    term = terms.at_classification(case(paused_days_left=10), CONSULTATION, counting())
    assert term["paused_days_left"] == 25


# The event's own clock ------------------------------------------------------------------------

JORNADA = "2020-12-21"  # 15 working days after it: 14 January 2021


@pytest.mark.parametrize(
    ("anchor", "due"),
    [("filing", "2020-12-29"), ("event", "2021-01-14"), ("earlier", "2020-12-29")],
)
def test_the_entity_says_which_clock_is_the_one(anchor, due):
    term = terms.at_filing(at("2020-12-04T10:00"), GENERAL, event_on(JORNADA), counting(anchor))
    assert term["due_on"].isoformat() == due
    assert term["legal_due_on"] == DUE
    assert term["event_due_on"] == date(2021, 1, 14)


def test_the_earlier_one_may_be_the_events():
    snapshot = counting("earlier", days=5)
    term = terms.at_filing(at("2020-12-18T10:00"), GENERAL, event_on(JORNADA), snapshot)
    assert (term["legal_due_on"], term["due_on"]) == (date(2021, 1, 13), date(2020, 12, 29))


@pytest.mark.parametrize(
    ("submitted", "event"),
    [
        ("2020-12-22T10:00", event_on(JORNADA)),  # after the event
        ("2020-12-04T10:00", None),
        ("2020-12-04T10:00", event_on(JORNADA, Event.Status.CANCELLED)),
    ],
)
def test_no_event_no_second_clock(submitted, event):
    term = terms.at_filing(at(submitted), GENERAL, event, counting("event"))
    assert term["event_due_on"] is None
    assert term["due_on"] == term["legal_due_on"]


def test_a_pause_moves_the_events_clock_too():
    question = case(event_due_on=date(2021, 1, 14), paused_days_left=10)
    resumed = terms.at_resumption(question, date(2021, 1, 12), counting("event"))
    # the legal clock went from 29 December to 26 January: 18 working days; so does the other
    assert resumed["legal_due_on"] == date(2021, 1, 26)
    assert resumed["due_on"] == resumed["event_due_on"] == date(2021, 2, 9)


def test_a_postponed_event_takes_its_clock_along():
    question = case(event=event_on("2021-02-01"), event_due_on=date(2021, 1, 14))
    term = terms.at_recount(question, counting("event"))
    assert term["due_on"] == date(2021, 2, 22)
    assert term["legal_due_on"] == DUE


def test_a_reopened_case_has_the_legal_clock_alone():
    question = case(event=event_on(JORNADA), event_due_on=date(2021, 1, 14))
    term = terms.at_reopening(question, date(2021, 1, 20), counting("event"))
    assert (term["event_due_on"], term["due_on"]) == (None, date(2021, 2, 10))


def test_the_other_clock_is_named():
    assert terms.other_due_on(case()) is None
    both = case(event_due_on=date(2021, 1, 14))
    assert terms.other_due_on(both) == ("event", date(2021, 1, 14))
    both.due_on = both.event_due_on
    assert terms.other_due_on(both) == ("legal", DUE)


# Words ----------------------------------------------------------------------------------------


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
