"""Invented people who register, speak and come in, and how many followed by each channel."""

from datetime import datetime
from functools import partial

from entity.models import Consent, Municipality, PrivacyNotice, Topic
from events.models import AudienceCount, Event
from events.people import workflow

SPEAKER_FACTS = ("theme", "medium", "in_own_name", "text", "material_url")
OUTCOMES = {"heard": workflow.mark_heard, "absent": workflow.mark_absent}


def plan(event: Event, data: dict, dates, timeline, actor) -> None:
    """`data` has the rows of an event's file: its attendees, its speakers and its audience."""
    for number, row in enumerate(data.get("attendees", []), 1):
        _plan_attendee(event, row, f"demo-{event.slug}-a{number}", dates, timeline, actor)
    for number, row in enumerate(data.get("speakers", []), 1):
        _plan_speaker(event, row, f"demo-{event.slug}-s{number}", dates, timeline, actor)
    for row in data.get("audience", []):
        timeline.put(dates.moment(row, "counted"), partial(_count, event, row, actor))


def _plan_attendee(event, row: dict, token: str, dates, timeline, actor) -> None:
    came = dates.moment(row, "came")
    if row.get("walk_in"):
        timeline.put(came, partial(_walk_in, event, row, token, actor))
        return
    track = timeline.track()
    track.put(dates.moment(row, "registered"), partial(_attend, event, row, token, actor))
    if came:
        track.put(came, partial(_come_in, event, token, actor))
    if cancelled := dates.moment(row, "cancelled"):
        track.put(cancelled, partial(_cancel, event, token))


def _plan_speaker(event, row: dict, token: str, dates, timeline, actor) -> None:
    track = timeline.track()
    track.put(dates.moment(row, "registered"), partial(_speak, event, row, token, actor))
    if "outcome" in row:
        track.put(dates.moment(row, "spoke"), partial(_outcome, event, row, token, actor))


def _person(row: dict, token: str, **more) -> workflow.Person:
    return workflow.Person(
        token=token,
        name=row["name"],
        email=row.get("email", ""),
        organisation=row.get("organisation", ""),
        municipality=Municipality.objects.filter(code=row.get("municipality", "")).first(),
        means=Consent.Means.SPOKEN,
        more=more,
    )


def _agreed(person: workflow.Person, at: datetime) -> workflow.Person:
    """With the notice that was in force."""
    values = vars(person) | {"notice": PrivacyNotice.objects.in_force(at)}
    return workflow.Person(**values)


def _found(rows, token: str):
    return rows.get(code_digest=workflow.Person(token=token, name="").columns["code_digest"])


def _attend(event: Event, row: dict, token: str, actor, at: datetime) -> None:
    person = _person(row, token, needs=row.get("needs", ""), registered_at=at)
    workflow.register_attendee(event, _agreed(person, at), actor=actor, at=at)


def _walk_in(event: Event, row: dict, token: str, actor, at: datetime) -> None:
    workflow.walk_in(event, _person(row, token, registered_at=at), actor=actor, at=at)


def _come_in(event: Event, token: str, actor, at: datetime) -> None:
    workflow.check_in(_found(event.attendees, token), actor=actor, at=at)


def _cancel(event: Event, token: str, at: datetime) -> None:
    workflow.cancel_attendance(_found(event.attendees, token), at=at)


def _speak(event: Event, row: dict, token: str, actor, at: datetime) -> None:
    facts = {name: row[name] for name in SPEAKER_FACTS if name in row}
    topic = Topic.objects.filter(slug=row.get("topic", "")).first()
    person = _person(row, token, topic=topic, registered_at=at, **facts)
    workflow.register_speaker(event, _agreed(person, at), actor=actor, at=at)


def _outcome(event: Event, row: dict, token: str, actor, at: datetime) -> None:
    OUTCOMES[row["outcome"]](_found(event.speakers, token), actor=actor, at=at)


def _count(event: Event, row: dict, actor, at: datetime) -> None:
    AudienceCount.objects.create(
        event=event, channel=row["channel"], people=row["people"], counted_at=at, recorded_by=actor
    )
