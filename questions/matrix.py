"""The matrix of an event: each public contribution with its answer, one line each.

No name of an author is in it, not even one that the contribution's own page shows: a table is
copied further than a page.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Prefetch

from events.models import Event
from portal.base import csv_lines
from portal.base.dates import iso
from portal.base.language import default_path
from questions.models import Answer, Question
from questions.status import public_status

COLUMNS = (
    "radicado", "numero", "tipo", "canal", "presentada", "radicada", "tema", "sobre", "municipio",
    "titulo", "texto", "estado", "oficina", "vence", "cerrada", "respondida", "edicion",
    "respuesta_en_una_frase", "respuesta", "unida_a", "segundo_de_la_grabacion", "direccion",
)  # fmt: skip
CHUNK = 500


def matrix_questions(event: Event):
    """The public contributions of an event with what a line needs, oldest first."""
    editions = Answer.objects.public().select_related("office").order_by("-edition")
    answers = Prefetch("answers", editions, to_attr="published_answers")
    public = Question.objects.public().filter(event=event).with_list_data()
    return public.prefetch_related(answers).order_by("number")


def rows(event: Event, at=None) -> Iterator[tuple]:
    """A tuple in the order of COLUMNS for each public contribution; reads 500 at a time."""
    for question in matrix_questions(event).iterator(CHUNK):
        yield _row(question, at)


def _row(question: Question, at) -> tuple:
    answer = next(iter(question.published_answers), None)
    joined = question.merged_into
    is_joined = joined and joined.visibility == Question.Visibility.PUBLISHED
    return (
        question.reference, question.number, question.get_kind_display(),
        question.get_channel_display(), iso(question.submitted_at), iso(question.filed_on),
        question.topic.name, question.about_title, question.place,
        question.public_title, question.public_text, public_status(question, at).label,
        question.office.name if question.office else "", iso(question.due_on),
        iso(question.closed_on) if question.closed_on else "",
        iso(answer.published_at) if answer else "", answer.edition if answer else "",
        answer.summary if answer else "", answer.body if answer else "",
        joined.reference if is_joined else "", question.live_second,
        settings.SITE_URL + default_path(question),
    )  # fmt: skip


def lines(event: Event, at=None) -> Iterator[bytes]:
    """The matrix as a CSV file, line by line."""
    return csv_lines.lines(COLUMNS, rows(event, at))
