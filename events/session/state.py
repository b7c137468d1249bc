"""What the decisions of a session mean at an instant. Nothing is stored here, nothing is written.

Where no session was run the planned hours speak, so an event without a console works as before.
"""

import math
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, LiveSession
from events.models.event import FORGOTTEN
from portal.base import clock, dates

EARLIEST = timedelta(hours=2)  # before the planned start
SOON = timedelta(minutes=15)
MOST_MINUTES_LATE = 90  # a longer delay is told by its hour alone


class State(StrEnum):
    """Where the session of an event stands."""

    BEFORE = "before"
    SOON = "soon"
    DELAYED = "delayed"
    LIVE = "live"
    PAUSED = "paused"
    STREAM_DOWN = "stream_down"
    ENDED = "ended"


NOT_YET = (State.BEFORE, State.SOON, State.DELAYED)
RUNNING = (State.LIVE, State.PAUSED, State.STREAM_DOWN)


def live_of(event: Event) -> LiveSession | None:
    """The session of an event, if its console was ever used; no query with `select_related`."""
    return getattr(event, "live", None)


def state(event: Event, at=None) -> State:
    """Where the session stands at `at` (now)."""
    return state_of(event, live_of(event), clock.now(at))


def state_of(event: Event, live: LiveSession | None, at: datetime) -> State:
    """The same for a session in hand."""
    if event.status == Event.Status.HELD:
        return State.ENDED
    if is_opened(event, live):
        return _opened(event, live, at)
    if event.status != Event.Status.ANNOUNCED:
        return State.BEFORE
    return _not_opened(event, live, at)


def is_opened(event: Event, live: LiveSession | None) -> bool:
    """Whether it was started for the present hours.

    A session that was interrupted, and whose event goes on another day, has to be started again.
    """
    return bool(live and live.opened_at) and live.opened_at >= event.starts_at - EARLIEST


def _opened(event, live, at) -> State:
    if live.ended_at or at >= event.ends_at + FORGOTTEN:
        return State.ENDED
    if live.paused_at or event.status != Event.Status.ANNOUNCED:
        return State.PAUSED
    return State.STREAM_DOWN if live.stream_down_at else State.LIVE


def _not_opened(event, live, at) -> State:
    if at >= planned_end(event, live):
        return State.ENDED
    if is_delayed(event, live):
        return State.DELAYED
    if at >= event.starts_at and live is None:
        return State.LIVE
    return State.SOON if at >= event.starts_at - SOON else State.BEFORE


def is_delayed(event: Event, live: LiveSession | None) -> bool:
    """Whether a later start was told; one that was told for other hours than the present is not."""
    return bool(live and live.delayed_until) and live.delayed_until > event.starts_at


def planned_end(event: Event, live: LiveSession | None) -> datetime:
    """When an event that nobody opened is over: not before it could begin."""
    return max(event.ends_at, live.delayed_until) if is_delayed(event, live) else event.ends_at


def sentence(event: Event, at=None) -> str:
    """The words of the state, for the public and the operators."""
    at = clock.now(at)
    live = live_of(event)
    if event.status in BAD_NEWS:
        return BAD_NEWS[event.status]()
    return WORDS[state_of(event, live, at)](event, live, at)


def _before(event, _live, _at) -> str:
    words = {"day": dates.weekday_month(event.starts_at), "hour": dates.clock(event.starts_at)}
    return _("We start on %(day)s at %(hour)s.") % words


def _soon(event, _live, at) -> str:
    if at >= event.starts_at:
        return _("We start in a moment.")
    return _("We start at %(hour)s.") % {"hour": dates.clock(event.starts_at)}


def _delayed(event, live, at) -> str:
    if at >= live.delayed_until:
        return _("We are running late. We start in a moment.")
    late = math.ceil((live.delayed_until - event.starts_at).total_seconds() / 60)
    words = {"n": late, "hour": dates.clock(live.delayed_until)}
    if late > MOST_MINUTES_LATE:
        return _("We are running late. We start at %(hour)s.") % words
    return (
        ngettext(
            "We are running %(n)s minute late. We start at %(hour)s.",
            "We are running %(n)s minutes late. We start at %(hour)s.",
            late,
        )
        % words
    )


def _paused(_event, live, at) -> str:
    if live and live.resumes_at and at < live.resumes_at:
        words = {"hour": dates.clock(live.resumes_at)}
        return _("We are taking a break. We are back at %(hour)s.") % words
    return _("We are taking a break. We are back in a moment.")


WORDS = {
    State.BEFORE: _before,
    State.SOON: _soon,
    State.DELAYED: _delayed,
    State.LIVE: lambda *_args: _("We are live."),
    State.PAUSED: _paused,
    State.STREAM_DOWN: lambda *_args: _("The stream went down. We are connecting it again."),
    State.ENDED: lambda *_args: _("The event is over."),
}
BAD_NEWS = {
    Event.Status.DRAFT: lambda: _("The event is not announced yet."),
    Event.Status.POSTPONED: lambda: _("The event was postponed."),
    Event.Status.SUSPENDED: lambda: _("The event was interrupted and goes on later."),
    Event.Status.CANCELLED: lambda: _("The event was called off."),
}


def second_at(live: LiveSession | None, at: datetime) -> int | None:
    """The second of the recording at an instant; None before it begins and after the end."""
    zero = live and (live.recording_from or live.opened_at)
    if not zero or at < zero or (live.ended_at and at > live.ended_at):
        return None
    return int((at - zero).total_seconds())
