"""The demonstration's convocations: a hearing in draft, proofs, marks, reports handed over."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from events.convocation import workflow
from events.legal_calendar import Duty
from events.models import AgendaItem, Event, ReportDelivery, StreamLink
from events.publishing import event_changed
from portal.base import clock
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, at_time, read

FILE = "convocation.toml"
STREAM = {"kind": "facebook_live", "label": "Facebook Live", "url": "https://www.facebook.com/"}
TEXTS = ("title", "subtitle", "venue", "modality", "media_note", "summary", "about")


def plan(directory: Path, timeline: Timeline, cast: Cast, acts: dict[str, Act]) -> None:
    """Make the hearing, and plan what was written down of it and of the others."""
    data = read(directory / FILE)
    events = {key: act.event for key, act in acts.items()}
    events["hearing"] = _hearing(data["hearing"], timeline)
    for row in data["proofs"]:
        _plan_proof(events[row["event"]], row, timeline, cast)
    for row in data["marks"]:
        mark = partial(_mark, events[row["event"]], row, cast)
        timeline.put(_moment(events[row["event"]], row, timeline), mark)
    for row in data["deliveries"]:
        _deliver(events[row["event"]], row, cast)


def _hearing(row: dict, timeline: Timeline) -> Event:
    day = timeline.working_day(row["days_from_today"])
    event = Event.objects.create(
        slug=f"{day}-{row['slug_suffix']}",
        kind_id=row["kind"],
        starts_at=at_time(day, row["start_time"]),
        ends_at=at_time(day, row["end_time"]),
        takes_speakers=True,
        **{name: row[name] for name in TEXTS},
    )
    StreamLink.objects.create(event=event, **STREAM)
    for order, item in enumerate(row["agenda"], 1):
        AgendaItem.objects.create(event=event, order=order, **item)
    return event


def _day(event: Event, row: dict, timeline: Timeline) -> date:
    """So many days from the event's own, or the day of loading; never later than that one."""
    days = timedelta(days=row["day"]) if "day" in row else None
    day = clock.local_day(event.starts_at) + days if days else timeline.today
    return min(day, timeline.today)


def _moment(event: Event, row: dict, timeline: Timeline):
    return min(at_time(_day(event, row, timeline)), timeline.now)


def _plan_proof(event: Event, row: dict, timeline: Timeline, cast: Cast) -> None:
    day = _day(event, row, timeline)
    timeline.put(_moment(event, row, timeline), partial(_prove, event, row, day, cast))


def _prove(event: Event, row: dict, day: date, cast: Cast, at) -> None:
    proof = workflow.add_proof(
        event, actor=cast.writer, duty=Duty(row["duty"]), done_on=day, url=row.get("url", ""),
        note=row.get("note", ""), at=at,
    )  # fmt: skip
    if "wrong" in row:
        workflow.call_wrong(proof, actor=cast.writer, reason=row["wrong"], at=at)


def _mark(event: Event, row: dict, cast: Cast, at) -> None:
    workflow.mark_task(
        event, actor=cast.writer, code=row["code"], state=row["state"],
        reason=row.get("reason", ""), at=at,
    )  # fmt: skip


def _deliver(event: Event, row: dict, cast: Cast) -> None:
    day = clock.local_day(event.starts_at) + timedelta(days=row["day"])
    ReportDelivery.objects.create(
        event=event, delivered_on=day, recorded_by=cast.writer,
        **{name: row[name] for name in ("report", "body", "reference", "url")},
    )  # fmt: skip
    event_changed(event)
