"""What templates say of events."""

from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language

from events import labels
from portal.base import safe_html

register = template.Library()

FILE_KINDS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}


@register.filter
def way_text(way):
    """The text of a way to take part, with the address of the event's form in its place."""
    ask_url = reverse("ask", kwargs={"event_slug": way.event.slug})
    return safe_html.markdown(way.body.replace("{ask_url}", ask_url))


@register.simple_tag
def in_spanish():
    """Says which language the entity's own words are in, on pages of another (WCAG 3.1.2)."""
    return format_html(' lang="{}"', "es") if get_language() == "en" else ""


@register.filter
def public_status(event):
    return labels.public_status(event)


@register.filter
def file_kind(content_type):
    return FILE_KINDS.get(content_type, content_type)


@register.filter
def without_stop(text):
    """A sentence that goes on: without its last full stop."""
    return (text or "").rstrip(". ")


@register.filter
def host_of(url):
    """www.facebook.com → facebook.com: where a link opens."""
    return urlsplit(url or "").hostname.removeprefix("www.") if url else ""
