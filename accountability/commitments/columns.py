"""The columns of a list of commitments, and the form of one row."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accountability.models import Commitment
from portal.base import table_columns
from portal.base.forms import CleanCharField, CleanTextField

MOST_ROWS = 200
# The names of the columns are Spanish, as the people who fill them in.
FIELDS = {
    "titulo": "title", "prometido": "promised", "prometido_por": "promised_by",
    "oficina": "office", "municipios": "municipalities", "fecha": "original_due_on",
    "cantidad": "target", "unidad": "unit", "pregunta": "question", "parrafo": "paragraph",
    "revision": "next_check_on",
}  # fmt: skip
COLUMN_OF = {name: column for column, name in FIELDS.items()}
NEEDED = ("titulo", "oficina", "fecha", "unidad")
WIDE = ("titulo", "prometido")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
MOST = 1_000_000


def _limit(name: str) -> int:
    return Commitment._meta.get_field(name).max_length


def _day(required: bool) -> forms.DateField:
    sentences = {
        "required": _("Write the day, as 2026-06-30"),
        "invalid": _("Write the day as 2026-06-30 or 30/06/2026"),
    }
    return forms.DateField(required=required, input_formats=DAYS, error_messages=sentences)


def _number(most: int) -> forms.IntegerField:
    sentence = _("Write a whole number, from 1 on")
    sentences = {"invalid": sentence, "min_value": sentence, "max_value": _("It is too large")}
    return forms.IntegerField(required=False, min_value=1, max_value=most, error_messages=sentences)


class RowForm(forms.Form):
    """One row; its office, places and contribution are found by their words elsewhere."""

    title = CleanCharField(
        max_length=_limit("title"), error_messages={"required": _("Write what is promised")}
    )
    promised = CleanTextField(max_length=5000, required=False)
    promised_by = CleanCharField(max_length=_limit("promised_by"), required=False)
    original_due_on = _day(required=True)
    target = _number(MOST)
    unit = CleanCharField(
        max_length=_limit("unit"),
        error_messages={"required": _("Write what is counted, for example visits with report")},
    )
    paragraph = _number(9999)
    next_check_on = _day(required=False)

    def __init__(self, data, *, event_day):
        super().__init__(data)
        self.event_day = event_day

    def clean_original_due_on(self):
        day = self.cleaned_data["original_due_on"]
        if day < self.event_day:
            raise forms.ValidationError(_t("This day is before the event: check it"))
        return day

    def clean_target(self):
        return self.cleaned_data["target"] or 1

    def clean(self):
        data = super().clean()
        data["promised"] = data.get("promised") or data.get("title", "")
        return data


def read(upload) -> tuple[list[dict], list[str]]:
    """The filled rows of a list, and columns that are not read. Raises TableRefused."""
    return table_columns.named_rows(upload, FIELDS, NEEDED, most_rows=MOST_ROWS)


def template_csv() -> bytes:
    return table_columns.empty_csv(FIELDS)


def template_xlsx() -> bytes:
    return table_columns.empty_xlsx("compromisos", FIELDS, WIDE, rows=MOST_ROWS)
