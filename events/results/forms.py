"""The form of one result: the same rules for the desk and for each row of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Document, Result
from events.results.numbers import read_number
from portal.base.forms import CleanCharField

NUMBERS = ("planned", "reached", "money_planned", "money_executed")


class NumberField(forms.DecimalField):
    """A number as it is written in Colombia, with its sign of pesos or of per cent."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "vTextField"})
    default_error_messages = {
        "invalid": _("Write only a number, as 1234,5 or 1.234,50."),
        "min_value": _("Write a number that is not below zero."),
        "max_digits": _("This number is too long. Check its zeros."),
        "max_whole_digits": _("This number is too long. Check its zeros."),
    }

    def to_python(self, value):
        try:
            number = read_number(str(value or ""))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error
        return number

    def prepare_value(self, value):
        """A stored number as it is written here: its comma, never a point that means thousands."""
        if value is None or isinstance(value, str):
            return value
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _number(name: str) -> NumberField:
    column = Result._meta.get_field(name)
    return NumberField(
        label=column.verbose_name, required=False, min_value=0,
        max_digits=column.max_digits, decimal_places=2,
    )  # fmt: skip


class ResultForm(forms.ModelForm):
    planned, reached = _number("planned"), _number("reached")
    money_planned, money_executed = _number("money_planned"), _number("money_executed")
    programme = CleanCharField(label=_("programme"), max_length=160, required=False)
    goal = CleanCharField(label=_("goal or result"), max_length=300)
    unit = CleanCharField(label=_("unit"), max_length=60, required=False)
    difficulty = CleanCharField(
        label=_("difficulty, in a sentence"), max_length=300, required=False
    )

    class Meta:
        model = Result
        fields = (
            "event", "order", "kind", "programme", "goal", "unit", *NUMBERS, "cutoff_on",
            "office", "difficulty", "source",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("programme", "goal", "unit", "difficulty"):
            self.fields[name].widget.attrs.setdefault("class", "vTextField")
        if self.instance.pk and "source" in self.fields:
            self.fields["source"].queryset = Document.objects.filter(event=self.instance.event_id)


class RowForm(ResultForm):
    """One row of a list: its event, office and document are found by their words elsewhere."""

    class Meta(ResultForm.Meta):
        fields = ("kind", "programme", "goal", "unit", *NUMBERS, "cutoff_on", "difficulty")
