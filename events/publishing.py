"""What follows when something public of an event changes: versions, search rows, its calendar."""

import hashlib

from django.db.models import F

from events import ledger
from events.models import Event
from portal.base import clock, document_texts, search, search_rebuild, versions
from portal.base.language import default_path


def event_changed(event: Event, *, at=None) -> None:
    """Move the event's version, its calendar entry, and write (or take away) its search row."""
    versions.everything_changed()  # other events' pages list this one
    versions.content_changed(event.slug)
    document_texts.keep_up(event.slug)
    if event.status != Event.Status.DRAFT:
        _calendar_changed(event, clock.now(at))
        ledger.documents_changed(event, at=at)
    _index(event)


def _index(event: Event) -> None:
    if event.status == Event.Status.DRAFT:
        return search.remove("event", event.pk)
    sections = [f"{s.title}\n{s.body}" for s in event.sections.all()]
    agenda = [f"{i.title}\n{i.description}" for i in event.agenda.all()]
    documents = [d.title for d in event.documents.all()]
    results = [f"{r.programme}\n{r.goal}" for r in event.results.all()]
    return search.index(
        "event",
        event.pk,
        path=default_path(event),
        title=event.full_name,
        body="\n".join([event.summary, event.about, *agenda, *sections, *documents, *results]),
        label=event.kind.name,
        event_slug=event.slug,
        dated_on=clock.local_day(event.starts_at),
    )


def sheets_changed(event: Event) -> None:
    """A poster or picture was drawn anew: the event's page offers it."""
    versions.content_changed(event.slug)


def _calendar_changed(event: Event, at) -> None:
    """Count one more edition of the calendar entry, when what it shows differs from the last one.

    Read from the database, since the caller's event may be older than its row; one UPDATE counts,
    so two writers at once never count the same change twice.
    """
    rows = Event.objects.filter(pk=event.pk)
    shown = rows.values_list(
        "title", "subtitle", "summary", "starts_at", "ends_at", "status", "status_reason",
        "modality", "venue", "place_address", "slug",
    ).first()  # fmt: skip
    address = event.streams.order_by("order", "pk").values_list("url", flat=True).first()
    mark = hashlib.sha256(repr((shown, address)).encode()).hexdigest()
    rows.exclude(calendar_mark=mark).update(
        calendar_mark=mark, calendar_sequence=F("calendar_sequence") + 1, calendar_changed_at=at
    )


def session_changed(event: Event) -> None:
    """Something of the live session changed: the pages of this event alone are new."""
    versions.move(versions.event_name(event.slug))


def _put(key: int) -> None:
    _index(Event.objects.select_for_update(of=["self"]).select_related("kind").get(pk=key))


def _keys():
    return Event.objects.values_list("pk", flat=True)


search_rebuild.register("event", search_rebuild.Kind(_keys, _put))
