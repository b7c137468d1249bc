"""Tags that every template may use without loading them."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.base import safe_html

register = template.Library()


@register.simple_tag
def icon(name, css_class="ico"):
    """One of the portal's icons, drawn in the page and hidden from screen readers."""
    return safe_html.icon(name, css_class)


@register.filter
def markdown(text):
    return safe_html.markdown(text or "")


@register.simple_tag
def json_ld(data):
    return safe_html.json_ld(data)


def _clock(instant) -> str:
    local = timezone.localtime(instant)
    if get_language() == "en":
        return time_format(local, "g:i A")
    if (local.hour, local.minute) == (12, 0):
        return "12:00 m."
    return f"{(local.hour - 1) % 12 + 1}:{local.minute:02d} {'a' if local.hour < 12 else 'p'}. m."


@register.filter
def clock(instant):
    """Clock time as in the invitation: 9:00 a. m.; noon is 12:00 m."""
    return _clock(instant).replace(". m.", ".\u00a0m.").replace(" m.", "\u00a0m.") if instant else ""


@register.filter
def day(value):
    """21 de diciembre de 2020."""
    return date_format(local_value(value), _("j \\d\\e F \\d\\e Y")) if value else ""


@register.filter
def short_day(value):
    """21 dic 2020."""
    return date_format(local_value(value), "j b Y") if value else ""


@register.filter
def day_month(value):
    """21 de diciembre."""
    return date_format(local_value(value), _("j \\d\\e F")) if value else ""


@register.filter
def weekday_day(value):
    """lunes 21 de diciembre de 2020."""
    return date_format(local_value(value), _("l j \\d\\e F \\d\\e Y")) if value else ""


def local_value(value):
    """An instant in the portal's time zone; a day as it is."""
    return timezone.localtime(value) if hasattr(value, "tzinfo") else value


@register.filter
def iso(value):
    """For `datetime`: the day, or the instant with its −05:00."""
    return local_value(value).isoformat(timespec="minutes") if hasattr(value, "tzinfo") else value.isoformat()


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


@register.filter
def at_second(url, seconds):
    """The address of a recording at a second (t=… is understood by Facebook and YouTube)."""
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
def minutes_after(instant, minutes):
    return instant + timedelta(minutes=minutes)


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


@register.simple_tag
def draw_control(field):
    """A field's control with the classes and the ids of its hint and error."""
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attrs = {"class": f"control {field.field.widget.attrs.get('class', '')}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
