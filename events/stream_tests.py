"""Trying the links of an event before its day: who tried which one, when, and what was seen."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from events.models import Event, StreamLink
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.texts import clean_line

TRY = "events.change_streamlink"
WARNED_BEFORE = timedelta(days=1)


def record_test(stream: StreamLink, *, actor, result: str, note="", url: str, at=None):
    """Write the result of a test; the newest one stands. Tells nobody.

    Raises PermissionDenied to who may not edit streams, and MoveRefused where the result is none
    or the link is not the one (`url`) that was tried.
    """
    if not actor.has_perm(TRY):
        raise PermissionDenied
    if result not in StreamLink.Test.values:
        raise MoveRefused(_("Say whether the link works or fails."))
    told = {
        "test_result": result,
        "test_note": clean_line(note)[:200],
        "tested_by": actor,
        "tested_at": clock.now(at),
    }
    if not StreamLink.objects.filter(pk=stream.pk, url=url).update(**told):
        raise MoveRefused(_("Somebody changed this link meanwhile. Try the one that is here now."))
    for field, value in told.items():
        setattr(stream, field, value)
    return stream


def forget_test(stream: StreamLink) -> None:
    """What was tried was another address: an edited link is a link that nobody tried. Unsaved."""
    stream.tested_at = stream.tested_by = None
    stream.test_result = stream.test_note = ""


def warnings(event: Event, at: datetime | None = None) -> list[str]:
    """From a day before an event that will be: which links fail or were never tried."""
    at = clock.now(at)
    is_near = event.starts_at - WARNED_BEFORE <= at < event.ends_at
    if not is_near or event.status not in Event.Status.COMING:
        return []
    said = {"": _("Nobody tried the link “%s”."), StreamLink.Test.FAILS: _("The link “%s” fails.")}
    return [
        said[stream.test_result] % stream.label
        for stream in event.streams.all()
        if stream.test_result in said
    ]
