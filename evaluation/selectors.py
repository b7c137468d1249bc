"""What pages, console and screen show of surveys, in a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Avg, Case, Count, Prefetch, Q, When
from django.db.models.functions import Coalesce

from evaluation.models import BallotAnswer, Survey, SurveyQuestion

K = SurveyQuestion.Kind
SCALE = range(1, 6)


@dataclass(frozen=True)
class Bar:
    """One answer that was offered: how many chose it, and what part of those who answered."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class QuestionResult:
    """What was said to one question; words are only counted."""

    text: str
    kind: str
    count: int
    bars: list[Bar]
    average: float | None = None


@dataclass(frozen=True)
class Results:
    """A survey with what was answered."""

    survey: Survey
    ballots: int
    questions: list[QuestionResult]


def with_questions(surveys):
    """Surveys with their questions and the answers that are offered: two queries more."""
    questions = SurveyQuestion.objects.prefetch_related("choices")
    return surveys.select_related("event").prefetch_related(Prefetch("questions", questions))


def _counted(surveys):
    return surveys.annotate(ballots_count=Count("ballots"))


def console_surveys(event) -> list[Survey]:
    """Those of an event with `ballots_count`, in their order."""
    return list(_counted(Survey.objects.filter(event=event)))


def open_surveys(event) -> list[Survey]:
    """Those that take answers now."""
    surveys = list(Survey.objects.public().open().filter(event=event))
    for survey in surveys:
        survey.event = event
    return surveys


def public_surveys(event) -> tuple[list[Survey], list[Survey]]:
    """Those that take answers now, and those whose results are public; one query."""
    surveys = list(Survey.objects.public().filter(event=event))
    for survey in surveys:
        survey.event = event
    taking = [survey for survey in surveys if survey.status == Survey.Status.OPEN]
    return taking, [survey for survey in surveys if survey not in taking]


def screen_survey(event) -> Survey | None:
    """What the screen of the room shows: the open poll, else what was opened or closed last.

    So the results of a poll are seen when it is closed, though the evaluation is open all the time.
    """
    shown = _counted(Survey.objects.public().filter(event=event)).select_related("event")
    asked = Q(status=Survey.Status.OPEN, kind=Survey.Kind.POLL)
    ranked = shown.annotate(
        rank=Case(When(asked, then=0), default=1), decided_at=Coalesce("closed_at", "opened_at")
    )
    return ranked.order_by("rank", "-decided_at", "-pk").first()


def results(survey: Survey) -> Results:
    """What was answered, counted; four queries whatever the number of ballots."""
    answers = BallotAnswer.objects.filter(question__survey=survey).order_by()
    choices = dict(
        answers.exclude(choice=None).values_list("choice").annotate(n=Count("pk"))
    )  # fmt: skip
    scales = {
        (question, scale): n
        for question, scale, n in answers.exclude(scale=None)
        .values_list("question", "scale")
        .annotate(n=Count("pk"))
    }
    said = {
        row["question"]: row
        for row in answers.values("question").annotate(n=Count("pk"), average=Avg("scale"))
    }
    questions = [
        _result(question, choices, scales, said.get(question.pk)) for question in _asked(survey)
    ]
    return Results(survey, survey.ballots.count(), questions)


def _asked(survey):
    return survey.questions.prefetch_related("choices")


def _result(question, choices, scales, said) -> QuestionResult:
    total = said["n"] if said else 0
    offered = {
        K.CHOICE: lambda: [(c.text, choices.get(c.pk, 0)) for c in question.choices.all()],
        K.SCALE: lambda: [(str(n), scales.get((question.pk, n), 0)) for n in SCALE],
        K.TEXT: list,
    }[question.kind]()
    bars = [Bar(label, n, round(100 * n / total) if total else 0) for label, n in offered]
    average = said["average"] if said and question.kind == K.SCALE else None
    return QuestionResult(question.text, question.kind, total, bars, average)


def words_of(survey: Survey):
    """What was written, newest first: for the staff alone."""
    answers = BallotAnswer.objects.filter(question__survey=survey).exclude(words="")
    return answers.select_related("question").order_by("-ballot__answered_at", "-pk")[:500]


# Of the table of results.
COLUMNS = ("pregunta", "respuesta", "personas", "porcentaje")


def rows(found: Results):
    """The results as rows of a table: question, answer, how many, percent."""
    for question in found.questions:
        if question.kind == K.TEXT:
            yield (question.text, "", question.count, "")
        for bar in question.bars:
            yield (question.text, bar.label, bar.count, bar.percent)


def choices_of(question: SurveyQuestion) -> list[tuple[str, str]]:
    """What a form offers for a question."""
    if question.kind == K.SCALE:
        return [(str(n), str(n)) for n in SCALE]
    return [(str(choice.pk), choice.text) for choice in question.choices.all()]
