"""Parts of an event's page that people take with them."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event, EventMedia
from events.takeaway import structured
from portal.base import dates, safe_html

register = template.Library()
SHEETS = ("afiche-a4.pdf", "afiche-carta.pdf", "volante-a4.pdf", "volante-carta.pdf")


@register.simple_tag
def event_json_ld(event):
    """The event for search engines."""
    return safe_html.json_ld(structured.json_ld(event, picture=_picture(event)))


@register.simple_tag
def event_picture(event) -> str:
    """The absolute address of the event's own picture; empty until the worker drew it."""
    return _picture(event)


def _picture(event) -> str:
    """Pages of one event read whether it has one with the event itself."""
    has_card = getattr(event, "has_card", None)
    if has_card is None:
        has_card = event.media.filter(kind=EventMedia.Kind.CARD).exists()
    return settings.SITE_URL + _drawn(event, "tarjeta.png") if has_card else ""


def _drawn(event, name) -> str:
    return reverse("event_drawn", kwargs={"event_slug": event.slug, "name": name})


@register.inclusion_tag("events/share.html")
def share_event(event):
    """Calendar, WhatsApp, and the sheets that were drawn."""
    address = settings.SITE_URL + event.get_absolute_url()
    told = {
        "title": event.title,
        "day": dates.weekday_day(event.starts_at),
        "time": dates.clock(event.starts_at),
    }
    words = _("%(title)s: %(day)s, %(time)s. Ask and follow it here:") % told
    has_sheets = getattr(event, "has_sheets", False)
    return {
        "event": event,
        "whatsapp": f"https://wa.me/?text={quote(f'{words} {address}')}",
        "posters": [_drawn(event, name) for name in SHEETS] if has_sheets else [],
        "is_coming": event.status == Event.Status.ANNOUNCED,
    }
