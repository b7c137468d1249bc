"""Time of an event at chosen instants: phases, windows, agenda, marks of the clock, the archive."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from events import schedule, selectors
from events.models import AgendaItem, Event
from portal.base import clock
from portal.base.dates import clock as hour
from portal.base.dates import iso, long_day
from tests.cast import make_event
from tests.conftest import BOGOTA


def at(text: str) -> datetime:
    """An instant by the clock of Bogotá: "2020-12-21 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


def planned(status="announced", **fields) -> Event:
    """An event of 21 December 2020, 9:00 to 12:00, not stored."""
    values = {
        "status": status, "starts_at": at("2020-12-21 09:00"), "ends_at": at("2020-12-21 12:00"),
    }  # fmt: skip
    return Event(**{**values, **fields})


@pytest.mark.parametrize(
    ("status", "instant", "expected"),
    [
        ("announced", "2020-12-21 08:59:59", "before"),
        ("announced", "2020-12-21 09:00:00", "live"),
        ("announced", "2020-12-21 11:59:59", "live"),
        ("announced", "2020-12-21 12:00:00", "past"),
        ("suspended", "2020-12-21 10:00:00", "before"),
        ("postponed", "2020-12-21 10:00:00", "before"),
        ("cancelled", "2020-12-21 10:00:00", "before"),
        ("suspended", "2020-12-21 12:00:00", "past"),
        ("draft", "2020-12-21 10:00:00", "before"),
        ("held", "2020-12-21 08:00:00", "past"),
        ("held", "2020-12-21 11:00:00", "past"),
    ],
)
def test_phases(status, instant, expected):
    assert schedule.phase(planned(status), at(instant)) == expected


def test_an_instant_is_the_same_in_any_time_zone():
    noon_in_bogota = datetime(2020, 12, 21, 17, tzinfo=UTC)
    assert schedule.phase(planned(), noon_in_bogota) == "past"
    assert schedule.phase(planned(), noon_in_bogota - timedelta(seconds=1)) == "live"


@pytest.mark.parametrize(
    ("status", "instant", "expected"),
    [
        ("announced", "2020-11-30 23:59:59", "not_yet"),
        ("announced", "2020-12-01 00:00:00", "open"),
        ("announced", "2020-12-18 16:59:59", "open"),
        ("announced", "2020-12-18 17:00:00", "written_only"),
        ("suspended", "2020-12-10 00:00:00", "open"),
        ("postponed", "2020-12-10 00:00:00", "written_only"),
        ("cancelled", "2020-12-10 00:00:00", "written_only"),
        ("held", "2020-12-22 00:00:00", "written_only"),
    ],
)
def test_the_window_of_questions(status, instant, expected):
    event = planned(
        status,
        questions_open_at=at("2020-12-01 00:00"),
        questions_close_at=at("2020-12-18 17:00"),
    )
    assert schedule.question_window(event, at(instant)) == expected


def test_without_hours_of_its_own_the_window_is_open_until_the_start():
    assert schedule.question_window(planned(), at("2020-01-01 00:00")) == "open"
    assert schedule.question_window(planned(), at("2020-12-21 08:59:59")) == "open"
    assert schedule.question_window(planned(), at("2020-12-21 09:00")) == "written_only"


@pytest.mark.parametrize(
    ("instant", "days"),
    [
        ("2020-12-20 23:59:59", 1),
        ("2020-12-21 00:00:00", 0),
        ("2020-12-21 23:59:59", 0),
        ("2020-12-22 00:00:00", -1),
        ("2020-12-14 20:00:00", 7),  # the 15th already in UTC
    ],
)
def test_days_left_are_days_of_bogota(instant, days):
    assert schedule.days_left(planned(), at(instant)) == days


def test_the_hours_of_the_agenda_follow_from_the_minutes_before():
    items = [AgendaItem(title=str(n), minutes=n) for n in (30, 45, 105, 20)]
    timed = schedule.timed_agenda(planned(), items)
    assert [hour(moment.starts_at) for moment in timed] == [
        "9:00\u00a0a.\u00a0m.", "9:30\u00a0a.\u00a0m.", "10:15\u00a0a.\u00a0m.", "12:00\u00a0m.",
    ]  # fmt: skip
    assert hour(timed[-1].ends_at) == "12:20\u00a0p.\u00a0m."
    assert [moment.item for moment in timed] == items


