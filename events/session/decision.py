"""How one decision of a session is stored: who may, whether it is still theirs, and who was first.

Each is a compare-and-set on the revision that the operator saw; it holds on SQLite too.
"""

from django.utils.translation import gettext as _

from events.models import Event, LiveSession
from events.session import log
from events.session.permission import demand
from events.session.state import State, state_of
from portal.base import dates, versions
from portal.base.machine import MoveRefused, Overtaken, record
from portal.base.models import Transition

KIND = "session"


def decide(live, move, *, actor, at, allowed, detail="", **fields) -> None:
    """Store one decision and who made it, if nobody decided since `live` was read."""
    demand(actor)
    before = state_of(live.event, live, at)
    if live.event.status == Event.Status.DRAFT:
        raise MoveRefused(_("The event is not announced yet."))
    if before not in allowed:
        refuse(live, _sentence(before))
    values = {**fields, "revision": live.revision + 1}
    as_seen = LiveSession.objects.filter(pk=live.pk, revision=live.revision)
    if not as_seen.update(**values):
        raise Overtaken(_who_was_first(live))
    for field, value in values.items():
        setattr(live, field, value)
    live.event = live.event  # the event in hand knows this row: the log asks it for the second
    note(live, move, before, state_of(live.event, live, at), actor=actor, at=at, detail=detail)


def note(live, move, before, after, **more) -> None:
    record(KIND, live.pk, "decision", move, before=before, after=after, **more)


def _sentence(now: State) -> str:
    """Why a decision can't be made in this state."""
    return {
        State.PAUSED: _("The session is paused. Let it go on first."),
        State.LIVE: _("The session is going on already."),
        State.STREAM_DOWN: _("The stream is down. Say first that it is back."),
        State.ENDED: _("The session is over."),
    }.get(now) or _("The session has not started yet.")


def refuse(live, words: str) -> None:
    """Say why not; where somebody decided something meanwhile, that is the reason."""
    if not LiveSession.objects.filter(pk=live.pk, revision=live.revision).exists():
        raise Overtaken(_who_was_first(live))
    raise MoveRefused(words)


def _who_was_first(live) -> str:
    # what the screen shows is no part of the revision: nobody came too late for it
    moves = Transition.objects.of(KIND, live.pk).filter(move__in=MOVE_NAMES)
    last = moves.select_related("actor").last()
    if last is None or last.actor is None:
        return _("Somebody changed it a moment ago. Nothing was saved: open it again and look.")
    words = {
        "who": last.actor.get_full_name() or last.actor.get_username(),
        "what": MOVE_NAMES[last.move](),
        "hour": dates.clock(last.at),
    }
    return _("%(who)s was first: %(what)s, at %(hour)s. Nothing of yours was saved.") % words


MOVE_NAMES = {
    "open_session": lambda: _("start of the session"),
    "delay_session": lambda: _("delay"),
    "set_recording_start": lambda: _("beginning of the recording"),
    "pause_session": lambda: _("break"),
    "resume_session": lambda: _("end of the break"),
    "stream_down": lambda: _("stream down"),
    "stream_up": lambda: _("stream back"),
    "end_session": lambda: _("end of the session"),
    "next_item": lambda: _("another moment of the agenda"),
}


def demand_announced(live, actor) -> None:
    demand(actor)
    if live.event.status != Event.Status.ANNOUNCED:
        words = {"state": live.event.get_status_display()}
        refuse(live, _("The event is not announced; its state is “%(state)s”.") % words)


def tell(live, kind, text, actor, at, *, item=None, everywhere=False) -> LiveSession:
    """Write it down; `everywhere`: the home page and the marks of the clock are new too."""
    log.add(live.event, kind, text, actor=actor, at=at, item=item)
    if everywhere:
        versions.content_changed(live.event.slug)
    return live
