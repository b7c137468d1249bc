"""What console, live page and screen read of a session, in a constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from events.models import AgendaItem, Event, FloorTurn, LogLine, Speaker
from events.session.agenda import in_order
from events.session.state import live_of
from portal.base import clock
from portal.base.dates import iso


@dataclass(frozen=True)
class AgendaStep:
    """An item of the agenda beside the present one."""

    item: AgendaItem
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class AgendaProgress:
    """How far the agenda is: the present item since when, of how many minutes, and the next."""

    steps: list[AgendaStep]
    current: AgendaItem | None
    started_at: datetime | None
    minutes_used: int
    following: AgendaItem | None


@dataclass(frozen=True)
class Floor:
    """Who speaks, for how many seconds of how many, and who waits."""

    speaking: FloorTurn | None
    seconds: int
    allowed: int | None
    waiting: list[Speaker]

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.seconds > self.allowed


def runnable():
    """Events whose session can be run or looked at, with it; those that come first."""
    states = (Event.Status.ANNOUNCED, Event.Status.SUSPENDED, Event.Status.HELD)
    events = Event.objects.filter(status__in=states).select_related("live", "kind")
    return events.order_by("-starts_at")[:20]


def log_of(event: Event, most: int | None = None, *, public: bool = False) -> list[LogLine]:
    """The minute log, newest first."""
    lines = event.log.filter(is_public=True) if public else event.log.all()
    return list(lines[:most] if most else lines)


# Of the table of the minute log.
LOG_COLUMNS = ("cuando", "segundo_de_la_grabacion", "clase", "publica", "texto", "punto")


def log_rows(event: Event) -> Iterator[tuple]:
    """The whole log, oldest first, with what only the team reads marked so."""
    for line in event.log.select_related("item").order_by("at", "pk"):
        item = line.item.title if line.item else ""
        is_public = "sí" if line.is_public else "no"
        yield iso(line.at), line.second, line.get_kind_display(), is_public, line.text, item


def agenda_progress(event: Event, at=None) -> AgendaProgress:
    at, live = clock.now(at), live_of(event)
    items = in_order(event)
    keys = [item.pk for item in items]
    key = live.current_item_id if live else None
    place = keys.index(key) if key in keys else -1
    current = items[place] if place >= 0 else None
    started_at = current.started_at if current else None
    used = int((at - started_at).total_seconds() // 60) if started_at else 0
    return AgendaProgress(
        steps=[AgendaStep(item, n < place, n == place) for n, item in enumerate(items)],
        current=current,
        started_at=started_at,
        minutes_used=max(used, 0),
        following=items[place + 1] if place + 1 < len(items) else None,
    )


def floor(event: Event, at=None) -> Floor:
    at = clock.now(at)
    speaking = event.floor_turns.select_related("speaker").filter(ended_at=None).first()
    seconds = int((at - speaking.started_at).total_seconds()) if speaking else 0
    waiting = event.speakers.filter(status=Speaker.Status.REGISTERED)
    if speaking:
        waiting = waiting.exclude(pk=speaking.speaker_id)
    allowed = event.speaking_minutes * 60 if event.speaking_minutes else None
    return Floor(speaking, max(seconds, 0), allowed, list(waiting))
