"""The hour at which the recording begins: from it every second of the session is counted."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import AgendaItem, LiveSession, LogLine
from events.publishing import session_changed
from events.session.decision import decide
from events.session.state import RUNNING, State, second_at
from portal.base import clock
from portal.base.machine import MoveRefused

FURTHEST = timedelta(hours=6)


@transaction.atomic
def set_recording_start(live, *, actor, started_at, at=None) -> LiveSession:
    """Count the seconds of log lines and agenda items from the real beginning of the recording.

    A recorder is started before the session or forgotten for a while. Raises PermissionDenied,
    MoveRefused before the session or for an hour far from its start, Overtaken.
    """
    at = clock.now(at)
    if live.opened_at and abs(started_at - live.opened_at) > FURTHEST:
        raise MoveRefused(_("Write the hour at which this day's recording begins."))
    decide(
        live, "set_recording_start", actor=actor, at=at, allowed=(*RUNNING, State.ENDED),
        recording_from=started_at,
    )  # fmt: skip
    lines = list(LogLine.objects.filter(event=live.event))
    for line in lines:
        line.second = second_at(live, line.at)
    LogLine.objects.bulk_update(lines, ["second"])
    items = list(AgendaItem.objects.filter(event=live.event, started_at__isnull=False))
    for item in items:
        item.recording_second = second_at(live, item.started_at)
    AgendaItem.objects.bulk_update(items, ["recording_second"])
    session_changed(live.event)
    return live
