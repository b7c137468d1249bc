"""What templates say of events."""

import re
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language

from events import labels
from portal.base import safe_html

register = template.Library()
_EXTENSION = re.compile(r"[^\d\s+().-]")

FILE_KINDS = {
    "application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG", "video/mp4": "MP4",
    "video/webm": "WebM", "audio/mpeg": "MP3", "audio/mp4": "M4A", "audio/ogg": "OGG",
}  # fmt: skip


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


@register.filter
def papers_of(page, item):
    """The documents of an agenda item."""
    return page.papers.get(item.pk, ())


@register.filter
def telephone(text):
    """+57 601 234 5678, code 12 → +576012345678: what a telephone dials; the rest is read."""
    digits = re.sub(r"\D", "", _EXTENSION.split(text, maxsplit=1)[0])
    return f"+{digits}" if text.strip().startswith("+") else digits


@register.simple_tag
def language_of(document):
    """The language of what a link leads to, where it is not the page's own (WCAG 3.1.2)."""
    code = "" if document.language == "mis" else document.language
    return format_html(' hreflang="{}"', code) if code != "es" and code else ""
