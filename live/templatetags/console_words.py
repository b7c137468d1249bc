"""Words of the console."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
DAY = 24 * 60


@register.filter
def waited(minutes):
    """How long something waits, in the unit that a glance takes in: 12 min, 3 h, 2 days."""
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < DAY:
        return _("%(n)s h") % {"n": minutes // 60}
    days = minutes // DAY
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
