"""What a citizen writes to propose a topic."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from portal.base.forms import CleanCharField, CleanTextField, PortalForm
from portal.base.search import fold

LEAST_LETTERS, MOST_LETTERS = 10, 300


class ProposalForm(PortalForm):
    """A topic, and the municipality it is about; nothing of the person."""

    text = CleanTextField(
        label=_("Which topic should be on the agenda?"),
        help_text=_("In one or two sentences. Do not write names or telephone numbers."),
        error_messages={"required": _("Write the topic")},
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": MOST_LETTERS}),
    )
    municipality = CleanCharField(
        label=_("In which municipality? (optional)"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "control--medio"}),
    )

    def clean_text(self):
        text = " ".join(self.cleaned_data["text"].split())
        if len(text) < LEAST_LETTERS:
            raise forms.ValidationError(_t("It is very short. Tell us a little more"))
        if len(text) > MOST_LETTERS:
            words = _t("The text has %(letters)s letters. The most is %(most)s")
            raise forms.ValidationError(words % {"letters": len(text), "most": MOST_LETTERS})
        return text

    def clean_municipality(self):
        """The row of what was typed, or None."""
        typed = self.cleaned_data["municipality"]
        if not typed:
            return None
        if found := registry().municipality_by_fold.get(fold(typed)):
            return found
        raise forms.ValidationError(
            _t("We did not find “%(typed)s”. Check the name, or leave it empty.") % {"typed": typed}
        )
