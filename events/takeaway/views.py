"""Files and cards that people take with them. Each is the same for everybody."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events import schedule
from events.models import Event, EventMedia
from events.takeaway import calendars
from portal.base import qr
from portal.base.downloads import download
from portal.base.public_pages import public_page

CALENDAR = "text/calendar; charset=utf-8"
KINDS = {
    "tarjeta.png": EventMedia.Kind.CARD,
    "afiche-a4.pdf": EventMedia.Kind.POSTER_A4,
    "afiche-carta.pdf": EventMedia.Kind.POSTER_LETTER,
    "volante-a4.pdf": EventMedia.Kind.LEAFLET_A4,
    "volante-carta.pdf": EventMedia.Kind.LEAFLET_LETTER,
}


@public_page(per_event=True)
def event_calendar(request, event_slug):
    """The calendar file of one event."""
    events = Event.objects.public().prefetch_related("streams")
    event = get_object_or_404(events, slug=event_slug)
    return HttpResponse(calendars.of_event(event), content_type=CALENDAR)


@public_page()
def calendar(request):
    """The calendar of all public events."""
    events = Event.objects.public().prefetch_related("streams").order_by("starts_at", "pk")
    return HttpResponse(calendars.of_all(events), content_type=CALENDAR)


@public_page(per_event=True)
def card(request, event_slug):
    """A small card that the entity's own site may show in a frame; no other page may be framed."""
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    phase = schedule.phase(event)
    response = render(request, "events/card.html", {"event": event, "phase": phase})
    response._csp_replace = {"frame-ancestors": ["*"]}
    return response


def drawn(request, event_slug, name):
    """A poster, leaflet or picture that the worker drew."""
    media = get_object_or_404(
        EventMedia.objects.select_related("stored").filter(event__in=Event.objects.public()),
        event__slug=event_slug,
        kind=KINDS[name],
    )
    response = download(media.stored, inline=True)
    response.headers["Cache-Control"] = "public, max-age=600"
    response.headers["ETag"] = f'"{media.stored.sha256[:32]}"'
    return response


@public_page()
def ask_qr(request):
    """The QR of the short way to the form, as a drawing."""
    title = _("Address of the form")
    return HttpResponse(qr.file(_ask_address(), title), content_type="image/svg+xml")


@public_page()
def ask_qr_png(request):
    """The same as a large picture, for print."""
    return HttpResponse(qr.png(_ask_address()), content_type="image/png")


def _ask_address() -> str:
    return settings.SITE_URL + reverse("ask_short")
