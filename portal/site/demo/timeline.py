"""When the steps of the demonstration happen, and their telling in the order of time.

Numbers and history rows are given out in the order of writing, so everything is planned first
and written afterwards, oldest step first.
"""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from entity.calendar import WorkingCalendar
from portal.base import clock

Step = Callable[[datetime], object]
MORNING = time(10, 0)


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def instant(text: str) -> datetime:
    """A local date and time as the data writes it: 2020-12-21T09:00."""
    return timezone.make_aware(datetime.fromisoformat(text))


def at_time(day: date, text: str = "") -> datetime:
    """A day at a time as the data writes it ("08:45"); in the morning when it says none."""
    return clock.at_hour(day, time.fromisoformat(text) if text else MORNING)


class Timeline:
    """Planned steps of everything. Nothing ever happens later than `now`."""

    def __init__(self, now: datetime, calendar: WorkingCalendar):
        self.now = now
        self.today = clock.local_day(now)
        self.calendar = calendar
        self._steps: list[tuple[datetime, Step]] = []

    def day(self, offset: int) -> date:
        """The calendar day `offset` days after the day of loading; before it, when negative."""
        return self.today + timedelta(days=offset)

    def working_day(self, offset: int) -> date:
        return self.calendar.next_working_day(self.day(offset))

    def after(self, start: date, working_days: int, text: str = "") -> datetime:
        return at_time(self.calendar.add(start, working_days), text)

    def track(self) -> "Track":
        return Track(self)

    def put(self, when: datetime, step: Step) -> None:
        self._steps.append((when, step))

    def run(self) -> int:
        """Write every step, oldest first; those of one instant in the order of planning."""
        steps = sorted(self._steps, key=lambda planned: planned[0])
        for when, step in steps:
            step(when)
        return len(steps)


class Track:
    """The steps of one thing: each at its time, but never before the last one nor after now."""

    def __init__(self, timeline: Timeline):
        self.timeline = timeline
        self.last: datetime | None = None

    def put(self, when: datetime, step: Step) -> datetime:
        when = min(max(when, self.last or when), self.timeline.now)
        self.timeline.put(when, step)
        self.last = when
        return when
