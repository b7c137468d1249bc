"""Time of an event: everything here is computed from stored decisions and `at`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from events.models import AgendaItem, Event
from events.models.event import FORGOTTEN
from events.session import state as session
from portal.base import clock


class Phase(StrEnum):
    """Where an event stands in time."""

    BEFORE = "before"
    LIVE = "live"
    PAST = "past"


class QuestionWindow(StrEnum):
    """What the form of an event does with a contribution that comes now."""

    NOT_YET = "not_yet"
    OPEN = "open"
    WRITTEN_ONLY = "written_only"


@dataclass(frozen=True)
class TimedItem:
    """A moment of the agenda with its planned clock time, and its parts with theirs."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime
    parts: tuple["TimedItem", ...] = ()

    @property
    def minutes_over(self) -> int:
        """By how many minutes its parts are longer than itself; 0 without parts."""
        return (
            sum(part.item.minutes for part in self.parts) - self.item.minutes if self.parts else 0
        )


def phase(event: Event, at=None) -> Phase:
    """Before, live or past: from its session where that was opened, else from the planned hours.

    A held event is past; bad news stops the clock before the start.
    """
    at = clock.now(at)
    if event.status == Event.Status.HELD:
        return Phase.PAST
    live = session.live_of(event) if _may_be_open(event, at) else None
    is_announced = event.status == Event.Status.ANNOUNCED
    if is_announced and session.is_opened(event, live):
        is_on = session.state_of(event, live, at) in session.RUNNING
        return Phase.LIVE if is_on else Phase.PAST
    if at >= session.planned_end(event, live):
        return Phase.PAST
    if is_announced and at >= event.starts_at:
        return Phase.LIVE
    return Phase.BEFORE


def _may_be_open(event, at) -> bool:
    """Around its hours a session may say more than they do; far from them nobody asks for it."""
    return event.starts_at - session.EARLIEST <= at < event.ends_at + FORGOTTEN


def question_window(event: Event, at=None) -> QuestionWindow:
    """Whether pre-registration is open. Closed, the form stays: the answer will be in writing."""
    at = clock.now(at)
    if event.questions_open_at and at < event.questions_open_at:
        return QuestionWindow.NOT_YET
    closes = event.questions_close_at or event.starts_at
    if at < closes and event.status in Event.Status.COMING:
        return QuestionWindow.OPEN
    return QuestionWindow.WRITTEN_ONLY


def days_left(event: Event, at=None) -> int:
    """Calendar days until the day of the event in Bogotá; 0 on the day, negative after it."""
    return (clock.local_day(event.starts_at) - clock.local_day(at)).days


def timed_agenda(event: Event, items: Iterable[AgendaItem]) -> list[TimedItem]:
    """The agenda with the clock time of each item, from the start and the minutes before it.

    Parts run inside the minutes of their moment and move nothing that comes after it.
    """
    moments, parts = [], defaultdict(list)
    for item in items:
        (parts[item.parent_id] if item.parent_id else moments).append(item)
    return [
        replace(moment, parts=tuple(_in_a_row(moment.starts_at, parts.get(moment.item.pk, ()))))
        for moment in _in_a_row(event.starts_at, moments)
    ]


def _in_a_row(start: datetime, items: Iterable[AgendaItem]) -> Iterator[TimedItem]:
    for item in items:
        end = start + timedelta(minutes=item.minutes)
        yield TimedItem(item, start, end)
        start = end


def minutes_over(event: Event, items: Iterable[AgendaItem]) -> int:
    """By how many minutes the agenda is longer than the event; negative when it is shorter."""
    return sum(item.minutes for item in items if not item.parent_id) - event.minutes


def event_in_focus(at=None) -> Event | None:
    """The event the home page is about: live, else next, else the last one that was held."""
    at = clock.now(at)
    events = Event.objects.public().select_related("kind", "live")
    return (
        events.upcoming(at).first()
        or events.held().first()
        or events.order_by("-starts_at").first()
    )


def clock_marks() -> Iterable[datetime]:
    """Instants at which an event's page changes by itself."""
    rows = Event.objects.public().values_list(
        "live__opened_at", "starts_at", "ends_at", "questions_open_at", "questions_close_at",
        "speakers_close_at", "live__delayed_until", "live__resumes_at",
    )  # fmt: skip
    for opened_at, starts_at, ends_at, *others in rows:
        yield from (starts_at - session.SOON, starts_at, ends_at, *others)
        if opened_at:
            yield ends_at + FORGOTTEN
