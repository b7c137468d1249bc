"""The form of a survey, made of its questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import BallotAnswer, Survey, SurveyQuestion
from evaluation.selectors import choices_of
from portal.base.forms import CleanTextField, PortalForm

K = SurveyQuestion.Kind
MOST_WORDS = BallotAnswer._meta.get_field("words").max_length
SCALE_HINT = _("1 is the least, 5 the most.")
CHOOSE = {"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of these.")}


class BallotForm(PortalForm):
    """One field for each question; at least one has to be answered."""

    def __init__(self, data=None, *, survey: Survey):
        super().__init__(data)
        self.questions = {f"q{question.pk}": question for question in survey.questions.all()}
        for name, question in self.questions.items():
            self.fields[name] = _field(question)

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            first = next(iter(self.fields), None)
            self.add_error(first, _("Answer one question at least."))
        return data

    @property
    def answers(self) -> dict[int, dict]:
        """What was answered, by the key of its question."""
        said = {}
        for name, question in self.questions.items():
            value = self.cleaned_data[name]
            if value:
                said[question.pk] = _answer(question, value)
        return said


def _field(question: SurveyQuestion) -> forms.Field:
    required = question.is_required
    if question.kind == K.TEXT:
        return CleanTextField(
            label=question.text, required=required, max_length=MOST_WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Write your answer.")},
        )  # fmt: skip
    return forms.ChoiceField(
        label=question.text,
        required=required,
        choices=choices_of(question),
        widget=forms.RadioSelect,
        help_text=SCALE_HINT if question.kind == K.SCALE else "",
        error_messages=CHOOSE,
    )


def _answer(question: SurveyQuestion, value: str) -> dict:
    if question.kind == K.TEXT:
        return {"words": value}
    return {"scale": int(value)} if question.kind == K.SCALE else {"choice_id": int(value)}
