"""The demonstration's surveys: a closed evaluation with its answers, and a poll to be opened."""

from functools import partial
from pathlib import Path

from evaluation import workflow
from evaluation.models import Choice, Survey, SurveyQuestion
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, instant, read

FILE = "surveys.toml"


def plan(directory: Path, timeline: Timeline, cast: Cast, acts: dict[str, Act]) -> None:
    data = read(directory / FILE)
    evaluation, poll = data["evaluation"], data["poll"]
    event = acts[evaluation["event"]].event
    opened = partial(_evaluate, event, evaluation, cast)
    timeline.put(instant(evaluation["opened"]), opened)
    timeline.put(instant(evaluation["closed"]), partial(_close, event, cast))
    draft_poll(acts[poll["event"]].event, poll, cast)


def _evaluate(event, row: dict, cast: Cast, at) -> None:
    survey = workflow.default_evaluation(event, actor=cast.writer)
    workflow.open_survey(survey, actor=cast.writer, at=at)
    for number, answers in enumerate(_ballots(survey, row)):
        workflow.cast_ballot(survey, person=f"demo-{number}", answers=answers, at=at)


def _ballots(survey: Survey, row: dict) -> list[dict[int, dict]]:
    """One ballot for each person: the n-th person gives the n-th answer of every question."""
    ballots: list[dict[int, dict]] = [{} for _person in range(max(map(sum, row["answers"])))]
    questions = list(survey.questions.all())
    for question, counts in zip(questions, row["answers"], strict=False):
        said = [answer for n, count in enumerate(counts) for answer in [_said(question, n)] * count]
        for ballot, answer in zip(ballots, said, strict=False):
            ballot[question.pk] = answer
    for ballot, words in zip(ballots, row["words"], strict=False):
        ballot[questions[-1].pk] = {"words": words}
    return ballots


def _said(question: SurveyQuestion, place: int) -> dict:
    if question.kind == SurveyQuestion.Kind.SCALE:
        return {"scale": place + 1}
    return {"choice_id": question.choices.all()[place].pk}


def _close(event, cast: Cast, at) -> None:
    survey = event.surveys.get(kind=Survey.Kind.EVALUATION)
    workflow.close_survey(survey, actor=cast.writer, at=at)


def draft_poll(event, row: dict, cast: Cast) -> None:
    """A poll that the console may open."""
    survey = workflow.add_survey(
        event, actor=cast.writer, kind=Survey.Kind.POLL, title=row["title"]
    )
    question = SurveyQuestion.objects.create(survey=survey, order=1, text=row["question"])
    Choice.objects.bulk_create(
        Choice(question=question, order=order, text=text)
        for order, text in enumerate(row["choices"], 1)
    )
