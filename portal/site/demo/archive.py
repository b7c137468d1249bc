"""What stays of the demonstration's events: records, minutes, and commitments with their proofs."""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from accountability import workflow
from accountability.live import draft_commitment
from accountability.minutes import workflow as editions
from accountability.models import (
    Attendance,
    CommitmentUpdate,
    Evidence,
    Minutes,
    MinutesSection,
    SessionRecord,
    Signatory,
)
from entity.models import Municipality, Office
from entity.registry import registry
from events.models import AgendaItem
from portal.base.templatetags.portal import megabytes
from portal.site.demo import follow_up, minutes_editions, minutes_remarks, record_files
from portal.site.demo.contributions import Story
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, at_time, read
from questions.models import Question

WRITTEN_AFTER = timedelta(minutes=30)
UPLOADED_BEFORE = timedelta(minutes=20)
# What the console does not ask of a commitment.
LATER = ("promised", "promised_by", "paragraph", "target", "unit")


def plan(
    directory: Path, timeline: Timeline, cast: Cast, acts: dict[str, Act], told: dict[str, Story]
) -> None:
    """Plan the records, minutes and commitments of the events that were held."""
    for act in acts.values():
        if "record" in act.data:
            _plan_record(act, cast, directory)
            _plan_minutes(act, cast, directory)
    offices = {office.code: office for office in Office.objects.all()}
    for row in read(directory / "commitments.toml")["commitment"]:
        promise = Promise(row, timeline, cast, acts[row["event"]], told)
        promise.office = offices[row["office"]]
        promise.plan()


def _plan_record(act: Act, cast: Cast, directory: Path) -> None:
    row = act.data["record"]
    record = SessionRecord.objects.create(
        event=act.event,
        recording_url=row["recording_url"],
        recording_label=row["recording_label"],
        duration_seconds=row["duration_seconds"],
        has_captions=row["captions"],
        summary=row["summary"].strip(),
        transcript=row["transcript"].strip(),
    )
    Attendance.objects.bulk_create(
        Attendance(record=record, channel=seen["channel"], count=seen["count"], note=seen["note"])
        for seen in row["attendance"]
    )
    record_files.plan(act, record, directory)
    published_at = act.dates.moment(row, "published")
    act.track.put(
        published_at - UPLOADED_BEFORE,
        lambda at: record_files.add_recording(
            record, row.get("own", {}), directory, actor=cast.writer, at=at
        ),
    )
    act.track.put(
        published_at,
        lambda at: workflow.publish_record(record, actor=cast.writer, at=at),
    )


def _section(minutes, order: int, part: dict, items: list[AgendaItem]) -> MinutesSection:
    """What was said under an item says of which: they are counted from one."""
    item = items[part["agenda"] - 1] if "agenda" in part else None
    kind = MinutesSection.Kind.ITEM if item else MinutesSection.Kind.OTHER
    return MinutesSection(
        minutes=minutes, order=order, kind=kind, item=item, title=part["title"],
        body=part["body"].strip(),
    )  # fmt: skip


def _plan_minutes(act: Act, cast: Cast, directory: Path) -> None:
    row = act.data["minutes"]
    minutes = Minutes.objects.create(
        event=act.event,
        number=row["number"],
        place=row["place"],
        started_at=act.dates.moment(row, "started"),
        ended_at=act.dates.moment(row, "ended"),
        president=row["president"],
        secretary=row["secretary"],
    )
    items = list(AgendaItem.objects.filter(event=act.event, parent=None))
    MinutesSection.objects.bulk_create(
        _section(minutes, order, part, items) for order, part in enumerate(row["sections"], 1)
    )
    Signatory.objects.bulk_create(
        Signatory(
            minutes=minutes,
            order=order,
            role=who["role"],
            position=who["position"],
            signed_on=act.dates.date(who, "signed"),
        )
        for order, who in enumerate(row["signatories"], 1)
    )
    minutes_remarks.plan(act, minutes, cast)
    approver = cast.approver(0)
    act.track.put(
        act.dates.moment(row, "approved"),
        lambda at: editions.approve_minutes(minutes, actor=approver, at=at),
    )
    act.track.put(
        act.dates.moment(row, "published"),
        lambda at: editions.publish_minutes(minutes, actor=cast.writer, at=at),
    )
    minutes_editions.plan(act, minutes, cast, directory)


