"""Posters, leaflets and the picture for social networks, drawn by the worker from an event's data.

Each is a page of its own (HTML), drawn as PDF; the picture is that PDF's page as PNG. `digest` says
of which data one is, so only what changed is drawn anew.
"""

import hashlib
import io

import pypdfium2
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from entity.registry import registry
from events import publishing, schedule
from events.models import Event, EventMedia
from portal.base import clock, pdf, qr, versions
from portal.base.uploads import CleanFile

Kind = EventMedia.Kind
SIZES = {
    Kind.CARD: "card",
    Kind.POSTER_A4: "A4",
    Kind.POSTER_LETTER: "letter",
    Kind.LEAFLET_A4: "A4",
    Kind.LEAFLET_LETTER: "letter",
}
TEMPLATES = {
    Kind.CARD: "events/sheets/card.html",
    Kind.POSTER_A4: "events/sheets/poster.html",
    Kind.POSTER_LETTER: "events/sheets/poster.html",
    Kind.LEAFLET_A4: "events/sheets/leaflet.html",
    Kind.LEAFLET_LETTER: "events/sheets/leaflet.html",
}
PICTURE_SIZE = (1200, 630)
MOST_EVENTS = 20  # older ones keep what they have
# Versions at which every sheet of an event was found to be up to date, by its key.
_whole: dict[int, tuple] = {}


def context_of(event: Event, kind: str) -> dict:
    """What a sheet shows; the same for every reader, in Spanish."""
    ask = settings.SITE_URL + reverse("ask", kwargs={"event_slug": event.slug})
    return {
        "event": event,
        "entity": registry().entity,
        "size": SIZES[kind],
        "agenda": schedule.timed_agenda(event, list(event.agenda.all())),
        "streams": list(event.streams.all()),
        "qr": qr.svg(ask, "QR"),
        "short": f"{settings.SITE_URL.split('//')[-1]}{reverse('ask_short')}",
        "page": f"{settings.SITE_URL.split('//')[-1]}{event.get_absolute_url()}",
    }


def html_of(event: Event, kind: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        context = {**context_of(event, kind), "as_pdf": True}
        return render_to_string(TEMPLATES[kind], context)


def digest_of(html: str) -> str:
    return hashlib.sha256(f"{settings.RELEASE}\n{html}".encode()).hexdigest()


def draw(html: str, kind: str) -> bytes:
    """The PDF of a sheet, or the picture of it. Raises pdf.NotAvailable."""
    drawn = pdf.drawn(html)
    return picture(drawn) if kind == Kind.CARD else drawn


def picture(document: bytes) -> bytes:
    """The first page as PNG of 1200 × 630."""
    page = pypdfium2.PdfDocument(document)[0]
    image = page.render(scale=PICTURE_SIZE[0] / page.get_width()).to_pil()
    written = io.BytesIO()
    image.convert("RGB").resize(PICTURE_SIZE).save(written, "PNG", optimize=True)
    return written.getvalue()


def draw_due(at=None) -> bool:
    """Draw the first sheet that is missing or out of date; says whether there was one.

    One at a time: each takes seconds, and the worker has letters to send.
    """
    if not pdf.is_available():
        return False
    for event in _newest():
        version = versions.read(versions.event_name(event.slug), versions.EVERYTHING)
        if _whole.get(event.pk) == version:
            continue
        if _draw_one(event, clock.now(at)):
            return True
        _whole[event.pk] = version
    return False


def _newest():
    events = Event.objects.public().select_related("kind", "municipality")
    return events.prefetch_related("agenda", "streams").order_by("-starts_at")[:MOST_EVENTS]


def _draw_one(event: Event, at) -> bool:
    known = dict(event.media.values_list("kind", "digest"))
    for kind in TEMPLATES:
        html = html_of(event, kind)
        digest = digest_of(html)
        if known.get(kind) != digest:
            _keep(event, kind, digest, draw(html, kind), at)
            return True
    return False


@transaction.atomic
def _keep(event: Event, kind: str, digest: str, data: bytes, at) -> None:
    is_picture = kind == Kind.CARD
    name = f"{event.slug}-{kind}.{'png' if is_picture else 'pdf'}"
    content_type = "image/png" if is_picture else "application/pdf"
    before = EventMedia.objects.select_related("stored").filter(event=event, kind=kind).first()
    stored = CleanFile(name, content_type, data).store()
    values = {"stored": stored, "digest": digest, "made_at": at}
    EventMedia.objects.update_or_create(event=event, kind=kind, defaults=values)
    if before:
        old = before.stored
        old.delete()
        transaction.on_commit(lambda: old.content.delete(save=False))
    publishing.sheets_changed(event)
