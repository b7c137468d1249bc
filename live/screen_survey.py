"""A survey on the screen of the room: how to answer it, or its numbers once it is closed."""

from collections import Counter

from django.db.models import Count

from evaluation.models import BallotAnswer, Survey, SurveyQuestion
from evaluation.selectors import SCALE, open_surveys

Kind = SurveyQuestion.Kind


def evaluation_of(event) -> Survey | None:
    """The evaluation of the event, while it can be answered."""
    surveys = open_surveys(event)
    return next((survey for survey in surveys if survey.kind == Survey.Kind.EVALUATION), None)


def numbers_of(survey: Survey) -> dict:
    """The first question that can be counted, its answers as rows, and how many answered it.

    What people wrote in words is not shown: nobody has moderated it. One question is what a room
    reads, so this asks for less than `evaluation.selectors.results`.
    """
    question = survey.questions.exclude(kind=Kind.TEXT).prefetch_related("choices").first()
    if question is None:
        return {"asked": None, "answers": [], "people": 0}
    by = "scale" if question.kind == Kind.SCALE else "choice"
    said = BallotAnswer.objects.filter(question=question).values_list(by).annotate(Count("pk"))
    counted = Counter(dict(said))
    people = sum(counted[key] for key, _words in _offered(question))
    rows = [
        {"title": words, "number": counted[key], "percent": _percent(counted[key], people)}
        for key, words in _offered(question)
    ]
    return {"asked": question, "answers": rows, "people": people}


def _offered(question) -> list[tuple[int, str]]:
    if question.kind == Kind.SCALE:
        return [(step, str(step)) for step in SCALE]
    return [(choice.pk, choice.text) for choice in question.choices.all()]


def _percent(number: int, people: int) -> int:
    return round(100 * number / people) if people else 0
