"""What posters, leaflets and the picture for social networks show, and how each is drawn.

Each is a page of its own (HTML), drawn as PDF; the picture is that PDF's page as PNG. All are in
Spanish, for every reader the same, and made of the event's data alone.
"""

import hashlib
import io
from urllib.parse import quote

import pypdfium2
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from entity.registry import registry
from events import schedule
from events.models import Event, EventMedia
from portal.base import pdf, qr

Kind = EventMedia.Kind
CARD, POSTER, LEAFLET = (f"events/sheets/{name}.html" for name in ("card", "poster", "leaflet"))
TEMPLATES = {
    Kind.CARD: (CARD, "card"),
    Kind.POSTER_A4: (POSTER, "A4"),
    Kind.POSTER_LETTER: (POSTER, "letter"),
    Kind.LEAFLET_A4: (LEAFLET, "A4"),
    Kind.LEAFLET_LETTER: (LEAFLET, "letter"),
}
PICTURE_SIZE, COLOURS = (1200, 630), 256
DAYLESS = (Event.Status.POSTPONED, Event.Status.CANCELLED)
# Letters up to which a title is written large, or middling.
LARGE, MIDDLING = 28, 60
# Letters of place and media from which the day leaves them room.
FULL = 105
MOST_MOMENTS = 12


def kinds_of(event: Event) -> list[str]:
    """The sheets that an event has: nobody is called any more to one that was held."""
    return [Kind.CARD] if event.status == Event.Status.HELD else list(TEMPLATES)


def html_of(event: Event, kind: str) -> str:
    template, size = TEMPLATES[kind]
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(template, {**_context(event), "size": size, "as_pdf": True})


def _context(event: Event) -> dict:
    ask = settings.SITE_URL + reverse("ask", kwargs={"event_slug": event.slug})
    agenda = schedule.timed_agenda(event, list(event.agenda.all()))
    return {
        "event": event,
        "entity": registry().entity,
        "theme": _theme(),
        "has_day": event.status not in DAYLESS,
        "takes_questions": event.status != Event.Status.CANCELLED,
        "title_size": _title_size(event.title),
        "is_full": len(event.venue + event.place_address + event.media_note) > FULL,
        "agenda": agenda[:MOST_MOMENTS],
        "has_more": len(agenda) > MOST_MOMENTS,
        "streams": list(event.streams.all())[:4],
        "qr": qr.svg(ask, _("Address of the form")),
        "short": _host() + reverse("ask_short"),
        "page": _host() + event.get_absolute_url(),
    }


def _theme() -> str:
    """The entity's own colours as an address that stands in the page."""
    return f"data:text/css,{quote(registry().theme_css)}" if registry().theme_css else ""


def _title_size(title: str) -> str:
    if len(title) > MIDDLING:
        return "largo"
    return "medio" if len(title) > LARGE else "corto"


def _host() -> str:
    return settings.SITE_URL.split("//")[-1]


def digest_of(html: str) -> str:
    """Says of which data and which release a sheet is."""
    return hashlib.sha256(f"{settings.RELEASE}\n{html}".encode()).hexdigest()


def draw(html: str, kind: str) -> bytes:
    """The PDF of a sheet, or the picture of it. Raises pdf.NotAvailable."""
    drawn = pdf.drawn(html)
    return picture(drawn) if kind == Kind.CARD else drawn


def picture(document: bytes) -> bytes:
    """The first page as PNG of 1200 × 630."""
    with pypdfium2.PdfDocument(document) as pages:
        page = pages[0]
        image = page.render(scale=PICTURE_SIZE[0] / page.get_width()).to_pil()
    written = io.BytesIO()
    few = image.convert("RGB").resize(PICTURE_SIZE).quantize(COLOURS, kmeans=2)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()
