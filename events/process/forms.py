"""What a citizen writes to propose a topic."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from entity.places import MunicipalityField
from portal.base.forms import CleanTextField, PortalForm

LEAST_LETTERS, MOST_LETTERS = 10, 300


class ProposalForm(PortalForm):
    """A topic, and the municipality it is about; nothing of the person."""

    most_letters = MOST_LETTERS

    text = CleanTextField(
        label=_("Which topic should be on the agenda?"),
        help_text=_("In one or two sentences. Do not write names or telephone numbers."),
        error_messages={"required": _("Write the topic")},
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": MOST_LETTERS}),
    )
    municipality = MunicipalityField(label=_("In which municipality? (optional)"))

    def clean_text(self):
        text = " ".join(self.cleaned_data["text"].split())
        if len(text) < LEAST_LETTERS:
            raise forms.ValidationError(_t("It is very short. Tell us a little more"))
        if len(text) > MOST_LETTERS:
            words = _t("The text has %(letters)s letters. The most is %(most)s")
            raise forms.ValidationError(words % {"letters": len(text), "most": MOST_LETTERS})
        return text
