"""What is typed of a survey: its questions, and the answers that each offers, one on a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import Choice, Survey, SurveyQuestion
from evaluation.workflow import next_number
from portal.base.forms import CleanTextField
from portal.base.texts import clean_line

MOST_CHOICES, MOST_LETTERS = 12, Choice._meta.get_field("text").max_length


class SurveyForm(forms.ModelForm):
    """The event has one evaluation at most; polls are numbered within their event."""

    def clean(self):
        data = super().clean()
        event, kind = data.get("event"), data.get("kind")
        others = Survey.objects.filter(event=event, kind=kind).exclude(pk=self.instance.pk)
        if event and kind == Survey.Kind.EVALUATION and others.exists():
            self.add_error("kind", _("This event has its evaluation already."))
        return data

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.number = next_number(self.instance.event)
        return super().save(commit)


class QuestionForm(forms.ModelForm):
    """A question; the answers that it offers are written one on each line."""

    offered = CleanTextField(
        label=_("answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 30}),
        help_text=_("One on each line. Only for questions with answers to choose from."),
    )

    class Meta:
        model = SurveyQuestion
        fields = ("order", "kind", "text", "is_required")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            texts = [choice.text for choice in self.instance.choices.all()]
            self.fields["offered"].initial = "\n".join(texts)

    def clean_offered(self):
        lines = [clean_line(line) for line in self.cleaned_data["offered"].splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if len(lines) > MOST_CHOICES:
            raise forms.ValidationError(_("Twelve answers at most."))
        if any(len(line) > MOST_LETTERS for line in lines):
            raise forms.ValidationError(_("An answer may have 120 letters at most."))
        return lines

    def clean(self):
        data = super().clean()
        is_choice = data.get("kind") == SurveyQuestion.Kind.CHOICE
        if is_choice and "offered" in data and len(data["offered"]) < 2:
            self.add_error("offered", _("Write two answers at least."))
        return data

    def keep_choices(self, question: SurveyQuestion) -> None:
        """The lines as rows, once the question has its key."""
        is_choice = question.kind == SurveyQuestion.Kind.CHOICE
        question.choices.all().delete()
        Choice.objects.bulk_create(
            Choice(question=question, order=order, text=text)
            for order, text in enumerate(self.cleaned_data["offered"] if is_choice else (), 1)
        )
