"""The demonstration's events: the real one of 2020, one held of late, and one that lies ahead."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from entity.models import Office
from events import stream_tests, workflow
from events.models import (
    AgendaItem,
    Document,
    Event,
    EventSection,
    ParticipationWay,
    StreamLink,
)
from portal.base import clock, uploads
from portal.base.models import StoredFile
from portal.site.demo import invitations, people, results, topics
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, Track, at_time, instant, read

FILES = {"2020": "event_2020.toml", "recent": "event_recent.toml", "next": "event_next.toml"}
TEXTS = (
    "title",
    "subtitle",
    "tagline",
    "quotation",
    "summary",
    "about",
    "venue",
    "modality",
    "media_note",
    "place_address",
    "place_url",
    "room_access",
    "rules",
)
FACTS = (
    "has_interpreter",
    "has_captions",
    "speaking_minutes",
    "questions_per_person",
    "takes_speakers",
    "takes_attendees",
    "seats",
)
STREAM_TEXTS = ("meeting_id", "passcode", "dial_in", "recording_url")


@dataclass
class Dates:
    """Reads the dates of an event's data, fixed ones and those that count from its day."""

    timeline: Timeline
    day: date

    def moment(self, row: dict, name: str) -> datetime | None:
        """`<name>_at`, or `<name>_time` some days before or some working days after the day."""
        if f"{name}_at" in row:
            return instant(row[f"{name}_at"])
        if f"{name}_time" not in row:
            return None
        return at_time(self._day(row, name), row[f"{name}_time"])

    def date(self, row: dict, name: str) -> date:
        return (
            date.fromisoformat(row[f"{name}_on"]) if f"{name}_on" in row else self._day(row, name)
        )

    def _day(self, row: dict, name: str) -> date:
        day = self.day - timedelta(days=row.get(f"{name}_days_before", 0))
        return self.timeline.calendar.add(day, row.get(f"{name}_after_days", 0))


@dataclass
class Act:
    """One loaded event with its data, its dates and the track of its steps."""

    event: Event
    data: dict
    dates: Dates
    track: Track = field(repr=False)


def is_loaded(directory: Path) -> bool:
    return Event.objects.filter(slug=_first_slug(directory)).exists()


def _first_slug(directory: Path) -> str:
    return read(directory / FILES["2020"])["event"]["slug"]


def plan(directory: Path, timeline: Timeline, cast: Cast) -> dict[str, Act]:
    """Make the three events as drafts and plan how each is announced and held."""
    return {key: plan_one(read(directory / name), timeline, cast) for key, name in FILES.items()}


def plan_next(directory: Path, timeline: Timeline, cast: Cast) -> None:
    """Make another event that lies ahead when the last one is past; found by its address alone."""
    data = read(directory / FILES["next"])
    suffix = data["event"]["slug_suffix"]
    others = Event.objects.exclude(slug=_first_slug(directory))
    last = others.filter(slug__endswith=f"-{suffix}").order_by("starts_at").last()
    if last is None or last.ends_at <= timeline.now:
        plan_one(data, timeline, cast)


def plan_one(data: dict, timeline: Timeline, cast: Cast) -> Act:
    """Make one event as a draft and plan how it is announced and, where it took place, held."""
    act = _draft(data, timeline)
    actor = cast.writer
    announced = act.dates.moment(data["event"], "announced")
    act.track.put(announced, lambda at: workflow.announce(act.event, actor=actor, at=at))
    told = data.get("results", [])
    act.track.put(announced, lambda at: results.load(act.event, told, actor, at))
    topics.plan(act.event, data.get("topics", []), act.dates, act.track, actor)
    people.plan(act.event, data, act.dates, timeline, actor)
    invitations.plan(act.event, data, act.dates, timeline, actor)
    for row, stream in zip(data.get("streams", []), act.event.streams.all(), strict=True):
        if "test" in row:
            tested = act.dates.moment(row, "tested")
            act.track.put(tested, partial(_try_stream, stream, actor, row))
    if "record" in data and not data["event"].get("session"):  # its end holds the event
        act.track.put(act.event.ends_at, partial(_hold, act.event, actor))
    return act


def _hold(event: Event, actor, at: datetime) -> None:
    workflow.hold(event, actor=actor, at=at)


def _try_stream(stream, actor, row: dict, at: datetime) -> None:
    stream_tests.record_test(
        stream, actor=actor, result=row["test"], note=row["test_note"], url=stream.url, at=at
    )


