"""Days and hours as people of the desk write them."""

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
# The browser's own picker: one field, and it works without JavaScript.
INSTANT = forms.DateTimeInput(
    attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
)


class InstantField(forms.DateTimeField):
    """An instant within living memory: at the ends of the calendar no zone can be counted."""

    default_error_messages = {
        "required": _("Write the day and the hour."),
        "invalid": _("Write the day and the hour."),
        "far": _("Check the year: it must lie between %(first)s and %(last)s."),
    }

    def to_python(self, value):
        instant = super().to_python(value)
        if instant and not FIRST_YEAR <= instant.year <= LAST_YEAR:
            told = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(self.error_messages["far"], "far", told)
        return instant
