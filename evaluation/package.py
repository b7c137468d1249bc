"""What the surveys of an event put into its package: the results of closed ones."""

from collections.abc import Iterator

from accountability.package import parts
from accountability.package.parts import Part
from evaluation import selectors
from evaluation.models import Survey
from events.models import Event
from portal.base import csv_lines


def parts_of(event: Event, _at) -> Iterator[Part]:
    """A table for each survey that was closed; words that people wrote are only counted."""
    closed = Survey.objects.public().filter(event=event, status=Survey.Status.CLOSED)
    for survey in selectors.with_questions(closed):
        yield Part(
            f"datos/encuesta-{survey.number}.csv", lambda survey=survey: _lines(survey),
            title=str(survey), group=str(survey._meta.verbose_name).capitalize(),
        )  # fmt: skip


def _lines(survey: Survey) -> Iterator[bytes]:
    return csv_lines.lines(selectors.COLUMNS, selectors.rows(selectors.results(survey)))


parts.register(parts_of)
