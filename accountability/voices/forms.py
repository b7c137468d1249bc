"""What a citizen writes about minutes or a commitment. Nobody is asked who they are."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from entity.consenting import ConsentMixin
from entity.places import MunicipalityField
from entity.registry import registry
from portal.base.forms import CleanTextField, PortalForm

LEAST_LETTERS, MOST_LETTERS = 10, 1500


class VoiceForm(ConsentMixin, PortalForm):
    """A text, and an address only for who wants to be told what became of it."""

    most_letters = MOST_LETTERS

    text = CleanTextField(
        label=_("What do you want to say?"),
        error_messages={"required": _("Write what you want to say")},
        widget=forms.Textarea(attrs={"rows": 5, "data-counter": MOST_LETTERS}),
    )
    email = forms.EmailField(
        label=_("Your e-mail (optional)"),
        required=False,
        max_length=254,
        help_text=_("Only to tell you what became of it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the e-mail like this: name@example.com")},
    )

    def __init__(self, *args, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.show_notice(at)
        words = _t("I authorise %(entity)s to use my e-mail to tell me what became of it.")
        self.fields["consent"].label = words % {"entity": registry().entity.short_name}

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if len(text) < LEAST_LETTERS:
            raise forms.ValidationError(_t("It is very short. Tell us a little more"))
        if len(text) > MOST_LETTERS:
            words = _t("The text has %(letters)s letters. The most is %(most)s")
            raise forms.ValidationError(words % {"letters": len(text), "most": MOST_LETTERS})
        return text

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean(self):
        data = super().clean()
        if data.get("email") and not data.get("consent"):
            words = _t("Mark the box so that we may write to you, or leave the e-mail empty")
            self.add_error("consent", words)
        return data

    @property
    def told(self) -> dict:
        """What the workflow is told of a valid form."""
        names = [name for name in self.fields if name not in ("consent", "notice")]
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "notice": self.shown_notice if said["email"] else None}


class RemarkForm(VoiceForm):
    """A remark about the draft, or about one of its paragraphs."""

    paragraph = forms.IntegerField(
        label=_("About which paragraph? (optional)"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=_("The number beside it in the draft. Leave it empty for the whole."),
        error_messages={
            "invalid": _("Write the number of the paragraph, such as 12"),
            "min_value": _("Write the number of the paragraph, such as 12"),
            "max_value": _("The draft has no such paragraph"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
    )
    attended = forms.BooleanField(label=_("I was at the event"), required=False)
    field_order = ("text", "paragraph", "attended", "email", "consent", "notice")

    def __init__(self, *args, paragraphs: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.paragraphs = paragraphs

    def clean_paragraph(self):
        number = self.cleaned_data["paragraph"]
        if number and number > self.paragraphs:
            raise forms.ValidationError(
                _t("The draft has %(n)s paragraphs.") % {"n": self.paragraphs}
            )
        return number


class NoteForm(VoiceForm):
    """What a neighbour sees of a commitment."""

    municipality = MunicipalityField(label=_("In which municipality? (optional)"))
    field_order = ("text", "municipality", "email", "consent", "notice")
