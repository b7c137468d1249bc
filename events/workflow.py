"""The only writer of an event's status. Each move tells the public through the content version.

A move that changes the day is told to those who follow the event. Every move raises
PermissionDenied to who may not announce events. A move of the hours keeps the old ones as its
detail, an ISO 8601 interval: `events.changes` reads them.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from entity import counting
from events import notifications, publishing
from events.convocation import minimum
from events.invitations import workflow as invitations
from events.models import Event
from portal.base import clock
from portal.base.dates import long_day
from portal.base.machine import Machine, MoveRefused

ANNOUNCE = "events.announce_event"
S = Event.Status

EVENT = Machine(
    kind="event",
    column="status",
    moves={
        "announce": ((S.DRAFT,), S.ANNOUNCED),
        "postpone": ((S.ANNOUNCED, S.SUSPENDED), S.POSTPONED),
        "set_new_date": ((S.POSTPONED, S.SUSPENDED), S.ANNOUNCED),
        "suspend": ((S.ANNOUNCED,), S.SUSPENDED),
        "cancel": ((S.ANNOUNCED, S.POSTPONED, S.SUSPENDED), S.CANCELLED),
        "hold": ((S.ANNOUNCED, S.SUSPENDED), S.HELD),
        "change_hours": ((S.ANNOUNCED,), None),
    },
)


def _demand(actor, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def _move(event, name, **kwargs) -> Event:
    EVENT.move(event, name, **kwargs)
    publishing.event_changed(event, at=kwargs.get("at"))
    notifications.moved(event, name, at=kwargs.get("at"))
    invitations.tell_invited(event, name, actor=kwargs["actor"], at=kwargs.get("at"))
    return event


def _with_reason(reason: str) -> str:
    if not reason.strip():
        raise MoveRefused(_("Write the reason: it is shown to the public."))
    return reason.strip()


def announce(event, *, actor, reason="", at=None) -> Event:
    """Make a draft public.

    Raises MoveRefused without the legal minimum (`convocation.minimum`), and for a hearing that is
    called too late without a `reason`, which the public reads.
    """
    _demand(actor, ANNOUNCE)
    if EVENT.allows(event, "announce"):
        _check_minimum(event, reason, at)
    return _move(
        event, "announce", actor=actor, at=at, reason=reason.strip(),
        announced_at=clock.now(at), status_reason=reason.strip(),
    )  # fmt: skip


def _check_minimum(event, reason: str, at) -> None:
    if missing := minimum.missing(event):
        raise MoveRefused(_("Before it is announced, add: %s.") % ", ".join(missing))
    if (last_day := minimum.late_notice(event, at)) and not reason.strip():
        words = _("The law asks for the notice by %(day)s. Write why it comes later.")
        raise MoveRefused(words % {"day": long_day(last_day)})


def postpone(event, *, actor, reason, at=None) -> Event:
    """Take the date off, with a public reason; contributions go on being answered."""
    _demand(actor, ANNOUNCE)
    reason = _with_reason(reason)
    return _move(event, "postpone", actor=actor, at=at, reason=reason, status_reason=reason)


@transaction.atomic
def set_new_date(event, *, actor, starts_at, ends_at, reason="", at=None) -> Event:
    """Announce a postponed or suspended event for another day; its address stays."""
    _demand(actor, ANNOUNCE)
    if ends_at <= starts_at or starts_at <= clock.now(at):
        raise MoveRefused(_("The new date must lie ahead, and the end after the start."))
    counting.changed()
    return _move(
        event, "set_new_date", actor=actor, at=at, reason=reason,
        detail=interval(event.starts_at, event.ends_at),
        starts_at=starts_at, ends_at=ends_at, status_reason=reason,
    )  # fmt: skip


def interval(starts_at, ends_at) -> str:
    """Planned hours as ISO 8601 writes them."""
    return f"{starts_at.isoformat()}/{ends_at.isoformat()}"


@transaction.atomic
def change_hours(event, *, actor, before, at=None) -> Event:
    """Tell the public and the followers that the hours of an announced event were edited.

    `before` is the old start and end; the new ones stand in the row already, written at the desk.
    """
    _demand(actor, "events.change_event")
    if before == (event.starts_at, event.ends_at):
        return event
    return _move(event, "change_hours", actor=actor, at=at, detail=interval(*before))


def suspend(event, *, actor, reason, at=None) -> Event:
    """Interrupt an event that began, with a public reason; it goes on later."""
    _demand(actor, ANNOUNCE)
    reason = _with_reason(reason)
    return _move(event, "suspend", actor=actor, at=at, reason=reason, status_reason=reason)


@transaction.atomic
def cancel(event, *, actor, reason, at=None) -> Event:
    """Call it off for good, with a public reason; its page and its questions stay."""
    _demand(actor, ANNOUNCE)
    reason = _with_reason(reason)
    counting.changed()
    return _move(event, "cancel", actor=actor, at=at, reason=reason, status_reason=reason)


def hold(event, *, actor, at=None) -> Event:
    """It took place. Raises MoveRefused before its planned start."""
    _demand(actor, ANNOUNCE)
    if clock.now(at) < event.starts_at:
        raise MoveRefused(_("It has not begun yet."))
    return _move(event, "hold", actor=actor, at=at, status_reason="")


def session_ended(event, *, actor, at=None) -> Event:
    """Its session is over, so it took place. Whoever may run the session decides this too.

    One that was interrupted, or called off, stays what those who announce it decided.
    """
    event.refresh_from_db(fields=["status", "revision"])
    if event.status == S.ANNOUNCED:
        _move(event, "hold", actor=actor, at=at, status_reason="")
    return event
