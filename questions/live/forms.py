"""The short form of the live session: one question, a place, and a name by choice."""

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from entity.consenting import ConsentMixin
from portal.base.forms import CleanCharField, CleanTextField
from questions.forms.ask import MIN_LETTERS
from questions.forms.place import PlaceForm
from questions.models import Question

MOST_LETTERS = 280


class LiveForm(ConsentMixin, PlaceForm):
    """What both sides of a session type: 280 letters that can be read aloud in one breath."""

    field_order = ("text", "municipality", "name", "consent")
    text = CleanTextField(
        label=_("Your question"),
        help_text=_("Up to 280 letters. Do not write ID numbers or telephones."),
        error_messages={"required": _("Write your question")},
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MOST_LETTERS}),
    )
    name = CleanCharField(
        label=_("Name (optional)"),
        max_length=120,
        required=False,
        help_text=_(
            "If you write it, it is published and may be read aloud. If you are under 18, leave it "
            "empty."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    least = MIN_LETTERS

    def __init__(self, *args, at=None, **kwargs):
        kwargs.setdefault("auto_id", "vivo_%s")
        super().__init__(*args, **kwargs)
        self.show_notice(at)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) < self.least:
            raise forms.ValidationError(_("It is very short. Tell us a little more"))
        if len(text) > MOST_LETTERS:
            raise forms.ValidationError(
                _("The text has %(letters)s letters. The most is %(most)s"),
                params={
                    "letters": number_format(len(text), force_grouping=True),
                    "most": MOST_LETTERS,
                },
            )
        return text

    def clean(self):
        data = super().clean()
        if data.get("name") and not data.get("consent"):
            self.add_error("consent", self.consent_sentence)
        return data

    @property
    def display(self) -> str:
        """A name was written to be read; without one, only the place is told."""
        if self.cleaned_data["name"]:
            return Question.Display.NAME
        has_place = self.place is not None
        return Question.Display.MUNICIPALITY if has_place else Question.Display.ANONYMOUS

    def filing_fields(self) -> dict:
        """The part of a filing that this form says."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "scope": self.scope,
            "municipality": self.place,
            "display": self.display,
            "name": data["name"],
            "notice": self.shown_notice if data["name"] else None,
        }


class AskNowForm(LiveForm):
    """Pregunte ahora: the form on the live page."""

    consent_sentence = _("Mark the box so that we may use your name, or take the name away")