class Promise:
    """A commitment of the data: written after the event, public with its minutes, then followed."""

    office: Office

    def __init__(self, row, timeline: Timeline, cast: Cast, act: Act, told: dict[str, Story]):
        self.row = row
        self.timeline = timeline
        self.cast = cast
        self.act = act
        self.told = told
        self.approver = cast.approver(row["code"])

    # When -------------------------------------------------------------------------------------

    def plan(self) -> None:
        track = self.timeline.track()
        self._plan_first(track)
        if self.row["final"] == "draft":
            return
        track.put(self.act.dates.moment(self.act.data["minutes"], "published"), self.publish)
        news = [(self._day(row, ""), self.inform, row) for row in self.row.get("updates", [])]
        news += [
            (self._day(row, "on_"), self.put_off, row) for row in self.row.get("date_changes", [])
        ]
        for day, step, row in sorted(news, key=lambda item: item[0]):
            track.put(at_time(day), lambda at, step=step, row=row: step(row, at))
        if "final_on" in self.row:
            end = getattr(self, self.row["final"])
            track.put(at_time(date.fromisoformat(self.row["final_on"]), "11:00"), end)
        self._plan_follow_up()

    def _plan_follow_up(self) -> None:
        """Notes come on their own days, whatever the office does; the check is set today."""
        for row in self.row.get("notes", []):
            self.timeline.put(at_time(self._day(row, ""), "15:20"), partial(self.hear, row))
        if "check_in_days" in self.row:
            self.timeline.put(self.timeline.now, self.set_check)

    def hear(self, row: dict, at: datetime) -> None:
        follow_up.take_note(self.commitment, row, self.cast, at)

    def set_check(self, at: datetime) -> None:
        self.commitment.refresh_from_db()
        follow_up.plan_check(self.commitment, self.row["check_in_days"], self.cast, at)

    def _plan_first(self, track) -> None:
        """It is written down while it is said, or after the event."""
        if "said" in self.row:
            track.put(at_time(self.act.dates.day, self.row["said"]), self.say)
        else:
            track.put(self.act.event.ends_at + WRITTEN_AFTER, self.add)

    def _day(self, row: dict, prefix: str) -> date:
        """`on`, or so many days before the day of loading."""
        if "on" in row:
            return date.fromisoformat(row["on"])
        return self.timeline.day(-row[f"{prefix}days_ago"])

    def _date(self, row: dict, fixed: str, relative: str) -> date:
        if fixed in row:
            return date.fromisoformat(row[fixed])
        return self.timeline.day(row[relative])

    # What -------------------------------------------------------------------------------------

    def add(self, at: datetime) -> None:
        self.commitment = workflow.add_commitment(
            actor=self.cast.writer,
            municipalities=self._places,
            event=self.act.event,
            title=self.row["title"],
            question=self._origin,
            office=self.office,
            original_due_on=self._date(self.row, "due", "due_in_days"),
            **{name: self.row[name] for name in LATER},
            at=at,
        )

    def say(self, at: datetime) -> None:
        """From the console, in one line; what it leaves open is written into the draft."""
        self.commitment = draft_commitment(
            self.act.event,
            actor=self.cast.writer,
            title=self.row["title"],
            office=self.office,
            due_on=self._date(self.row, "due", "due_in_days"),
            question=self._origin,
            at=at,
        )
        for name in LATER:
            setattr(self.commitment, name, self.row[name])
        self.commitment.save(update_fields=LATER)
        self.commitment.municipalities.set(self._places)

    @property
    def _origin(self) -> Question | None:
        return self.told[self.row["origin"]].question if "origin" in self.row else None

    @property
    def _places(self) -> list[Municipality]:
        places = registry().municipality_by_code
        return [places[code] for code in self.row["places"] if code in places]

    def publish(self, at: datetime) -> None:
        workflow.publish_commitment(self.commitment, actor=self.approver, at=at)

    def inform(self, row: dict, at: datetime) -> None:
        """An update with its proofs, written by one person and published by another."""
        update = CommitmentUpdate.objects.create(
            commitment=self.commitment,
            happened_on=self._day(row, ""),
            title=row["title"],
            body=self._body(row),
            done=row["done"],
            drafted_by=self.cast.writer,
        )
        Evidence.objects.bulk_create(
            Evidence(update=update, title=proof["title"], url=proof["url"], note=_note(proof))
            for proof in row["evidence"]
        )
        workflow.request_update_approval(update, actor=self.cast.writer, at=at)
        workflow.publish_update(update, actor=self.approver, at=at)

    def _body(self, row: dict) -> str:
        """What is done in full but late says why in its last update: closing it asks no reason."""
        body = row["body"].strip()
        is_last = row is self.row["updates"][-1]
        if is_last and self.row["final"] == "fulfilled" and "reason" in self.row:
            return f"{self.row['reason']}\n\n{body}"
        return body

    def put_off(self, row: dict, at: datetime) -> None:
        workflow.change_date(
            self.commitment,
            actor=self.approver,
            to_date=self._date(row, "to", "to_in_days"),
            reason=row["reason"],
            approved_by_post=row["approved_by"],
            at=at,
        )

    def fulfilled(self, at: datetime) -> None:
        workflow.fulfil_commitment(self.commitment, actor=self.approver, at=at)

    def partly_fulfilled(self, at: datetime) -> None:
        workflow.close_partly(
            self.commitment, actor=self.approver, reason=self.row["reason"], at=at
        )

    def withdrawn(self, at: datetime) -> None:
        workflow.withdraw_commitment(
            self.commitment, actor=self.approver, reason=self.row["reason"], at=at
        )


def _note(proof: dict) -> str:
    """Format and size stand in the note: "PDF, 380 KB. Ficha de demostración"."""
    return f"{proof['format']}, {megabytes(proof['size_bytes'])}. {proof['note']}"
