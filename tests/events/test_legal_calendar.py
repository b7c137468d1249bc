"""The legal days of a hearing, against dates that entities published themselves."""

from datetime import date

import pytest

from entity.calendar import WorkingCalendar
from events.legal_calendar import Duty, legal_days

CALENDAR = WorkingCalendar({})


@pytest.mark.parametrize(
    ("hearing", "duty", "day"),
    [
        # CDMB: hearing of 26 April 2023, notice of 27 March, registration until 21 April
        ("2023-04-26", Duty.NOTICE, "2023-03-27"),
        ("2023-04-26", Duty.SPEAKERS, "2023-04-21"),
        ("2023-04-26", Duty.MINUTES, "2023-05-04"),  # 1 May is no working day
        ("2026-04-22", Duty.NOTICE, "2026-03-23"),
        ("2026-04-22", Duty.REPORT, "2026-04-02"),  # Holy Thursday: calendar days stay as they fall
        ("2026-04-22", Duty.SPEAKERS, "2026-04-17"),
        ("2020-12-21", Duty.MINUTES, "2020-12-29"),
        ("2020-12-21", Duty.ANSWERS, "2021-01-14"),
        ("2023-04-26", Duty.NOTICE_POSTED, "2023-04-12"),  # Holy Week lies between
    ],
)
def test_published_dates(hearing, duty, day):
    assert legal_days(date.fromisoformat(hearing), CALENDAR)[duty].isoformat() == day


def test_they_come_in_the_order_of_time():
    days = list(legal_days(date(2023, 4, 26), CALENDAR).values())
    assert days == sorted(days)


def test_a_closing_day_moves_working_days_only():
    closed = WorkingCalendar({date(2023, 4, 24): "Día compensado"})
    days = legal_days(date(2023, 4, 26), closed)
    assert days[Duty.SPEAKERS] == date(2023, 4, 20)
    assert days[Duty.NOTICE] == date(2023, 3, 27)
