"""What is typed in the console. The names of the fields are the arguments of the workflow."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import Commitment
from entity.registry import registry
from events.models import AgendaItem, AudienceCount, LiveSession, LogLine
from portal.base import clock
from portal.base.forms import CleanCharField
from questions.models import LiveTurn, Question

MOST_PEOPLE = 10_000_000
HALF_A_DAY = timedelta(hours=12)


class ConsoleForm(forms.Form):
    """A small form of the console; the event narrows down what can be chosen."""

    use_required_attribute = False

    def __init__(self, *args, event, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.event = event

    def arguments(self) -> dict:
        """What was typed, for the workflow."""
        return self.cleaned_data


class HourField(forms.TimeField):
    """An hour of this day, as an instant; at 23:50 "00:10" means ten minutes after midnight."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def clean(self, value):
        hour = super().clean(value)
        if hour is None:
            return None
        now = clock.now()
        at = clock.at_hour(clock.local_day(now), hour)
        return at if now - at < HALF_A_DAY else at + timedelta(days=1)


class DelayForm(ConsoleForm):
    until = HourField(label=_("Starts at"), error_messages={"required": _("Write the hour.")})


class PauseForm(ConsoleForm):
    resumes_at = HourField(label=_("We are back at"), required=False)


class RecordingForm(ConsoleForm):
    """The hour, to the second, of the day on which the session began."""

    started = forms.TimeField(
        label=_("The recording begins at"),
        error_messages={"required": _("Write the hour."), "invalid": _("Write the hour.")},
    )

    def arguments(self) -> dict:
        """The instant of that hour that is nearest to the start, across midnight too."""
        opened_at = self.event.live.opened_at
        day = clock.local_day(opened_at)
        hours = (
            clock.at_hour(day + timedelta(days=days), self.cleaned_data["started"])
            for days in (-1, 0, 1)
        )
        return {"started_at": min(hours, key=lambda hour: abs(hour - opened_at))}


class ItemForm(ConsoleForm):
    """Which item comes; empty: the next one."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), required=False, label=_("Go to"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.filter(event=self.event)


class ScreenForm(ConsoleForm):
    screen = forms.ChoiceField(label=_("Screen of the room"), choices=LiveSession.Screen.choices)


class LineForm(ConsoleForm):
    text = CleanCharField(
        label=_("New line of the log"),
        max_length=LogLine._meta.get_field("text").max_length,
        error_messages={"required": _("Write what happened.")},
        widget=forms.TextInput(
            attrs={"placeholder": _("Write what happens. The hour sets itself.")}
        ),
    )
    is_team = forms.BooleanField(label=_("Only for the team"), required=False)

    def clean(self):
        data = super().clean()
        data["is_public"] = not data.pop("is_team", False)
        return data


class AudienceForm(ConsoleForm):
    channel = forms.ChoiceField(label=_("Where"), choices=AudienceCount.Channel.choices)
    people = forms.IntegerField(
        label=_("People"),
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={"required": _("Write how many people.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class HintForm(ConsoleForm):
    hint = CleanCharField(
        label=_("Hint for the presenter"),
        required=False,
        max_length=LiveTurn._meta.get_field("hint").max_length,
    )


class WithholdForm(ConsoleForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Question.WithholdReason.choices,
        error_messages={"required": _("Choose a reason.")},
    )


class MergeForm(ConsoleForm):
    into = forms.IntegerField(
        label=_("Number of the other one"),
        error_messages={
            "required": _("Write the number of the other one."),
            "invalid": _("Write only the number of the other one."),
        },
    )

    def clean_into(self):
        number = self.cleaned_data["into"]
        found = Question.objects.filter(event=self.event, number=number).first()
        if found is None:
            raise forms.ValidationError(_("No contribution of this event has that number."))
        return found


class CommitmentForm(ConsoleForm):
    """A commitment in the words in which it is said; it stays a draft until the session ends."""

    title = CleanCharField(
        label=_("What is promised, in the words that were said"),
        max_length=Commitment._meta.get_field("title").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what is promised.")},
    )
    office = forms.TypedChoiceField(
        label=_("Office"), error_messages={"required": _("Choose the office.")}
    )
    due_on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the date."), "invalid": _("Write a date.")},
    )
    question = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(office.pk): office for office in registry().offices}
        field = self.fields["office"]
        field.choices = [("", _("Choose")), *((pk, o.short_name) for pk, o in by_key.items())]
        field.coerce = by_key.get

    def clean_question(self):
        """The one on air when the form was sent; a commitment is never lost over it."""
        key = self.cleaned_data.get("question")
        return Question.objects.filter(event=self.event, pk=key).first() if key else None