@pytest.mark.parametrize(
    ("minutes", "over"), [((90, 90), 0), ((90, 100), 10), ((60, 90), -30), ((), -180)]
)
def test_by_how_much_the_agenda_is_longer(minutes, over):
    assert schedule.minutes_over(planned(), [AgendaItem(minutes=n) for n in minutes]) == over


def test_noon_and_midnight_in_words():
    assert hour(datetime(2020, 12, 21, 17, tzinfo=UTC)) == "12:00\u00a0m."
    assert hour(datetime(2020, 12, 21, 5, tzinfo=UTC)) == "12:00\u00a0a.\u00a0m."
    assert hour(datetime(2020, 12, 21, 12, tzinfo=UTC)) == "7:00\u00a0a.\u00a0m."


def test_the_day_in_words_is_that_of_bogota():
    evening = datetime(2021, 1, 1, 1, tzinfo=UTC)
    assert long_day(evening) == "31 de diciembre de 2020"
    assert iso(evening) == "2020-12-31T20:00-05:00"


@pytest.fixture
def around(entity):
    """`around(status, days)`: a stored event of two hours, some days from 21 December 2020."""

    def make(status, days, **fields):
        starts = at("2020-12-21 09:00") + timedelta(days=days)
        values = {
            "slug": f"{starts:%Y-%m-%d}-{status}", "title": status, "status": status,
            "starts_at": starts, "ends_at": starts + timedelta(hours=2),
        }  # fmt: skip
        return make_event(**{**values, **fields})

    return make


def test_the_event_in_focus(around):
    assert schedule.event_in_focus(at("2020-12-21 08:00")) is None
    around("draft", 1)
    assert schedule.event_in_focus(at("2020-12-21 08:00")) is None
    old = around("held", -30)
    around("cancelled", 2)
    soon, later = around("announced", 0), around("announced", 9)
    assert schedule.event_in_focus(at("2020-12-01 08:00")) == soon
    assert schedule.event_in_focus(at("2020-12-21 10:59:59")) == soon
    assert schedule.event_in_focus(at("2020-12-21 11:00")) == later
    assert schedule.event_in_focus(at("2021-01-01 00:00")) == old


def test_marks_of_the_clock(around):
    opens, closes = at("2020-12-21 06:00"), at("2020-12-21 08:30")
    around("announced", 0, questions_open_at=opens, questions_close_at=closes)
    around("draft", 0, slug="2020-12-21-otra", questions_open_at=at("2020-12-21 07:00"))
    marks = [
        at("2020-12-21 00:00"), opens, closes, at("2020-12-21 08:45"), at("2020-12-21 09:00"),
        at("2020-12-21 11:00"), at("2020-12-22 00:00"),
    ]  # fmt: skip
    for last, following in pairwise(marks):
        assert clock.marks_around(last) == (last, following)
        assert clock.marks_around(following - timedelta(microseconds=1)) == (last, following)


def test_the_midnight_of_the_marks_is_that_of_bogota(entity):
    evening = datetime(2020, 12, 22, 3, tzinfo=UTC)
    assert clock.marks_around(evening) == (at("2020-12-21 00:00"), at("2020-12-22 00:00"))


def test_years_of_the_archive_are_those_of_bogota(around):
    new_year = around("held", 0, starts_at=datetime(2021, 1, 1, 1, tzinfo=UTC),
                      ends_at=datetime(2021, 1, 1, 3, tzinfo=UTC))  # fmt: skip
    around("draft", 400)
    newest = around("announced", 200)
    assert selectors.archive_years() == [2021, 2020]
    assert selectors.events_by_year() == [(2021, [newest]), (2020, [new_year])]
    assert selectors.events_by_year(2020) == [(2020, [new_year])]
    assert selectors.events_by_year(1999) == []