def _draft(data: dict, timeline: Timeline) -> Act:
    row = data["event"]
    starts_at, ends_at = _hours(row, timeline)
    dates = Dates(timeline, clock.local_day(starts_at))
    event = Event.objects.create(
        slug=row.get("slug") or f"{dates.day}-{row['slug_suffix']}",
        kind_id=row["kind"],
        starts_at=starts_at,
        ends_at=ends_at,
        norms="\n".join(norm["text"] for norm in data.get("norms", [])),
        period_from=row.get("period_from"),
        cutoff_on=dates.date(row, "cutoff"),
        questions_open_at=dates.moment(row, "questions_open"),
        questions_close_at=dates.moment(row, "questions_close"),
        topics_close_on=dates.date(row, "topics_close") if "topics" in data else None,
        municipality_id=row.get("municipality"),
        **{name: row.get(name, "").strip() for name in TEXTS},
        **{name: row[name] for name in FACTS if name in row},
    )
    act = Act(event, data, dates, timeline.track())
    _add_content(act)
    return act


def _hours(row: dict, timeline: Timeline) -> tuple[datetime, datetime]:
    if "starts_at" in row:
        return instant(row["starts_at"]), instant(row["ends_at"])
    day = timeline.working_day(row["days_from_today"])
    return at_time(day, row["start_time"]), at_time(day, row["end_time"])


def _add_content(act: Act) -> None:
    event, data, dates = act.event, act.data, act.dates
    EventSection.objects.bulk_create(
        EventSection(
            event=event, order=order, slug=row["slug"], title=row["title"], body=row["body"].strip()
        )
        for order, row in enumerate(data.get("sections", []), 1)
    )
    ParticipationWay.objects.bulk_create(
        ParticipationWay(
            event=event, order=order, icon=row["icon"], title=row["title"], body=row["body"].strip()
        )
        for order, row in enumerate(data.get("ways", []), 1)
    )
    StreamLink.objects.bulk_create(
        StreamLink(
            event=event,
            order=order,
            kind=row["kind"],
            label=row["label"],
            url=row["url"],
            opens_at=dates.moment(row, "opens"),
            megabytes_a_minute=row.get("megabytes_a_minute"),
            **{name: row.get(name, "") for name in STREAM_TEXTS},
        )
        for order, row in enumerate(data.get("streams", []), 1)
    )
    points = _add_agenda(act)
    Document.objects.bulk_create(
        Document(
            event=event,
            order=order,
            kind=row["kind"],
            title=row["title"],
            note=row.get("note", ""),
            url=row.get("url", ""),
            stored=_stored(row),
            format=row.get("format", ""),
            size_bytes=row.get("size_bytes"),
            published_on=dates.date(row, "published"),
            is_accessible=row.get("accessible", False),
            language=row.get("language", "es"),
            agenda_item=points.get(row.get("agenda")),
        )
        for order, row in enumerate(data.get("documents", []), 1)
    )


def _stored(row: dict) -> StoredFile | None:
    """A document of the portal's own, as the upload gate leaves it."""
    if "file" not in row:
        return None
    data = (settings.BASE_DIR / "demo" / "documents" / row["file"]).read_bytes()
    return uploads.accept(SimpleUploadedFile(row["file"], data)).store()


def _add_agenda(act: Act) -> dict[int, AgendaItem]:
    """The moments and their parts; gives the moments by their place, counted from one."""
    offices = {office.code: office for office in Office.objects.all()}
    points = {}
    for order, row in enumerate(act.data["agenda"], 1):
        points[order] = AgendaItem.objects.create(**_point(act, offices, order, row))
        for place, part in enumerate(row.get("parts", []), 1):
            AgendaItem.objects.create(parent=points[order], **_point(act, offices, place, part))
    return points


def _point(act: Act, offices: dict, order: int, row: dict) -> dict:
    return {
        "event": act.event,
        "order": order,
        "kind": row.get("kind", AgendaItem.Kind.TALK),
        "title": row["title"],
        "description": row.get("description", ""),
        "minutes": row["minutes"],
        "presenter": row.get("presenter", ""),
        "office": offices.get(row.get("office")),
        "started_at": _started(row, act.dates.day),
        "recording_second": row.get("recording_second"),
        "outcome": row.get("outcome", ""),
    }


def _started(row: dict, day: date) -> datetime | None:
    text = row.get("actual_started_at")
    return clock.at_hour(day, time.fromisoformat(text)) if text else None
