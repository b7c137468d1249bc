"""Words and lines that people copy: a message for WhatsApp, a card for another site."""

from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from events.models import Event
from portal.base import dates
from portal.base.texts import clean_line


def message(event: Event) -> str:
    """What, when, how and where to ask; the bad news instead, or what remained of it."""
    told = {
        "title": clean_line(event.title),
        "day": dates.weekday_day(event.starts_at),
        "time": dates.clock(event.starts_at).rstrip("."),
        "how": _how(event),
        "state": event.get_status_display().lower(),
    }
    if event.status in Event.Status.BAD_NEWS:
        words = _("%(title)s: %(state)s. Read why, and what comes next:") % told
    elif event.status == Event.Status.HELD:
        words = _("%(title)s, %(day)s. Answers, minutes and commitments:") % told
    else:
        words = _("%(title)s: %(day)s, %(time)s. %(how)s Ask and follow it here:") % told
    return f"{words} {address(event)}"


def _how(event: Event) -> str:
    said = (clean_line(part).rstrip(". ") for part in (event.venue, event.media_note))
    return " ".join(f"{part}." for part in said if part)


def address(event: Event) -> str:
    return settings.SITE_URL + event.get_absolute_url()


def whatsapp(event: Event) -> str:
    """Opens WhatsApp with the message written; who gets it is chosen there."""
    return f"https://wa.me/?text={quote(message(event))}"


def snippet(event: Event) -> str:
    """The line that shows the card on the entity's own site."""
    card = settings.SITE_URL + reverse("event_card", kwargs={"event_slug": event.slug})
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="480" loading="lazy"></iframe>',
        card,
        clean_line(event.full_name),
    )


def short_addresses() -> list[str]:
    """Those that are read out on the radio: to the form, and to the event of the moment."""
    return [settings.SITE_URL + reverse(name) for name in ("ask_short", "now")]
