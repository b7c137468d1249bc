"""Surveys are opened, answered and closed here: the only writer of their status and ballots."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from evaluation.models import Ballot, BallotAnswer, Choice, Survey, SurveyQuestion
from events import publishing
from events.models import Event, LogLine
from events.session import log
from portal.base import clock
from portal.base.machine import Machine, MoveRefused

RUN, ADD = "evaluation.run_survey", "evaluation.add_survey"
S = Survey.Status

SURVEY = Machine(
    kind="survey",
    column="status",
    moves={
        "open_survey": ((S.DRAFT, S.CLOSED), S.OPEN),
        "close_survey": ((S.OPEN,), S.CLOSED),
    },
)


def _demand(actor, permission: str = RUN) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def open_survey(survey, *, actor, at=None) -> Survey:
    """Take answers from now on; an evaluation that was closed may go on, a poll may not.

    Raises PermissionDenied, and MoveRefused while another poll of the event is open, without
    questions, for a choice of fewer than two answers, or for a draft event.
    """
    _demand(actor)
    if survey.event.status == Event.Status.DRAFT:
        raise MoveRefused(_("Its event is not public yet."))
    if survey.status == S.CLOSED and survey.kind == Survey.Kind.POLL:
        raise MoveRefused(_("Its results were shown already. Make another poll."))
    _demand_questions(survey)
    _demand_no_other(survey)
    at = clock.now(at)
    SURVEY.move(survey, "open_survey", actor=actor, at=at, opened_at=at, closed_at=None)
    _told(survey, _("Survey open: %(title)s"), actor, at)
    return survey


def _demand_questions(survey) -> None:
    questions = survey.questions.annotate(offered=Count("choices"))
    if not questions:
        raise MoveRefused(_("Write its questions first."))
    if questions.filter(kind=SurveyQuestion.Kind.CHOICE, offered__lt=2).exists():
        raise MoveRefused(_("A question to choose from needs two answers at least."))


def _demand_no_other(survey) -> None:
    """One quick poll at a time: the room answers one question after the other."""
    Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=survey.event_id)
    others = survey.event.surveys.open().filter(kind=Survey.Kind.POLL).exclude(pk=survey.pk)
    if survey.kind == Survey.Kind.POLL and others.exists():
        raise MoveRefused(_("Another poll is open. Close it first."))


@transaction.atomic
def close_survey(survey, *, actor, at=None) -> Survey:
    """No more answers; its results are public from now on."""
    _demand(actor)
    at = clock.now(at)
    SURVEY.move(survey, "close_survey", actor=actor, at=at, closed_at=at)
    _told(survey, _("Survey closed: %(title)s"), actor, at)
    return survey


def _told(survey, words: str, actor, at) -> None:
    log.add(
        survey.event, LogLine.Kind.SURVEY, words % {"title": survey.title}, actor=actor, at=at,
        about_kind="survey", about_id=survey.pk,
    )  # fmt: skip
    publishing.session_changed(survey.event)


@transaction.atomic
def cast_ballot(survey, *, person: str, answers: dict[int, dict], at=None) -> bool:
    """Keep one person's answers; False where this person answered before (nothing changes).

    `answers` gives for the key of a question one of `choice`, `scale`, `words`, as the form of the
    survey checked them. Raises MoveRefused when the survey is not open.
    """
    # Locked, so that no ballot comes in behind the closing: its results are public at once.
    mine = Survey.objects.open().select_for_update(no_key=True).filter(pk=survey.pk)
    if not mine.first():
        raise MoveRefused(_("This survey takes no answers now."))
    made = Ballot.objects.bulk_create(
        [Ballot(survey=survey, person=person, answered_at=clock.now(at))], ignore_conflicts=True
    )
    ballot = Ballot.objects.get(survey=survey, person=person)
    if ballot.answers.exists() or not made:
        return False
    BallotAnswer.objects.bulk_create(
        (BallotAnswer(ballot=ballot, question_id=key, **said) for key, said in answers.items()),
        ignore_conflicts=True,
    )
    return True


@transaction.atomic
def add_survey(event, *, actor, kind: str, title: str) -> Survey:
    """A draft with the next number of its event. Raises MoveRefused for a second evaluation."""
    _demand(actor, ADD)
    surveys = Survey.objects.filter(event=event)
    if kind == Survey.Kind.EVALUATION and surveys.filter(kind=kind).exists():
        raise MoveRefused(_("This event has its evaluation already."))
    return Survey.objects.create(event=event, kind=kind, title=title, number=next_number(event))


def next_number(event) -> int:
    """Numbers of an event's surveys are in their addresses and never used again."""
    return (Survey.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0) + 1


def usual_questions() -> list[tuple[str, str, list[str]]]:
    """What an evaluation asks: kind, words, offered answers. The first must be answered."""
    K = SurveyQuestion.Kind
    return [
        (K.SCALE, _("How do you rate the event?"), []),
        (K.SCALE, _("Was the information clear?"), []),
        (K.SCALE, _("Was there enough time to ask?"), []),
        (
            K.CHOICE,
            _("Did they answer what people asked?"),
            [_("Yes"), _("Partly"), _("No"), _("I do not know")],
        ),
        (
            K.CHOICE,
            _("How did you follow the event?"),
            [_("In the room"), "Zoom", "Facebook Live", _("Radio"), _("Another way")],
        ),
        (
            K.CHOICE,
            _("How did you hear of it?"),
            [_("Site of the entity"), _("Social networks"), _("Invitation"), _("Radio or press"),
             _("Somebody told me")],
        ),
        (K.TEXT, _("What should be better the next time?"), []),
    ]  # fmt: skip


@transaction.atomic
def default_evaluation(event, *, actor) -> Survey:
    """The usual evaluation of an event, as a draft that may be edited."""
    survey = add_survey(
        event, actor=actor, kind=Survey.Kind.EVALUATION, title=_("How was the event?")
    )
    for order, (kind, text, offered) in enumerate(usual_questions(), start=1):
        question = SurveyQuestion.objects.create(
            survey=survey, order=order, kind=kind, text=text, is_required=order == 1
        )
        Choice.objects.bulk_create(
            Choice(question=question, order=n, text=words) for n, words in enumerate(offered, 1)
        )
    return survey


def may_be_edited(survey) -> bool:
    """What people answered keeps its questions."""
    return survey is None or survey.status == S.DRAFT
