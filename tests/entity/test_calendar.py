"""Working days: the vectors of the domain and of the design, and a slow independent count."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entity.calendar import WorkingCalendar, national_holidays

BOGOTA = ZoneInfo("America/Bogota")
PLAIN = WorkingCalendar({})
HOLIDAYS = Path(__file__).parent.parent / "data" / "holidays_co_2020_2027.csv"


def listed_holidays():
    with HOLIDAYS.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["name_es"] for row in csv.DictReader(file)}


def test_every_listed_holiday_and_no_other():
    listed = listed_holidays()
    ours = {day for year in range(2020, 2028) for day in national_holidays(year)}
    assert len(listed) > 100
    assert ours == set(listed)


def test_names_of_holidays_are_spanish():
    assert national_holidays(2020)[date(2020, 12, 25)] == "Navidad"


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # reference/domain.md §6
        ("2020-12-21", 5, "2020-12-29"),
        ("2020-12-21", 10, "2021-01-06"),
        ("2020-12-21", 15, "2021-01-14"),
        ("2020-12-21", 30, "2021-02-04"),
        ("2023-04-26", -3, "2023-04-21"),
        ("2023-04-26", 5, "2023-05-04"),
        ("2026-04-22", -3, "2026-04-17"),
        ("2024-03-22", 15, "2024-04-17"),
        ("2026-07-06", 5, "2026-07-14"),
        # design/design.md §5
        ("2020-12-04", 15, "2020-12-29"),
    ],
)
def test_adding_working_days(start, days, expected):
    assert PLAIN.add(date.fromisoformat(start), days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-15", "2021-04-30", 31),
        ("2021-03-15", "2021-06-30", 71),
        ("2021-03-15", "2021-08-31", 112),
        ("2020-12-21", "2020-12-21", 0),
        ("2021-04-30", "2021-03-15", -31),
    ],
)
def test_counting_working_days(start, end, expected):
    assert PLAIN.count(date.fromisoformat(start), date.fromisoformat(end)) == expected


def test_calendar_days_of_a_hearing_are_plain_subtraction():
    assert date(2023, 4, 26) - timedelta(days=30) == date(2023, 3, 27)
    assert not PLAIN.is_working_day(date(2026, 4, 2))  # Holy Thursday: shown as it is


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2020-12-04T10:00", "2020-12-04"),
        ("2020-12-04T17:59", "2020-12-04"),
        ("2020-12-04T18:00", "2020-12-07"),  # Friday after closing hour: Monday
        ("2020-12-05T09:00", "2020-12-07"),  # Saturday
        ("2020-12-07T19:00", "2020-12-09"),  # the 8th is a holiday
        ("2020-12-08T09:00", "2020-12-09"),
    ],
)
def test_filing_day(instant, expected):
    at = datetime.fromisoformat(instant).replace(tzinfo=BOGOTA)
    assert PLAIN.filed_on(at, time(18)) == date.fromisoformat(expected)


def test_filing_day_goes_by_the_clock_of_bogota():
    late_in_utc = datetime(2020, 12, 4, 22, 30, tzinfo=ZoneInfo("UTC"))  # 17:30 in Bogotá
    assert PLAIN.filed_on(late_in_utc, time(18)) == date(2020, 12, 4)


def test_closing_days_do_not_count_and_say_why():
    closed = WorkingCalendar({date(2020, 12, 24): "Día compensado"})
    assert closed.add(date(2020, 12, 21), 5) == date(2020, 12, 30)
    skipped = list(closed.skipped(date(2020, 12, 21), date(2020, 12, 30)))
    assert [(s.date.day, s.reason) for s in skipped] == [(24, "Día compensado"), (25, "Navidad")]


def test_zero_days_is_the_same_day_and_too_many_are_refused():
    assert PLAIN.add(date(2020, 12, 25), 0) == date(2020, 12, 25)
    with pytest.raises(ValueError, match="working days"):
        PLAIN.add(date(2020, 12, 25), 5000)


def slow_is_working(day, listed, closing):
    return day.strftime("%a") not in ("Sat", "Sun") and day not in listed and day not in closing


days = st.dates(date(2020, 9, 1), date(2027, 4, 1))  # 120 working days stay inside the list


@given(start=days, number=st.integers(-120, 120), closing=st.sets(days, max_size=4))
def test_adding_agrees_with_a_slow_count(start, number, closing):
    listed = set(listed_holidays())
    calendar = WorkingCalendar(dict.fromkeys(closing, "Cierre"))
    end = calendar.add(start, number)
    low, high = sorted((start, end))
    span = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    between = [d for d in span if d != start and slow_is_working(d, listed, closing)]
    assert len(between) == abs(number)
    if number:
        assert slow_is_working(end, listed, closing)


@given(start=days, length=st.integers(0, 300), closing=st.sets(days, max_size=4))
def test_counting_agrees_with_a_slow_count(start, length, closing):
    listed = set(listed_holidays())
    calendar = WorkingCalendar(dict.fromkeys(closing, "Cierre"))
    end = min(start + timedelta(days=length), date(2027, 12, 31))
    span = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert calendar.count(start, end) == sum(slow_is_working(d, listed, closing) for d in span)
