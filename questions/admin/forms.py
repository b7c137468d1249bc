"""What the desk types when it decides about a contribution or an answer.

Fields are not required here: the workflow says what is missing, in a sentence.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from entity.registry import registry
from portal.base.forms import CleanCharField
from questions import findings
from questions.admin import classifying
from questions.admin.changes import Piece, changes
from questions.admin.marking import Marking
from questions.models import PetitionType, Question
from questions.suggestions import rule_for
from questions.workflow.clocks import MOST_SUMMARY


def offices():
    return [("", _("Choose an office")), *((o.pk, o.name) for o in registry().offices)]


def _text(label, *, rows=3, **options):
    """Text as it was typed; the workflow cleans it."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, **options)


FINDINGS = "findings"  # where a refusal stands that is about the findings


class DeskForm(forms.Form):
    """A form whose every field may be empty, drawn field by field in the page."""

    use_required_attribute = False

    def refuse(self, field: str, words: str) -> None:
        """Write a refusal beside the field it is about; the errors of others are no news now."""
        self.full_clean()
        self._errors.clear()
        self.add_error(field if field in self.fields else None, words)

    def forget_errors(self) -> None:
        """No word about what is missing while nothing is decided yet."""
        self._errors.clear()

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
        max_length=findings.LONGEST,
        help_text=_(
            "Hide personal data with marks such as [nombre oculto]. Don't change the sense."
        ),
    )
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int)
    petition = forms.ChoiceField(label=_("Kind of petition"), required=False)
    place = forms.ChoiceField(label=_("Municipality"), required=False)
    room_summary = CleanCharField(
        label=_("Summary for the room's screen"),
        required=False,
        max_length=MOST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 2, "data-counter": MOST_SUMMARY}),
        help_text=_("At most 140 letters. Empty: the room reads the title."),
    )
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
    note = _text(_("New internal note"), rows=2)

    def __init__(self, data=None, *, question):
        self.marking = Marking(question, data)
        self.rule = None if question.office_id else rule_for(question)
        super().__init__(data, initial=self._initial(question))
        snapshot = registry()
        topics = {topic.pk: topic.name for topic in snapshot.topics}
        topics.setdefault(question.topic_id, question.topic.name)
        self.fields["topic"].choices = list(topics.items())
        self.fields["petition"].choices = [(p.pk, str(p)) for p in PetitionType.objects.all()]
        self.fields["place"].choices = classifying.places()
        self.fields["office"].choices = offices()

    def _initial(self, question) -> dict:
        return {
            "title": question.title,
            "public_text": question.public_text or self.marking.first_text,
            **classifying.values_of(question),
            "office": question.office_id or (self.rule and self.rule.office_id),
        }

    def clean_title(self):
        return self.marking.hidden(self.cleaned_data["title"])

    def clean_room_summary(self):
        """The room reads it aloud: the same marks as in the public text."""
        return self.marking.hidden(self.cleaned_data["room_summary"])

    def clean_public_text(self):
        """What was chosen to be hidden never goes out, whether its mark was drawn or not."""
        return self.marking.hidden(self.cleaned_data["public_text"])

    @property
    def drawn_text(self) -> str:
        """The public text as it would go out now."""
        return self.marking.hidden(self["public_text"].value() or "")

    def problem_of(self, fields):
        """As always; personal data that nobody decided about is a problem of what others read."""
        read = [name for name in ("title", "public_text", "room_summary") if name in fields]
        problem = super().problem_of(fields)
        if problem or not read:
            return problem
        words = self.marking.problem("\n".join(self.cleaned_data[name] for name in read))
        return (FINDINGS, words) if words else None

    @property
    def changes(self) -> list[Piece]:
        """What the public text takes out of the original and puts in its place."""
        return changes(self.marking.original, self.drawn_text)
