"""What the screen of the room shows.

The one part of a session that compares no revision: the last decision is the one that stands, and
it overtakes no other one, so that whoever chooses a screen never loses to who moves the agenda.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Event, LiveSession, LogLine
from events.publishing import session_changed
from events.session import log
from events.session.decision import note
from events.session.permission import demand
from events.session.state import state_of
from portal.base import clock
from portal.base.machine import MoveRefused


@transaction.atomic
def set_screen(live, *, actor, screen, at=None) -> LiveSession:
    """What the screen of the room shows. Raises PermissionDenied, MoveRefused for no such one."""
    demand(actor)
    if live.event.status == Event.Status.DRAFT:
        raise MoveRefused(_("The event is not announced yet."))
    if screen not in LiveSession.Screen.values:
        raise MoveRefused(_("Choose what the screen shows."))
    LiveSession.objects.filter(pk=live.pk).update(screen=screen)
    _note(live, "set_screen", actor, clock.now(at), detail=screen)
    session_changed(live.event)
    return live


@transaction.atomic
def hide_screen(live, *, actor, at=None) -> LiveSession:
    """Show the poster at once; hiding twice is hiding once. Raises PermissionDenied."""
    demand(actor)
    at = clock.now(at)
    shown = LiveSession.objects.filter(pk=live.pk, screen_hidden_at__isnull=True)
    if shown.update(screen_hidden_at=at):
        _note(live, "hide_screen", actor, at)
        _log(live, _("The screen of the room was hidden."), actor, at)
    return live


@transaction.atomic
def unhide_screen(live, *, actor, at=None) -> LiveSession:
    """Show again what was chosen. Raises PermissionDenied, MoveRefused when it is not hidden."""
    demand(actor)
    at = clock.now(at)
    hidden = LiveSession.objects.filter(pk=live.pk, screen_hidden_at__isnull=False)
    if not hidden.update(screen_hidden_at=None):
        raise MoveRefused(_("The screen is not hidden."))
    _note(live, "unhide_screen", actor, at)
    _log(live, _("The screen of the room is shown again."), actor, at)
    return live


def _note(live, move, actor, at, **more) -> None:
    live.refresh_from_db(fields=["screen", "screen_hidden_at"])
    now = state_of(live.event, live, at)
    note(live, move, now, now, actor=actor, at=at, **more)


def _log(live, text, actor, at) -> None:
    log.add(live.event, LogLine.Kind.NOTE, text, actor=actor, at=at, is_public=False)
