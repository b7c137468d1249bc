"""The only writer of an event's status. Each move tells the public through the content version.

A move that changes the day is told to those who follow the event. Every move raises
PermissionDenied to who may not announce events.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from entity import counting
from events import notifications, publishing
from events.models import Event
from portal.base import clock
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
    },
)


def _demand(actor, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def _move(event, name, **kwargs) -> Event:
    EVENT.move(event, name, **kwargs)
    publishing.event_changed(event)
    notifications.moved(event, name, at=kwargs.get("at"))
    return event


def _with_reason(reason: str) -> str:
    if not reason.strip():
        raise MoveRefused(_("Write the reason: it is shown to the public."))
    return reason.strip()


def announce(event, *, actor, at=None) -> Event:
    """Make a draft public. Raises MoveRefused without an agenda or a way to follow it."""
    _demand(actor, ANNOUNCE)
    missing = [
        label
        for label, there in (
            (_("the agenda"), event.agenda.exists()),
            (_("a place or a stream"), bool(event.venue) or event.streams.exists()),
            (_("what accounts are rendered about"), bool(event.about)),
        )
        if not there
    ]
    if missing:
        raise MoveRefused(_("Before it is announced, add: %s.") % ", ".join(missing))
    return _move(event, "announce", actor=actor, at=at, announced_at=clock.now(at))


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
        starts_at=starts_at, ends_at=ends_at, status_reason=reason,
    )  # fmt: skip


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
