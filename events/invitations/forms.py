"""What an invited contact answers, and what a round of invitations is made of."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from events.invitations.workflow import MOST_PEOPLE, MOST_WORDS
from events.models import ContactGroup, Invitation
from portal.base.forms import CleanTextField, PortalForm


class ResponseForm(PortalForm):
    """Whether they come, and how many."""

    response = forms.ChoiceField(
        label=_("Will you come?"),
        choices=Invitation.Response.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers")},
    )
    people = forms.IntegerField(
        label=_("How many people come, you included"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "control--corto"}),
        error_messages={
            "invalid": _("Write a number, for example 2"),
            "min_value": _("Write a number from 1 to %(limit_value)s"),
            "max_value": _("Write a number from 1 to %(limit_value)s"),
        },
    )

    def clean_people(self):
        return self.cleaned_data["people"] or 1


class RoundForm(PortalForm):
    """Whom to invite and in which own words. `key` makes a round once."""

    key = forms.RegexField(r"^[\w-]{10,40}$", widget=forms.HiddenInput)
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=ContactGroup.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one group at least")},
    )
    message = CleanTextField(
        label=_("Your own words (optional)"),
        required=False,
        help_text=_("They stand below the day and the place. Up to 1,000 letters."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )

    def clean_message(self):
        text = self.cleaned_data["message"]
        if len(text) > MOST_WORDS:
            words = _t("The text has %(letters)s letters. The most is %(most)s")
            told = {"letters": len(text), "most": MOST_WORDS}
            raise forms.ValidationError(words % told)
        return text
