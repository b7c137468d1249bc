"""What the surveys of an event leave in its minutes: the results of closed ones."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.minutes import texts
from evaluation import selectors
from evaluation.models import Survey, SurveyQuestion
from events.models import Event


def told_of(event: Event) -> list[str]:
    """A paragraph for each survey that was closed; words that people wrote are only counted."""
    closed = Survey.objects.public().filter(event=event, status=Survey.Status.CLOSED)
    return [_told(selectors.results(survey)) for survey in selectors.with_questions(closed)]


def _told(found: selectors.Results) -> str:
    head = ngettext(
        "%(survey)s: %(n)s person answered.", "%(survey)s: %(n)s people answered.", found.ballots
    ) % {"survey": found.survey.title, "n": found.ballots}
    return "\n".join([head, *_lines(found)])


def _lines(found: selectors.Results) -> Iterator[str]:
    for question in found.questions:
        if question.kind == SurveyQuestion.Kind.TEXT:
            said = ngettext(
                "%(n)s person wrote something.", "%(n)s people wrote something.", question.count
            ) % {"n": question.count}
        elif question.average is not None:
            said = _("%(average)s of 5.") % {"average": number_format(question.average, 1)}
        else:
            said = "; ".join(f"{bar.label}: {bar.count} ({bar.percent} %)" for bar in question.bars)
        yield f"{question.text} {said}"


texts.evaluations.append(told_of)
