"""The worker's side of posters, leaflets and pictures: draw what is missing or out of date."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from events import publishing
from events.models import Event, EventMedia
from events.takeaway import sheets
from portal.base import clock, pdf, versions
from portal.base.uploads import CleanFile

logger = logging.getLogger(__name__)

MOST_EVENTS = 20  # older ones keep what they have
LOOK_AGAIN = timedelta(days=1)
TRY_AGAIN = timedelta(minutes=10)
# The versions at which there was nothing to draw of an event, or no way to, and until when.
_rests: dict[int, tuple[tuple[int, ...], datetime]] = {}


def draw_due(at=None) -> bool:
    """Draw the first sheet that is missing or out of date; says whether there was one.

    One at a time: each takes seconds, and the worker has letters to send.
    """
    if not pdf.is_available():
        return False
    now = clock.now(at)
    return any(_draw_one(event, now) for event in _newest() if not _is_at_rest(event, now))


def draw_again(event: Event) -> None:
    """Have every sheet of an event drawn anew; what is there is offered meanwhile."""
    event.media.update(digest="")
    publishing.sheets_changed(event)


def forget() -> None:
    """Look at every event again."""
    _rests.clear()


def _newest():
    events = Event.objects.public().select_related("kind", "municipality")
    return events.prefetch_related("agenda", "streams").order_by("-starts_at")[:MOST_EVENTS]


def _version(event: Event) -> tuple[int, ...]:
    return versions.read(versions.event_name(event.slug), versions.EVERYTHING)


def _is_at_rest(event: Event, now: datetime) -> bool:
    version, until = _rests.get(event.pk, ((), now))
    return version == _version(event) and now < until


def _draw_one(event: Event, now: datetime) -> bool:
    """Draw one sheet of an event; what can't be drawn must not keep the others waiting."""
    version = _version(event)
    known = dict(event.media.values_list("kind", "digest"))
    for kind in sheets.kinds_of(event):
        html = sheets.html_of(event, kind)
        digest = sheets.digest_of(html)
        if known.get(kind) == digest:
            continue
        try:
            _keep(event, kind, digest, sheets.draw(html, kind), now)
        except pdf.NotAvailable:
            logger.warning("the sheet %s of event %s could not be drawn", kind, event.pk)
            _rests[event.pk] = (version, now + TRY_AGAIN)
            return False
        return True
    _rests[event.pk] = (version, now + LOOK_AGAIN)
    return False


@transaction.atomic
def _keep(event: Event, kind: str, digest: str, data: bytes, now: datetime) -> None:
    """Put a sheet in the place of the one before; two workers at once leave no file behind."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    before = EventMedia.objects.select_related("stored").filter(event=event, kind=kind).first()
    is_picture = kind == EventMedia.Kind.CARD
    name = f"{event.slug}-{kind}.{'png' if is_picture else 'pdf'}"
    stored = CleanFile(name, "image/png" if is_picture else "application/pdf", data).store()
    values = {"stored": stored, "digest": digest, "made_at": now}
    EventMedia.objects.update_or_create(event=event, kind=kind, defaults=values)
    if before:
        old = before.stored
        old.delete()
        transaction.on_commit(lambda: old.content.delete(save=False))
    publishing.sheets_changed(event)
