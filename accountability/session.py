"""What stays of a session that was run: minute by minute, and what became of the questions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from accountability.models import Commitment, SessionRecord
from events.models import Event, LogLine
from events.session.selectors import log_of
from events.session.state import live_of
from portal.base import clock
from portal.base.templatetags.portal import at_second
from questions.models import LiveTurn, Question


@dataclass(frozen=True)
class Line:
    """A line of the log with the address of its moment in the recording, where there is one.

    `about` is the public contribution or commitment that it tells of.
    """

    line: LogLine
    address: str
    about: Question | Commitment | None = None


@dataclass(frozen=True)
class Outcome:
    """How many questions were answered aloud, how many wait, and until when."""

    answered_live: int
    in_writing: int
    last_due_on: date | None


@dataclass(frozen=True)
class SessionPage:
    """A session told on a page of its own."""

    event: Event
    outcome: Outcome
    lines: list[Line]


def was_opened(event: Event) -> bool:
    live = live_of(event)
    return live is not None and live.opened_at is not None


def outcome_of(event: Event) -> Outcome | None:
    """None where no session was opened; else one query."""
    if not was_opened(event):
        return None
    turns = Count("pk", filter=Q(live_turn__status=LiveTurn.Status.ANSWERED))
    is_open = Q(status__in=Question.Status.OPEN) & ~Q(live_turn__status=LiveTurn.Status.ANSWERED)
    counts = Question.objects.public().filter(event=event).order_by().aggregate(
        live=turns, pending=Count("pk", filter=is_open), due=Max("due_on", filter=is_open)
    )  # fmt: skip
    return Outcome(counts["live"], counts["pending"], counts["due"])


def lines_of(event: Event, recording_url: str = "") -> list[Line]:
    """The public lines, oldest first; none where no session was opened.

    What was written on a later day (a survey that closed a week after) is no part of the session.
    """
    if not was_opened(event):
        return []
    ended_at = live_of(event).ended_at
    last_day = clock.local_day(ended_at) if ended_at else None
    lines = [
        line
        for line in reversed(log_of(event, public=True))
        if not last_day or clock.local_day(line.at) <= last_day
    ]
    about = _told_of(lines)
    return [
        Line(
            line,
            at_second(recording_url, line.second) if line.second is not None else "",
            about.get((line.about_kind, line.about_id)),
        )
        for line in lines
    ]


def _told_of(lines: list[LogLine]) -> dict[tuple[str, int], Question | Commitment]:
    """What the lines tell of and everybody may read, by kind and key; two queries."""
    found = {}
    for kind, rows in (("question", Question), ("commitment", Commitment)):
        keys = [line.about_id for line in lines if line.about_kind == kind]
        found |= {(kind, row.pk): row for row in rows.objects.public().filter(pk__in=keys)}
    return found


def session_page(event_slug: str) -> SessionPage | None:
    """The session of a public event, or None where none was opened; six queries."""
    event = Event.objects.public().select_related("live").filter(slug=event_slug).first()
    if event is None or not was_opened(event):
        return None
    records = SessionRecord.objects.public().filter(event=event)
    record = records.select_related("event").first()
    address = record.recording_address if record else ""
    return SessionPage(event, outcome_of(event), lines_of(event, address))
