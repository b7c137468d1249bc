"""What the public pages of events read, in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from events import schedule
from events.models import AgendaItem, Event
from portal.base import clock


@dataclass
class EventPage:
    """One event with all that its page shows, at one instant."""

    event: Event
    at: object

    @cached_property
    def phase(self) -> schedule.Phase:
        return schedule.phase(self.event, self.at)

    @cached_property
    def window(self) -> schedule.QuestionWindow:
        return schedule.question_window(self.event, self.at)

    @cached_property
    def days_left(self) -> int:
        return schedule.days_left(self.event, self.at)

    @cached_property
    def agenda(self) -> list[schedule.TimedItem]:
        return schedule.timed_agenda(self.event, self.event.agenda.all())

    @property
    def is_bad_news(self) -> bool:
        return self.event.status in Event.Status.BAD_NEWS

    @property
    def norms(self) -> list[str]:
        return [line.strip() for line in self.event.norms.splitlines() if line.strip()]


def event_page(event: Event, at=None) -> EventPage:
    return EventPage(event, clock.now(at))


def with_page_data(events):
    """`events` with what a page of one needs, each relation in one query."""
    return events.select_related("kind").prefetch_related(
        Prefetch("agenda", AgendaItem.objects.select_related("office")),
        "sections",
        "documents__stored",
    )


def archive_years(at=None) -> list[int]:
    """Years with a public event, newest first."""
    return [day.year for day in Event.objects.public().dates("starts_at", "year", order="DESC")]


def events_by_year(year: int | None = None) -> list[tuple[int, list[Event]]]:
    """Public events under their years, newest first; one year only, when given."""
    events = Event.objects.public().select_related("kind").order_by("-starts_at")
    grouped: dict[int, list[Event]] = {}
    for event in events:
        event_year = clock.local_day(event.starts_at).year
        if year in (None, event_year):
            grouped.setdefault(event_year, []).append(event)
    return list(grouped.items())
