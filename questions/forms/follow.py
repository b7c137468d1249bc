"""Forms of the author's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.forms import CleanCharField, CleanTextField, PortalForm


class FollowForm(PortalForm):
    """Radicado and secret code, asked together."""

    reference = CleanCharField(
        label=_("Filing number"),
        max_length=40,
        help_text=_("For example RC-2020-00018."),
        error_messages={"required": _("Write the filing number")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "control--medio"}),
    )
    code = CleanCharField(
        label=_("Code of your question"),
        max_length=40,
        help_text=_("Ten letters and numbers, for example K7M4P-9TQX2."),
        error_messages={"required": _("Write the code")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "control--medio"}
        ),
    )


class ClarificationForm(PortalForm):
    reply = CleanTextField(
        label=_("Your clarification"),
        max_length=1500,
        error_messages={"required": _("Write your clarification")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
