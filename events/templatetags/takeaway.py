"""Parts of an event's page that people take with them."""

from django import template
from django.conf import settings
from django.urls import reverse

from events.models import Event, EventMedia
from events.takeaway import selectors, sharing, structured
from portal.base import safe_html

register = template.Library()
Kind = EventMedia.Kind
SHEETS = (Kind.POSTER_A4, Kind.POSTER_LETTER, Kind.LEAFLET_A4, Kind.LEAFLET_LETTER)


@register.simple_tag(takes_context=True)
def event_json_ld(context, event):
    """The event for search engines; its page knows whether its day was another one."""
    moved = getattr(context.get("page"), "new_hours", None)
    data = structured.json_ld(event, picture=_picture(event), before=moved and moved.was)
    return safe_html.json_ld(data)


@register.simple_tag
def event_picture(event) -> str:
    """The absolute address of the event's own picture; empty until the worker drew it."""
    return _picture(event)


def _picture(event) -> str:
    """Pages of one event read whether it has one with the event itself."""
    has_card = getattr(event, "has_card", None)
    if has_card is None:
        has_card = event.media.filter(kind=Kind.CARD).exists()
    return settings.SITE_URL + selectors.address_of(event, Kind.CARD) if has_card else ""


@register.inclusion_tag("events/share.html")
def share_event(event):
    """Calendar, WhatsApp, and the sheets that were drawn."""
    is_offered = getattr(event, "has_sheets", False) and event.status in Event.Status.COMING
    return {
        "event": event,
        "whatsapp": sharing.whatsapp(event),
        "sheets": [selectors.address_of(event, kind) for kind in SHEETS] if is_offered else [],
        "is_coming": event.status == Event.Status.ANNOUNCED,
    }


@register.inclusion_tag("events/calendar_subscribe.html")
def subscribe_calendar():
    """The way to have every event in one's own calendar: telephones open `webcal:` addresses."""
    address = settings.SITE_URL + reverse("calendar_file")
    return {"address": address, "webcal": f"webcal://{address.split('//')[-1]}"}
