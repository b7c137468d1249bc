"""Days and hours in words, as the invitation writes them.

Spanish writes months and weekdays in lower case; Django's catalogue has them capitalised.
"""

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def local_value(value):
    """An instant in the portal's time zone; a day as it is."""
    return timezone.localtime(value) if hasattr(value, "tzinfo") else value


def _words(value, form) -> str:
    text = date_format(local_value(value), form)
    return text if get_language() == "en" else text.lower()


def long_day(value) -> str:
    """21 de diciembre de 2020."""
    return _words(value, _("F j, Y"))


def short_day(value) -> str:
    """21 dic 2020."""
    return _words(value, _("M j, Y"))


def day_month(value) -> str:
    """21 de diciembre."""
    return _words(value, _("F j"))


def weekday_day(value) -> str:
    """lunes 21 de diciembre de 2020."""
    return _words(value, _("l, F j, Y"))


def weekday_month(value) -> str:
    """lunes 21 de diciembre."""
    return _words(value, _("l, F j"))


def month_year(value) -> str:
    """diciembre de 2020."""
    return _words(value, _("F Y"))


def clock(instant) -> str:
    """9:00 a. m.; noon is 12:00 m. (meridiano), never "12 a. m."."""
    local = local_value(instant)
    if get_language() == "en":
        return time_format(local, "g:i A")
    if (local.hour, local.minute) == (12, 0):
        return "12:00\u00a0m."
    half = "a" if local.hour < 12 else "p"
    return f"{(local.hour - 1) % 12 + 1}:{local.minute:02d}\u00a0{half}.\u00a0m."


def iso(value) -> str:
    """For `datetime` attributes: the day, or the instant with its −05:00."""
    if hasattr(value, "tzinfo"):
        return local_value(value).isoformat(timespec="minutes")
    return value.isoformat()


def timecode(second: int | None) -> str:
    """A moment of a recording as its player writes it: 10:47, or 1:47:12 from an hour on."""
    if second is None:
        return ""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
