"""The tables of a package, each as columns and a function that reads its rows."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from accountability.models import Commitment, CommitmentUpdate
from accountability.status import commitment_status
from events.models import Event
from events.results import exports as results
from events.results.selectors import results_of
from events.session.selectors import log_of
from portal.base.dates import iso
from portal.base.language import default_path
from questions import matrix

Table = tuple[str, tuple[str, ...], Callable[[], Iterable[tuple]]]

AGENDA = ("orden", "titulo", "minutos", "comenzo", "segundo_de_la_grabacion")
COMMITMENTS = (
    "referencia", "compromiso", "como_se_prometio", "prometido_por", "oficina", "municipios",
    "fecha_inicial", "fecha_vigente", "estado", "hecho", "meta", "unidad", "cerrado",
    "ultima_novedad", "motivo", "direccion",
)  # fmt: skip
UPDATES = ("referencia", "dia", "novedad", "detalle", "hecho", "publicada")
DATES = ("referencia", "dia", "de", "a", "motivo", "aprobado_por")
SESSION = ("cuando", "segundo_de_la_grabacion", "clase", "texto")


def of_event(event: Event, at=None) -> Iterator[Table]:
    yield "preguntas", matrix.COLUMNS, lambda: matrix.rows(event, at)
    yield "compromisos", COMMITMENTS, lambda: _commitments(event, at)
    yield "compromisos-novedades", UPDATES, lambda: _updates(event)
    yield "compromisos-fechas", DATES, lambda: _dates(event)
    yield "agenda", AGENDA, lambda: _agenda(event)
    yield "cuentas", results.COLUMNS, lambda: map(results.line, results_of(event))
    yield "jornada", SESSION, lambda: _session(event)


def _public(event):
    return Commitment.objects.public().filter(event=event).order_by("reference")


def _commitments(event, at):
    rows = _public(event).select_related("office").prefetch_related("municipalities")
    for item in rows.prefetch_related("date_changes"):
        yield (
            item.reference, item.title, item.promised, item.promised_by, item.office.name,
            ", ".join(place.name for place in item.municipalities.all()),
            iso(item.original_due_on), iso(item.due_on), str(commitment_status(item, at).label),
            item.done, item.target, item.unit, _day(item.closed_on), _day(item.last_update_on),
            item.status_reason, settings.SITE_URL + default_path(item),
        )  # fmt: skip


def _day(value) -> str:
    return iso(value) if value else ""


def _updates(event):
    news = CommitmentUpdate.objects.public().filter(commitment__in=_public(event))
    for one in news.select_related("commitment").order_by("commitment__reference", "happened_on"):
        yield (
            one.commitment.reference, iso(one.happened_on), one.title, one.body, one.done,
            _day(one.published_at),
        )  # fmt: skip


def _dates(event):
    for item in _public(event).prefetch_related("date_changes"):
        for change in item.date_changes.all():
            yield (
                item.reference, iso(change.changed_on), iso(change.from_date), iso(change.to_date),
                change.reason, change.approved_by_post,
            )  # fmt: skip


def _agenda(event):
    for item in event.agenda.all():
        yield item.order, item.title, item.minutes, _day(item.started_at), item.recording_second


def _session(event):
    for line in reversed(log_of(event, public=True)):
        yield iso(line.at), line.second, line.get_kind_display(), line.text
