"""The decisions of a live session, and the only writer of `LiveSession`.

What a state is follows from the stored instants (`state`). Each decision is a compare-and-set on
the revision that the operator saw: of two at once one decides, the other is told who and when.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events import workflow as event_workflow
from events.models import AgendaItem, Event, LiveSession, LogLine
from events.models.event import FORGOTTEN
from events.session import agenda
from events.session.decision import decide, demand_announced, refuse, tell
from events.session.floor import close_floor, count_audience, give_floor, stop_floor
from events.session.log import correct_line, write_line
from events.session.permission import RUN
from events.session.screen import hide_screen, set_screen, unhide_screen
from events.session.seats import seats, take_seat
from events.session.state import (
    EARLIEST,
    NOT_YET,
    RUNNING,
    State,
    is_opened,
    second_at,
)
from portal.base import clock, dates
from portal.base.machine import MoveRefused

__all__ = [
    "RUN", "correct_line", "count_audience", "delay_session", "end_session", "give_floor",
    "hide_screen", "next_item", "open_session", "pause_session", "resume_session", "seats",
    "session_for", "set_screen", "stop_floor", "stream_down", "stream_up", "take_seat",
    "unhide_screen", "write_line",
]  # fmt: skip

LONGEST_PAUSE = LONGEST_DELAY = timedelta(hours=12)
Kind, Screen = LogLine.Kind, LiveSession.Screen


def session_for(event: Event) -> LiveSession:
    """The session of an event, made when its console is first used."""
    live, _made = LiveSession.objects.select_related("current_item").get_or_create(event=event)
    live.event = event  # the event in hand, and through it `live_of`, knows this row
    return live


@transaction.atomic
def open_session(live, *, actor, at=None) -> LiveSession:
    """The session starts: the pages of the event and the home page are live, the log begins.

    Raises PermissionDenied; MoveRefused when it has started or is over, for an event that is not
    announced, more than two hours before the planned start or half a day after the planned end.
    """
    at = clock.now(at)
    demand_announced(live, actor)
    _demand_not_started(live)
    _demand_its_day(live.event, at)
    decide(
        live, "open_session", actor=actor, at=at, allowed=(*NOT_YET, State.ENDED),
        opened_at=at, recording_from=None, delayed_until=None, paused_at=None, resumes_at=None,
        stream_down_at=None, ended_at=None,
    )  # fmt: skip
    _take_pause_away(live)
    return tell(live, Kind.STARTED, _("The session starts."), actor, at, everywhere=True)


def _take_pause_away(live) -> None:
    """The screen asks for questions again, unless an operator chose something else meanwhile."""
    paused = LiveSession.objects.filter(pk=live.pk, screen=Screen.PAUSE)
    paused.update(screen=Screen.QUESTION)
    live.refresh_from_db(fields=["screen"])


def _demand_not_started(live) -> None:
    if is_opened(live.event, live):
        over = _("The session is over: it can't be opened again.")
        refuse(live, over if live.ended_at else _("The session has started already."))


def _demand_its_day(event, at) -> None:
    first = event.starts_at - EARLIEST
    if at < first:
        words = {"day": dates.weekday_month(first), "hour": dates.clock(first)}
        raise MoveRefused(_("It can start on %(day)s from %(hour)s on.") % words)
    if at >= event.ends_at + FORGOTTEN:
        raise MoveRefused(_("The day of the event is over. Give it a new date first."))


@transaction.atomic
def delay_session(live, *, actor, until, at=None) -> LiveSession:
    """Tell the public that it starts later than planned.

    Raises PermissionDenied; MoveRefused once it has started, for an event that is not announced,
    and for an hour that lies behind or before the planned start.
    """
    at = clock.now(at)
    demand_announced(live, actor)
    _demand_not_started(live)
    if until <= at or until <= live.event.starts_at:
        raise MoveRefused(_("Write an hour that is still to come, after the planned start."))
    if until > live.event.starts_at + LONGEST_DELAY:
        raise MoveRefused(_("That is another day. Postpone the event instead."))
    decide(live, "delay_session", actor=actor, at=at, allowed=NOT_YET, delayed_until=until)
    text = _("It starts late, at %(hour)s.") % {"hour": dates.clock(until)}
    return tell(live, Kind.DELAYED, text, actor, at, everywhere=True)


@transaction.atomic
def pause_session(live, *, actor, resumes_at=None, at=None) -> LiveSession:
    """A break, with the hour at which it goes on where that is known. The screen says so too.

    Raises PermissionDenied, MoveRefused unless it goes on now, or for an hour that lies behind.
    """
    at = clock.now(at)
    demand_announced(live, actor)
    if resumes_at and not at < resumes_at <= at + LONGEST_PAUSE:
        raise MoveRefused(_("Write an hour of today that is still to come."))
    decide(
        live, "pause_session", actor=actor, at=at, allowed=(State.LIVE, State.STREAM_DOWN),
        paused_at=at, resumes_at=resumes_at, screen=Screen.PAUSE,
    )  # fmt: skip
    text = _("Break.")
    if resumes_at:
        text = _("Break until %(hour)s.") % {"hour": dates.clock(resumes_at)}
    return tell(live, Kind.PAUSED, text, actor, at, everywhere=True)


@transaction.atomic
def resume_session(live, *, actor, at=None) -> LiveSession:
    """After a break it goes on, and the screen with it, unless it shows something else by now.

    Raises PermissionDenied, MoveRefused when it is not paused.
    """
    at = clock.now(at)
    demand_announced(live, actor)
    decide(
        live, "resume_session", actor=actor, at=at, allowed=(State.PAUSED,),
        paused_at=None, resumes_at=None,
    )  # fmt: skip
    _take_pause_away(live)
    return tell(live, Kind.RESUMED, _("The session goes on."), actor, at, everywhere=True)


@transaction.atomic
def stream_down(live, *, actor, at=None) -> LiveSession:
    """Tell that the stream is down. Raises PermissionDenied, MoveRefused unless it is live."""
    at = clock.now(at)
    demand_announced(live, actor)
    decide(live, "stream_down", actor=actor, at=at, allowed=(State.LIVE,), stream_down_at=at)
    return tell(live, Kind.STREAM_DOWN, _("The stream went down."), actor, at)


@transaction.atomic
def stream_up(live, *, actor, at=None) -> LiveSession:
    """The stream is back. Raises PermissionDenied, MoveRefused when it was not down."""
    at = clock.now(at)
    demand_announced(live, actor)
    if not live.stream_down_at:
        refuse(live, _("The stream was not down."))
    decide(live, "stream_up", actor=actor, at=at, allowed=RUNNING, stream_down_at=None)
    return tell(live, Kind.STREAM_UP, _("The stream is back."), actor, at)


@transaction.atomic
def end_session(live, *, actor, at=None) -> LiveSession:
    """It is over for everybody: who speaks has spoken, and the event counts as held.

    One that was interrupted by its own decision stays so. Raises PermissionDenied, MoveRefused
    before the start and after the end.
    """
    at = clock.now(at)
    if live.ended_at and is_opened(live.event, live):
        refuse(live, _("The session is over: it can't be opened again."))
    allowed = (*RUNNING, State.ENDED) if is_opened(live.event, live) else RUNNING
    decide(
        live, "end_session", actor=actor, at=at, allowed=allowed,
        ended_at=at, paused_at=None, resumes_at=None, stream_down_at=None,
    )  # fmt: skip
    close_floor(live.event, actor=actor, at=at)
    tell(live, Kind.ENDED, _("The session ends."), actor, at, everywhere=True)
    event_workflow.session_ended(live.event, actor=actor, at=at)
    return live


@transaction.atomic
def next_item(live, *, actor, item=None, at=None) -> LiveSession:
    """Go on to the next moment or part of the agenda, or to `item`; its real start is kept.

    Only the first time: to come back to a moment does not write its start anew. Raises
    PermissionDenied, MoveRefused after the last one, or unless the session goes on.
    """
    at = clock.now(at)
    demand_announced(live, actor)
    item = item or agenda.after(live.event, live.current_item_id)
    if item is None:
        raise MoveRefused(_("That was the last moment of the agenda."))
    if item.event_id != live.event_id or item.pk == live.current_item_id:
        refuse(live, _("Choose another moment of the agenda of this event."))
    decide(
        live, "next_item", actor=actor, at=at, allowed=RUNNING, detail=str(item.pk),
        current_item=item,
    )  # fmt: skip
    _note_start(live, item, at)
    return tell(live, Kind.ITEM, item.title, actor, at, item=item)


def _note_start(live, item, at) -> None:
    """A part begins its moment too, where that had not begun."""
    items = AgendaItem.objects.filter(pk__in=[item.pk, item.parent_id], started_at__isnull=True)
    items.update(started_at=at, recording_second=second_at(live, at))
    item.refresh_from_db(fields=["started_at", "recording_second"])
