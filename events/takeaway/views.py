"""Files and cards that people take with them. Each is the same for everybody."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import schedule
from events.models import Event, EventMedia
from events.takeaway import calendars, selectors, sheets
from portal.base import qr
from portal.base.downloads import download
from portal.base.public_pages import public_page

CALENDAR = "text/calendar; charset=utf-8"
KINDS = {name: kind for kind, name in selectors.FILES.items()}


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
    """A small card that other sites may show in a frame, the entity's own first of all.

    No other page may be framed. It holds one link and changes nothing, so nobody is tricked by it.
    """
    event = get_object_or_404(Event.objects.public().select_related("live"), slug=event_slug)
    context = {
        "event": event,
        "phase": schedule.phase(event),
        "has_day": event.status not in sheets.DAYLESS,
    }
    response = render(request, "events/card.html", context)
    response._csp_replace = {"frame-ancestors": ["*"]}
    return response


@require_safe
def drawn(request, event_slug, name):
    """A poster, leaflet or picture that the worker drew."""
    media = get_object_or_404(
        EventMedia.objects.select_related("stored").filter(event__in=Event.objects.public()),
        event__slug=event_slug,
        kind=KINDS[name],
    )
    etag = f'"{media.stored.sha256[:32]}"'
    known = get_conditional_response(request, etag=etag)
    response = known or download(media.stored, inline=True)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=600"
    if media.kind == EventMedia.Kind.CARD:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # pictures are shared
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
