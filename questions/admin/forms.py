"""What the desk types when it decides about a contribution or an answer.

Fields are not required here: the workflow says what is missing, in a sentence.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from portal.base.forms import CleanCharField
from questions.models import PetitionType, Question


def offices():
    return [("", _("Choose an office")), *((o.pk, o.name) for o in registry().offices)]


def _text(label, *, rows=3, help_text=""):
    """Text as it was typed; the workflow cleans it."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


class DeskForm(forms.Form):
    """A form whose every field may be empty, drawn field by field in the page."""

    use_required_attribute = False

    def refuse(self, field: str, words: str) -> None:
        """Write a refusal beside the field it is about; the errors of others are no news now."""
        self.full_clean()
        self._errors.clear()
        self.add_error(field if field in self.fields else None, words)

    def problem_of(self, fields) -> tuple[str, str] | None:
        """The first of these fields that cannot be read, with its words."""
        found = self.errors
        for name in fields:
            if name in found:
                return name, found[name][0]
        return None


class ReviewForm(DeskForm):
    """Every decision about a contribution has its fields here, so that none loses what is typed."""

    title = CleanCharField(
        label=_("Public title"),
        required=False,
        max_length=120,
        help_text=_("Empty: the first words of the text. The address of the page is made of it."),
    )
    public_text = _text(
        _("Public text"),
        rows=7,
        help_text=_(
            "Hide personal data with marks such as [nombre oculto]. Don't change the sense."
        ),
    )
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int)
    petition = forms.ChoiceField(label=_("Kind of petition"), required=False)
    office = forms.TypedChoiceField(
        label=_("Office that answers"), required=False, coerce=int, empty_value=None
    )
    asked = _text(_("What should the author make clear?"))
    into = forms.IntegerField(label=_("Number of the other contribution"), required=False)
    body = CleanCharField(label=_("Competent entity"), required=False, max_length=120)
    letter = CleanCharField(label=_("Number of the letter"), required=False, max_length=120)
    reference = CleanCharField(label=_("PQRSD number"), required=False, max_length=120)
    reason = forms.ChoiceField(
        label=_("Why is it not published?"),
        required=False,
        choices=Question.WithholdReason.choices,
        widget=forms.RadioSelect,
    )
    archive_reason = _text(_("Why is it archived?"), rows=2)
    decline_reason = _text(_("Why is it not archived?"), rows=2)
    extension_reason = _text(_("Reason, which the author reads"), rows=2)
    until = forms.DateField(
        label=_("New due day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    return_reason = _text(_("Why is it not for this office?"), rows=2)

    def __init__(self, data=None, *, question):
        super().__init__(data, initial=self._initial(question))
        snapshot = registry()
        topics = {topic.pk: topic.name for topic in snapshot.topics}
        topics.setdefault(question.topic_id, question.topic.name)
        self.fields["topic"].choices = list(topics.items())
        self.fields["petition"].choices = [(p.pk, str(p)) for p in PetitionType.objects.all()]
        self.fields["office"].choices = offices()

    @staticmethod
    def _initial(question) -> dict:
        return {
            "title": question.title,
            "public_text": question.public_text or question.original_text,
            "topic": question.topic_id,
            "petition": question.petition_id,
            "office": question.office_id,
        }


class AnswerForm(DeskForm):
    """The answer and what its approver says or sets."""

    summary = CleanCharField(
        label=_("Summary in a sentence"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "resumen-frase"}),
        help_text=_("At most 200 letters. It is read first, everywhere."),
    )
    body = _text(
        _("Answer"),
        rows=16,
        help_text=_("Paragraphs, lists, links and tables in Markdown."),
    )
    correction_note = CleanCharField(
        label=_("What does this edition correct?"), required=False, max_length=200
    )
    comment = _text(_("Comment for who drafted it"))
    release_at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data=None, *, answer=None):
        names = ("summary", "body", "correction_note", "release_at")
        super().__init__(data, initial={n: getattr(answer, n) for n in names} if answer else None)
