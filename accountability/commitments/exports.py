"""The board as rows for a spreadsheet: what anybody can read on its pages, and no person."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation

from accountability.models import Commitment
from accountability.status import commitment_status
from portal.base.dates import iso
from portal.base.language import default_path
from questions.models import Question

COLUMNS = (
    "referencia", "titulo", "prometido", "prometido_por", "jornada", "punto_de_la_agenda",
    "parrafo_del_acta", "pregunta", "oficina", "municipios", "fecha_original", "fecha_vigente",
    "cambios_de_fecha", "cantidad", "hecho", "unidad", "porcentaje", "estado", "terminado",
    "motivo", "ultima_novedad", "direccion",
)  # fmt: skip


def rows(at=None) -> Iterator[tuple]:
    """A tuple in the order of COLUMNS for each public commitment, in Spanish, in five queries."""
    shown = Commitment.objects.public().select_related("event", "office", "item").order_by("pk")
    questions = Question.objects.public().filter(commitments__isnull=False)
    numbers = dict(questions.values_list("pk", "number"))
    with translation.override(settings.LANGUAGE_CODE):
        for commitment in shown.prefetch_related("municipalities", "date_changes"):
            yield _row(commitment, numbers, at)


def _row(item: Commitment, numbers: dict, at) -> tuple:
    places = ", ".join(place.name for place in item.municipalities.all())
    return (
        item.reference, item.title, item.promised, item.promised_by, item.event.full_name,
        item.item.title if item.item else "", item.paragraph or "",
        numbers.get(item.question_id, ""), item.office.name, places, iso(item.original_due_on),
        iso(item.due_on), len(item.date_changes.all()), item.target, item.done, item.unit,
        item.percent, commitment_status(item, at).label, _day(item.closed_on), item.status_reason,
        _day(item.last_update_on), settings.SITE_URL + default_path(item),
    )  # fmt: skip


def _day(day) -> str:
    return iso(day) if day else ""
