"""What changed of a public event, from its moves: its day, its hours, bad news and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.models import Event
from portal.base import clock
from portal.base.models import Transition

OF_HOURS = ("set_new_date", "change_hours")
TOLD = {
    "postpone": _("It was postponed"),
    "suspend": _("It was suspended"),
    "cancel": _("It was cancelled"),
    "set_new_date": _("It has a new date"),
    "change_hours": _("Its hours changed"),
}


@dataclass(frozen=True)
class Change:
    """One change that the public is told; `was` and `became` are starts, where it moved them."""

    at: datetime
    label: str
    reason: str
    was: datetime | None = None
    became: datetime | None = None

    @property
    def is_of_the_day(self) -> bool:
        return clock.local_day(self.was) != clock.local_day(self.became)


def changes_of(event: Event) -> list[Change]:
    """Newest first, in one query; none is asked for an event that only was announced."""
    if event.revision < 2:
        return []
    moves = Transition.objects.of("event", event.pk).filter(move__in=TOLD)
    found, became = [], event.starts_at
    for move in reversed(moves):
        was = _start(move.detail) if move.move in OF_HOURS else None
        found.append(Change(move.at, str(TOLD[move.move]), move.reason, was, was and became))
        became = was or became
    return found


def _start(interval: str) -> datetime | None:
    """The start in an ISO 8601 interval; None in a row older than this habit."""
    start = interval.split("/")[0]
    return datetime.fromisoformat(start) if start else None


def last_of_hours(event: Event, changes: list[Change]) -> Change | None:
    """The change of the start that whoever knew the old one must see, while the event is ahead."""
    if event.status != Event.Status.ANNOUNCED:
        return None
    moved = next((change for change in changes if change.was != change.became), None)
    return moved if moved and moved.was != event.starts_at else None
