"""The citizen's form: what is asked, and (all optional) by whom."""

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from entity.consenting import ConsentMixin
from entity.registry import registry
from portal.base import uploads
from portal.base.forms import CleanCharField, CleanTextField, FriendlyEmailField, PortalForm
from questions import findings
from questions.forms.place import PlaceForm
from questions.models import Author, Question

MIN_LETTERS, MAX_LETTERS = 15, 1500


class QuestionForm(PlaceForm):
    """Step 1: kind, text, topic, municipality."""

    field_order = ("kind", "text", "topic", "municipality")

    kind = forms.ChoiceField(
        label=_("What do you want to send?"),
        choices=Question.Kind.choices,
        initial=Question.Kind.QUESTION,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to send")},
    )
    text = CleanTextField(
        label=_("Write it here"),
        help_text=_("Only one question. Say where and when, if you know."),
        error_messages={"required": _("Write your question")},
        widget=forms.Textarea(attrs={"rows": 6, "data-counter": MAX_LETTERS}),
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the topic of your question")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(t.slug, t.name) for t in registry().topics]

    @property
    def holds_personal_number(self) -> bool:
        """Whether the text seems to hold an ID or a telephone number."""
        return findings.holds_personal_number(self.cleaned_data["text"])

    def clean_text(self):
        text = self.cleaned_data["text"]
        letters = len(text)
        if letters < MIN_LETTERS:
            raise forms.ValidationError(_("It is very short. Tell us a little more"))
        if letters > MAX_LETTERS:
            raise forms.ValidationError(
                _("The text has %(letters)s letters. The most is %(most)s"),
                params={
                    "letters": number_format(letters, force_grouping=True),
                    "most": number_format(MAX_LETTERS, force_grouping=True),
                },
            )
        return text


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files, each through the upload gate; gives a list of CleanFile.

    `accepted` has those that passed, also where another one was refused. Fields are copied for
    each form, so the list belongs to one request.
    """

    widget = SeveralFilesInput

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.accepted = []
        return copy

    def clean(self, data, initial=None):
        sent = [file for file in (data or []) if file]
        try:
            uploads.check_count(len(sent))
        except uploads.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        errors = []
        for file in sent:
            try:
                self.accepted.append(uploads.accept(file))
            except uploads.FileRefused as refusal:
                errors.append(f"{file.name[:60]}: {refusal}")
        if errors:
            raise forms.ValidationError(errors)
        return self.accepted


class AuthorForm(ConsentMixin, PortalForm):
    """Step 2: all optional. Consent is demanded as soon as a person could be known from it."""

    display = forms.ChoiceField(
        label=_("How do you want to appear?"),
        choices=Question.Display.choices,
        initial=Question.Display.ANONYMOUS,
        required=False,
        widget=forms.RadioSelect,
    )
    name = CleanCharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("Optional. It is published only if you chose “Name or organisation”."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = FriendlyEmailField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        help_text=_("Optional. We tell you of every step. Without it, you use your code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    organisation = CleanCharField(
        label=_("Your organisation"),
        max_length=120,
        required=False,
        help_text=_("Voluntary answer."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    group = forms.ChoiceField(
        label=_("Which group do you belong to?"),
        required=False,
        help_text=_("Voluntary answer. It is used for statistics only."),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "Optional. Up to 3 files of 5 MB: PDF, JPG or PNG. They are not published. "
            "If your internet is slow, do not attach photos."
        ),
        widget=SeveralFilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    is_minor = forms.BooleanField(
        label=_("I am under 18"),
        required=False,
        help_text=_("Then we never publish your name. Do not write your own name or e-mail."),
    )

    def __init__(self, *args, kept_files=0, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept_files = kept_files
        self.fields["group"].choices = [("", _("I prefer not to say")), *Author.Group.choices]
        self.show_notice(at)

    def clean_display(self):
        return self.cleaned_data["display"] or Question.Display.ANONYMOUS

    def clean_files(self):
        files = self.cleaned_data["files"]
        try:
            uploads.check_count(len(files) + self.kept_files)
        except uploads.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return files

    @property
    def good_files(self) -> list:
        """What passed the gate and still fits, whatever another field said."""
        accepted = self.fields["files"].accepted
        return accepted if len(accepted) + self.kept_files <= uploads.MAX_FILES else []

    def clean(self):
        data = super().clean()
        display = data.get("display")
        if (
            display == Question.Display.NAME
            and not data.get("name")
            and not data.get("organisation")
        ):
            self.add_error(
                "name", _("Write the name that should appear, or choose to be anonymous")
            )
        personal = [n for n in ("name", "organisation", "email", "files") if data.get(n)]
        if (personal or self.kept_files) and not data.get("consent"):
            self.add_error("consent", self._consent_sentence(personal))
        return data

    @staticmethod
    def _consent_sentence(personal):
        if personal == ["email"]:
            return _("Mark the box so that we may use your e-mail, or take the e-mail away")
        return _("Mark the box so that we may use your data, or take your data away")
