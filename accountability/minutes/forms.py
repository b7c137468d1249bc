"""The head of minutes, and one of their sections, as they are written at the desk."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accountability.models import Minutes
from portal.base.forms import CleanCharField, CleanTextField

MOST_LETTERS = 60_000


class SectionForm(forms.Form):
    """Its paragraphs are numbered through the document, so they are only separated here."""

    use_required_attribute = False
    title = CleanCharField(
        label=_("Title"), max_length=160,
        error_messages={"required": _("Write the title of the section.")},
    )  # fmt: skip
    body = CleanTextField(
        label=_("Text"),
        max_length=MOST_LETTERS,
        help_text=_("An empty line begins a new paragraph."),
        error_messages={"required": _("Write the text of the section, or take it away.")},
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class HeadForm(forms.ModelForm):
    """Who saves over another's head is told, with what they typed still there."""

    class Meta:
        model = Minutes
        fields = (
            "event", "number", "place", "started_at", "ended_at", "president", "secretary",
            "change_note",
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        seen = self.data.get("read_revision", "")
        if self.instance.pk and seen and seen != str(self.instance.revision):
            raise forms.ValidationError(
                _t("Somebody changed these minutes after you opened them. Nothing was saved yet.")
            )
        start, end = data.get("started_at"), data.get("ended_at")
        if start and end and end <= start:
            self.add_error("ended_at", _t("It ends after it begins."))
        return data
