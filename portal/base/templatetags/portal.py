"""Tags that every template may use without loading them."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import template
from django.conf import settings
from django.core.cache import caches
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.base import dates, safe_html, versions

register = template.Library()


@register.simple_tag
def icon(name, css_class="ico"):
    """One of the portal's icons, drawn in the page and hidden from screen readers."""
    return safe_html.icon(name, css_class)


@cache
def _favicon() -> str:
    svg = (Path(settings.BASE_DIR) / "static" / "img" / "favicon.svg").read_text(encoding="utf-8")
    return "data:image/svg+xml," + quote(svg.strip(), safe=" =:/,")


@register.simple_tag
def favicon():
    """The brand mark as an address of its own: a first visit has one request less."""
    return _favicon()


@register.filter
def markdown(text):
    return safe_html.markdown(text or "")


@register.simple_tag
def json_ld(data):
    return safe_html.json_ld(data)


def _day_filter(words):
    """A filter of a day or an instant; nothing gives nothing."""

    def filtered(value):
        return words(value) if value else ""

    return filtered


for _name, _words in {
    "clock": dates.clock,
    "day": dates.long_day,
    "short_day": dates.short_day,
    "day_month": dates.day_month,
    "weekday_day": dates.weekday_day,
    "weekday_month": dates.weekday_month,
    "month_year": dates.month_year,
    "iso": dates.iso,
}.items():
    register.filter(_name, _day_filter(_words))


@register.filter
def megabytes(size):
    """640 KB; 2,4 MB."""
    if not size:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    number = f"{size / 1_000_000:.1f}"
    return f"{number if get_language() == 'en' else number.replace('.', ',')} MB"


@register.filter
def duration(seconds):
    """2 h 56 min."""
    if not seconds:
        return ""
    hours, rest = divmod(int(seconds) // 60, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


register.filter("timecode", dates.timecode)


@register.filter
def at_second(url, seconds):
    """The address of a recording at a second (t=… is understood by Facebook and YouTube).

    A file of the portal's own is opened by the browser, which reads `#t=…`.
    """
    if url and seconds and url.startswith("/"):
        return f"{url}#t={int(seconds)}"
    return f"{url}{'&' if '?' in url else '?'}t={int(seconds)}" if url and seconds else url


@register.simple_tag(takes_context=True)
def page_query(context, **changes):
    """The present filters with some changed: `?q=agua&pagina=2`. Empty values fall away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    text = query.urlencode()
    return f"?{text}" if text else context["request"].path


@register.simple_tag
def mail_link(address):
    return format_html('<a href="mailto:{}">{}</a>', address, address)


@register.filter
def bare_url(url):
    """www.cas.gov.co, without what nobody reads aloud."""
    return (url or "").split("//")[-1].rstrip("/")


@register.simple_tag(takes_context=True)
def other_language(context):
    """A link to the same page in the other language."""
    path = context["request"].path
    if get_language() == "en":
        target = path.removeprefix("/en") or "/"
        return format_html('<a href="{}" lang="es" hreflang="es">Español</a>', target)
    return format_html('<a href="/en{}" lang="en" hreflang="en">English</a>', path)


@register.filter
def join_places(places):
    """San Gil, Socorro y Oiba."""
    names = [str(place) for place in places]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@register.filter
def drawn(field):
    """A field with its label, hint and error.

    That of an untouched form is the same for everybody: it is drawn once for a language, until
    something that every page shows changes. What somebody wrote is never kept.
    """
    form = field.form
    if form.is_bound or form.initial.get(field.name):
        return as_crispy_field(field)
    says = (form.__module__, type(form).__name__, field.html_name, field.label, field.help_text)
    named = (*map(str, says), get_language(), versions.read(versions.EVERYTHING))
    key = f"field:{hashlib.sha256(repr(named).encode()).hexdigest()}"
    return caches["pages"].get_or_set(key, lambda: as_crispy_field(field))


@register.simple_tag
def draw_control(field, focus_error=False):
    """A field's control with the classes and the ids of its hint and error.

    `focus_error`: the first with an error has the focus, on pages that draw no list of errors.
    """
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attrs = {"class": f"control {field.field.widget.attrs.get('class', '')}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs |= {"aria-invalid": "true", "autofocus": focus_error}
    return field.as_widget(attrs=attrs)
