"""What is typed on the page of an answer: text, attachments, moment of the recording, decision."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.dates import timecode
from portal.base.forms import CleanCharField
from questions.admin.forms import DeskForm
from questions.models import Answer, AnswerFile
from questions.workflow.attachments import MOST_ALT

TEXT = ("summary", "body", "correction_note")
MOST_SUMMARY, MOST_BODY = 200, 20_000
_MOMENT = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


class MomentField(forms.CharField):
    """A moment of a recording, written as its player does: 10:47 or 1:47:12. Gives seconds."""

    def to_python(self, value):
        value = (super().to_python(value) or "").strip()
        if not value:
            return None
        found = _MOMENT.fullmatch(value)
        if not found or (found[1] and int(found[2]) > 59):
            raise forms.ValidationError(_("Write it as the player does: 10:47 or 1:47:12."))
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds

    def prepare_value(self, value):
        return timecode(value) if isinstance(value, int) else value


class AnswerForm(DeskForm):
    """The answer with its attachments, and what its approver says or sets."""

    summary = CleanCharField(
        label=gettext_lazy("Summary in a sentence"),
        required=False,
        max_length=MOST_SUMMARY,
        widget=forms.Textarea(
            attrs={"rows": 2, "class": "resumen-frase", "data-counter": MOST_SUMMARY}
        ),
        help_text=gettext_lazy("At most 200 letters. It is read first, everywhere."),
    )
    body = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Paragraphs, lists, links and tables in Markdown."),
    )
    correction_note = CleanCharField(
        label=gettext_lazy("What does this edition correct?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Everybody reads it above the answer, with its date."),
    )
    new_file = forms.FileField(
        label=gettext_lazy("Add a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=gettext_lazy("PDF, JPG or PNG of at most 5 MB. Photos lose their location."),
    )
    new_words = CleanCharField(
        label=gettext_lazy("Its title; or, of a picture, what it shows"),
        required=False,
        max_length=MOST_ALT,
    )
    moment = MomentField(
        label=gettext_lazy("Minute of the recording"),
        required=False,
        help_text=gettext_lazy("As the player shows it: 10:47 or 1:47:12. Empty: only in writing."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for who drafted it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    release_at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data=None, sent=None, *, question, answer=None, standing=None):
        """`standing` is the published edition that a new one corrects: it begins with its words."""
        self.attached: list[AnswerFile] = answer.attachments if answer else []
        super().__init__(data, sent, initial=_initial(question, answer, standing))
        for file in self.attached:
            self.fields[words_field(file)] = _words_of(file)

    def words_of(self, file: AnswerFile):
        return self[words_field(file)]

    @property
    def rows(self) -> list[tuple]:
        """Each attachment with the field of its words."""
        return [(file, self.words_of(file)) for file in self.attached]


def words_field(file: AnswerFile) -> str:
    return f"words_{file.pk}"


def _words_of(file: AnswerFile):
    shown = {"name": file.stored.name}
    label = _("What the picture %(name)s shows") if file.is_picture else _("Title of %(name)s")
    return CleanCharField(
        label=label % shown, required=False, max_length=MOST_ALT, initial=file.words
    )


def _initial(question, answer: Answer | None, standing: Answer | None) -> dict:
    source = answer or standing
    text = {name: getattr(source, name) for name in ("summary", "body")} if source else {}
    names = ("correction_note", "release_at") if answer else ()
    own = {name: getattr(answer, name) for name in names}
    return {**text, **own, "moment": question.live_second}
