"""What the page of a held event tells of its session: minute by minute, and what was answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from events.models import Event, LogLine
from events.session.selectors import log_of
from events.session.state import live_of
from portal.base.templatetags.portal import at_second
from questions.models import LiveTurn, Question

FIRST_LINES = 15


@dataclass(frozen=True)
class Line:
    """A line of the log with the address of its moment in the recording, where there is one."""

    line: LogLine
    address: str


@dataclass(frozen=True)
class SessionShown:
    """The public lines, oldest first, and what became of the questions."""

    first: list[Line]
    rest: list[Line]
    answered_live: int
    in_writing: int
    last_due_on: date | None


def session_of(event: Event, recording_url: str = "") -> SessionShown | None:
    """None where no session was opened; else two queries."""
    live = live_of(event)
    if live is None or live.opened_at is None:
        return None
    lines = [
        Line(line, at_second(recording_url, line.second) if line.second is not None else "")
        for line in reversed(log_of(event, public=True))
    ]
    turns = Count("pk", filter=Q(live_turn__status=LiveTurn.Status.ANSWERED))
    is_open = Q(status__in=Question.Status.OPEN) & ~Q(live_turn__status=LiveTurn.Status.ANSWERED)
    counts = Question.objects.public().filter(event=event).order_by().aggregate(
        live=turns, pending=Count("pk", filter=is_open), due=Max("due_on", filter=is_open)
    )  # fmt: skip
    return SessionShown(
        lines[:FIRST_LINES], lines[FIRST_LINES:], counts["live"], counts["pending"], counts["due"]
    )
