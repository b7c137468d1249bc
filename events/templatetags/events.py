"""What templates say of events."""

from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.base import safe_html
from portal.base.templatetags.portal import local_value

register = template.Library()

FILE_KINDS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}


@register.filter
def month_year(value):
    """Diciembre de 2020."""
    text = date_format(local_value(value), _("F \\d\\e Y"))
    return text[:1].upper() + text[1:]


@register.filter
def weekday_month(value):
    """lunes 21 de diciembre."""
    return date_format(local_value(value), _("l j \\d\\e F")) if value else ""


@register.filter
def way_text(way):
    """The text of a way to take part, with the address of the event's form in its place."""
    ask_url = reverse("ask", kwargs={"event_slug": way.event.slug})
    return safe_html.markdown(way.body.replace("{ask_url}", ask_url))


@register.filter
def file_kind(content_type):
    return FILE_KINDS.get(content_type, content_type)


@register.filter
def host_of(url):
    """www.facebook.com → facebook.com: where a link opens."""
    return urlsplit(url or "").hostname.removeprefix("www.") if url else ""
