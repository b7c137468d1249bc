"""A session that is live when it is loaded, to see console, page and screen at once."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from entity.registry import working_calendar
from events.models import Event
from events.session.state import RUNNING, state
from portal.base import clock
from portal.site.demo import contributions, events, surveys
from portal.site.demo.session import Play
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, read

FILE = "live.toml"
# What the event of today has as the one that lies ahead has it.
SHARED = ("norms", "sections", "ways", "agenda", "streams", "documents", "speakers")
ROUNDED = timedelta(minutes=5)


def load(at: datetime | None = None, directory: Path | None = None) -> tuple[Event, bool]:
    """The event that is live, and whether it was made now; one that goes on stays as it is."""
    directory = directory or settings.BASE_DIR / "demo"
    at = clock.now(at)
    data = read(directory / FILE)
    suffix = data["event"]["slug_suffix"]
    if event := _running(suffix, at):
        return event, False
    with transaction.atomic():
        return _make(directory, data, at), True


def _running(suffix: str, at: datetime) -> Event | None:
    events_of_it = Event.objects.filter(slug__contains=f"-{suffix}").select_related("live")
    return next((e for e in events_of_it if e.starts_at <= at and state(e, at) in RUNNING), None)


def _make(directory: Path, data: dict, at: datetime) -> Event:
    timeline, cast = Timeline(at, working_calendar()), Cast()
    act = events.plan_one(_event_data(directory, data, at), timeline, cast)
    slug = act.event.slug
    rows = [
        {**row, "event": slug, "id": f"{slug}/{row['id']}"} for row in data["contribution"]
    ]  # what is filed twice under one name is one case
    stories = contributions.plan_rows(rows, timeline, cast, {slug: act})
    told = {name.removeprefix(f"{slug}/"): story for name, story in stories.items()}

    def moment(row: dict, name: str) -> datetime:
        return at - timedelta(minutes=row["ago"])

    Play(act, cast, told).plan(data["step"], timeline.track(), moment)
    surveys.draft_poll(act.event, data["poll"], cast)
    timeline.run()
    return act.event


def _event_data(directory: Path, data: dict, at: datetime) -> dict:
    """The day and hours of now, with the rest of the event that lies ahead."""
    ahead = read(directory / events.FILES["next"])
    begins = _rounded(at - timedelta(minutes=data["began"]))
    hours = {
        "slug": _free_slug(f"{clock.local_day(begins)}-{data['event']['slug_suffix']}"),
        "starts_at": _written(begins),
        "ends_at": _written(begins + timedelta(minutes=data["lasts"])),
    }
    return {
        "event": {**ahead["event"], **data["event"], **hours},
        **{name: ahead[name] for name in SHARED},
    }


def _rounded(moment: datetime) -> datetime:
    return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % ROUNDED


def _written(moment: datetime) -> str:
    """As the data writes it: local, without a zone."""
    return timezone.localtime(moment).replace(tzinfo=None).isoformat()


def _free_slug(slug: str) -> str:
    """Who ended the session of today gets another one."""
    taken = set(Event.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    others = (f"{slug}-{number}" for number in range(2, len(taken) + 2))
    return next(name for name in (slug, *others) if name not in taken)
