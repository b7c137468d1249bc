"""Working days: Monday to Friday, less national holidays, less the entity's closing days.

The day something is received never counts: day 1 is the next working day (Ley 4 de 1913
arts. 59-62; Ley 1437 de 2011 arts. 14 and 54).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

MAX_DAYS = 3700


@lru_cache(maxsize=64)
def national_holidays(year: int) -> dict[date, str]:
    """Colombia's public holidays of a year with their Spanish names (Ley 51 de 1983 and later)."""
    named = holidays.country_holidays("CO", years=year, language="es")
    return {day: name.replace("(observado)", "(se pasa al lunes)") for day, name in named.items()}


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar, which is a Monday, to `day`."""
    weeks, rest = divmod(day.toordinal(), 7)
    return 5 * weeks + min(rest, 5)


@dataclass(frozen=True)
class SkippedDay:
    """A weekday that does not count, and why."""

    date: date
    reason: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of one entity. `closing_days` maps a day to its reason."""

    closing_days: dict[date, str]

    def holiday(self, day: date) -> str:
        """Why a weekday is not worked; empty when it is worked or a weekend."""
        return national_holidays(day.year).get(day) or self.closing_days.get(day, "")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and not self.holiday(day)

    def add(self, start: date, days: int) -> date:
        """The day that is `days` working days after `start` (before it, when negative).

        `start` itself never counts, be it a working day or not. 0 gives `start`.
        """
        if abs(days) > MAX_DAYS:
            raise ValueError(f"more than {MAX_DAYS} working days")
        step = timedelta(days=1 if days > 0 else -1)
        day, left = start, abs(days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier.

        Not day by day: what is late since twenty years would take a list of them a second.
        """
        if end < start:
            return -self.count(end, start)
        years = range(start.year, end.year + 1)
        free = set(self.closing_days).union(*map(national_holidays, years))
        missed = sum(start < day <= end and day.weekday() < 5 for day in free)
        return _weekdays_until(end) - _weekdays_until(start) - missed

    def next_working_day(self, day: date) -> date:
        """`day` itself when it is worked, else the first worked day after it."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def filed_on(self, submitted_at: datetime, closing_hour: time) -> date:
        """The day on which something received at an instant is registered (radicado).

        On a non-working day, or from the closing hour on, it is the next working day.
        """
        local = timezone.localtime(submitted_at)
        if self.is_working_day(local.date()) and local.time() < closing_hour:
            return local.date()
        return self.add(local.date(), 1)

    def skipped(self, start: date, end: date) -> Iterator[SkippedDay]:
        """Holidays and closing days on weekdays after `start` up to `end`."""
        for number in range(1, (end - start).days + 1):
            day = start + timedelta(days=number)
            if day.weekday() < 5 and (reason := self.holiday(day)):
                yield SkippedDay(day, reason)


def calendar_of(closing_days: Collection[tuple[date, str]]) -> WorkingCalendar:
    return WorkingCalendar(dict(closing_days))
