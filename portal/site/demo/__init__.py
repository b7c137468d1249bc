"""The demonstration: invented people and acts, brought in through the portal's own workflows.

So every date, number, message and line of history is what a real case would have left.
"""

from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from entity.models import Entity
from entity.registry import working_calendar
from portal.base import clock
from portal.site.demo import (
    archive,
    contributions,
    convocation,
    desk,
    entity,
    events,
    session,
    staff,
    surveys,
)
from portal.site.demo.timeline import Timeline


class NotADemo(Exception):
    """The installation belongs to a real entity: nothing was written."""


def load(at: datetime | None = None, directory: Path | None = None) -> int:
    """Add what is missing of the demonstration; says how many steps of its story were written."""
    directory = directory or settings.BASE_DIR / "demo"
    stored = Entity.objects.first()
    if stored and not stored.is_demo:
        raise NotADemo
    with transaction.atomic():
        call_command("setup_roles", stdout=StringIO())
        entity.load(directory, at=at)
        desk.load(directory)
        logins = staff.load(directory)
        timeline = Timeline(clock.now(at), working_calendar())
        _plan(directory, timeline, staff.Cast())
        steps = timeline.run()
    staff.write_logins(logins)
    return steps


def _plan(directory: Path, timeline: Timeline, cast: staff.Cast) -> None:
    """The whole story the first time; later only an event that lies ahead, when there is none."""
    if events.is_loaded(directory):
        events.plan_next(directory, timeline, cast)
        return
    acts = events.plan(directory, timeline, cast)
    told = contributions.plan(directory, timeline, cast, acts)
    archive.plan(directory, timeline, cast, acts, told)
    session.plan(directory, timeline, cast, acts, told)
    convocation.plan(directory, timeline, cast, acts)
    surveys.plan(directory, timeline, cast, acts)
