"""Moves of an answer: drafted by the office, approved by a second person, then published."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.machine import MoveRefused, record
from portal.base.texts import clean_line, clean_text
from questions import notifications, publishing
from questions.models import Answer, Question
from questions.workflow.machines import ANSWER, APPROVE, CASE, demand, demand_own_office

ANSWERABLE = (Question.Status.ASSIGNED, Question.Status.ANSWERED)


@transaction.atomic
def draft_answer(
    question, *, actor, summary, body, correction_note="", answer=None, at=None
) -> Answer:
    """Begin an answer (or a corrected edition), or write on with a draft of one's own office."""
    demand_own_office(actor, question)
    summary, body = clean_line(summary), clean_text(body)
    if not summary or not body:
        raise MoveRefused(_("Write the summary and the answer."))
    if question.status not in ANSWERABLE:
        raise MoveRefused(_("Assign it to an office before it is answered."))
    if answer is None:
        return _new_edition(question, actor, summary, body, clean_line(correction_note), at)
    if answer.status != Answer.Status.DRAFT:
        raise MoveRefused(_("Only a draft can be changed. Ask for it to be returned."))
    rows = Answer.objects.filter(
        pk=answer.pk, revision=answer.revision, status=Answer.Status.DRAFT
    ).update(
        summary=summary, body=body, correction_note=clean_line(correction_note),
        drafted_by=actor, office=question.office, revision=answer.revision + 1,
    )  # fmt: skip
    if rows != 1:
        raise MoveRefused(_("Somebody changed this draft a moment ago. Copy your text and reload."))
    answer.refresh_from_db()
    return answer


def _new_edition(question, actor, summary, body, correction_note, at) -> Answer:
    if question.answers.filter(status__in=Answer.Status.IN_WORK).exists():
        raise MoveRefused(_("There is a draft already. Write on with that one."))
    edition = question.answers.count() + 1
    if edition > 1 and not correction_note:
        raise MoveRefused(_("Say in a sentence what this edition corrects."))
    answer = Answer.objects.create(
        question=question, edition=edition, office=question.office, summary=summary, body=body,
        correction_note=correction_note, drafted_by=actor,
    )  # fmt: skip
    record("answer", answer.pk, "status", "draft_answer", after=answer.status, actor=actor, at=at)
    return answer


@transaction.atomic
def request_approval(answer, *, actor, at=None) -> Answer:
    """The draft is ready for the second person."""
    demand_own_office(actor, answer.question)
    return ANSWER.move(answer, "request_approval", actor=actor, at=at, returned_comment="")


def _second_person(answer, actor) -> None:
    demand(actor, APPROVE)
    if answer.drafted_by_id == actor.pk:
        raise PermissionDenied(_("Another person must approve what you drafted."))


@transaction.atomic
def return_answer(answer, *, actor, comment, at=None) -> Answer:
    """Give the draft back with a comment."""
    _second_person(answer, actor)
    comment = clean_text(comment)
    if not comment:
        raise MoveRefused(_("Write what should change."))
    return ANSWER.move(
        answer, "return_answer", actor=actor, at=at, reason=comment,
        returned_comment=comment, release_at=None,
    )  # fmt: skip


@transaction.atomic
def schedule_answer(answer, *, actor, release_at, at=None) -> Answer:
    """Approve it now, publish it later: the worker does it at `release_at`."""
    _second_person(answer, actor)
    if release_at <= clock.now(at):
        raise MoveRefused(_("The release must lie ahead."))
    return ANSWER.move(
        answer, "schedule_answer", actor=actor, at=at, approved_by=actor, release_at=release_at
    )


@transaction.atomic
def publish_answer(answer, *, actor=None, at=None) -> Answer:
    """Publish the edition and close the case in one transaction; the author is told.

    `actor` is the second person; None is the clock, for a scheduled answer whose time has come.
    """
    at = clock.now(at)
    if actor is None:
        if answer.status != Answer.Status.SCHEDULED or answer.release_at > at:
            raise MoveRefused(_("It is not its time yet."))
        approver = answer.approved_by
    else:
        _second_person(answer, actor)
        approver = actor
    question = answer.question
    ANSWER.move(answer, "publish_answer", actor=actor, at=at, approved_by=approver, published_at=at)
    first = question.status == Question.Status.ASSIGNED
    CASE.move(
        question, "publish_answer", actor=actor, at=at, detail=answer.office.name,
        closed_on=clock.local_day(at) if first else question.closed_on,
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.answered(question, answer, at=at)
    return answer


def publish_scheduled(at=None) -> int:
    """Publish every scheduled answer whose time has come; a chore of the worker."""
    at = clock.now(at)
    due = Answer.objects.filter(status=Answer.Status.SCHEDULED, release_at__lte=at)
    answers = list(due.select_related("question__topic", "question__event", "office"))
    for answer in answers:
        publish_answer(answer, at=at)
    return len(answers)
