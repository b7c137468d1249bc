"""A new event made of an earlier one: the same act, another day."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from events.models import AgendaItem, Event
from portal.base import clock

ADD = "events.add_event"
SAME = (
    "kind_id", "subtitle", "tagline", "summary", "quotation", "norms", "about", "modality",
    "venue", "place_address", "place_url", "municipality_id", "has_interpreter", "has_captions",
    "room_access", "media_note", "rules", "speaking_minutes", "questions_per_person",
    "takes_speakers", "takes_attendees", "seats",
)  # fmt: skip
MOVED = ("questions_open_at", "questions_close_at", "speakers_close_at", "topics_close_on")


@transaction.atomic
def copy_event(
    event: Event, *, actor, title: str, slug: str, starts_at: datetime, ends_at: datetime
) -> Event:
    """Make a draft like `event` for another day. Tells nobody: a draft is not public.

    What belongs to the day itself stays behind: documents, people, results, proofs, tests of the
    links, real hours and the period accounts were rendered about. Days that count from the event
    keep their distance. The same copy twice, as a second press asks for it, is one draft. Raises
    PermissionDenied to who may not add events.
    """
    if not actor.has_perm(ADD):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=event.pk)  # the second press waits, and finds it
    same = {"title": title, "kind": event.kind_id, "starts_at": starts_at, "ends_at": ends_at}
    if made := Event.objects.filter(status=Event.Status.DRAFT, **same).first():
        return made
    copy = Event(title=title, slug=slug, starts_at=starts_at, ends_at=ends_at)
    for name in SAME:
        setattr(copy, name, getattr(event, name))
    for name in MOVED:
        setattr(copy, name, _moved(getattr(event, name), event, copy))
    copy.save()
    _copy_agenda(event, copy)
    _copy_parts(event, copy)
    return copy


def _moved(moment: datetime | date | None, event: Event, copy: Event):
    """The same hour, as many days before or after the new day as it was from the old one."""
    if moment is None:
        return None
    days = clock.local_day(copy.starts_at) - clock.local_day(event.starts_at)
    return (timezone.localtime(moment) if isinstance(moment, datetime) else moment) + days


def _copy_agenda(event: Event, copy: Event) -> None:
    """Moments first, so that their parts find them."""
    new: dict[int | None, AgendaItem | None] = {None: None}
    items = event.agenda.all()
    for item in (*items.filter(parent=None), *items.exclude(parent=None)):
        new[item.pk] = AgendaItem.objects.create(
            event=copy,
            parent=new[item.parent_id],
            **{
                name: getattr(item, name)
                for name in (
                    "kind", "order", "title", "description", "minutes", "presenter", "office_id",
                )
            },
        )  # fmt: skip


def _copy_parts(event: Event, copy: Event) -> None:
    for section in event.sections.all():
        copy.sections.create(
            order=section.order, slug=section.slug, title=section.title, body=section.body
        )
    for way in event.ways.all():
        copy.ways.create(order=way.order, icon=way.icon, title=way.title, body=way.body)
    for stream in event.streams.all():
        copy.streams.create(
            order=stream.order,
            kind=stream.kind,
            label=stream.label,
            url=stream.url,
            meeting_id=stream.meeting_id,
            passcode=stream.passcode,
            dial_in=stream.dial_in,
            megabytes_a_minute=stream.megabytes_a_minute,
            opens_at=_moved(stream.opens_at, event, copy),
        )
