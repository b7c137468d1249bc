"""Moves of an answer: drafted by the office, approved by a second person, then published."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.machine import MoveRefused, record
from portal.base.texts import clean_line, clean_text
from questions import ledger, notifications, publishing
from questions.models import Answer, AnswerFile, Question
from questions.workflow.machines import (
    ANSWER,
    APPROVE,
    CASE,
    demand,
    demand_own_office,
    needed,
)

logger = logging.getLogger(__name__)

ANSWERABLE = (Question.Status.ASSIGNED, Question.Status.ANSWERED)
LONGEST_WAIT = timedelta(days=366)


@transaction.atomic
def draft_answer(
    question, *, actor, summary, body, correction_note="", answer=None, at=None
) -> Answer:
    """Begin an answer (or a corrected edition), or write on with a draft of one's own office.

    A corrected edition begins with the files of the one that stands. Tells nobody. Raises
    PermissionDenied to other offices, MoveRefused without the texts or where somebody was first.
    """
    demand_own_office(actor, question)
    summary, body = clean_line(summary), clean_text(body)
    if not summary or not body:
        raise MoveRefused(_("Write the summary and the answer."))
    if question.status not in ANSWERABLE:
        raise MoveRefused(_("Assign it to an office before it is answered."))
    text = {"summary": summary, "body": body, "correction_note": clean_line(correction_note)}
    if answer is None:
        return _new_edition(question, actor, text, at)
    if answer.edition > 1 and not text["correction_note"]:
        raise MoveRefused(_("Say in a sentence what this edition corrects."))
    return write_on(answer, actor=actor, at=at, office=question.office, **text)


def _new_edition(question, actor, text, at) -> Answer:
    if question.answers.filter(status__in=Answer.Status.IN_WORK).exists():
        raise MoveRefused(_("There is a draft already. Write on with that one."))
    standing = publishing.standing_answer(question)
    edition = question.answers.count() + 1
    if edition > 1 and not text["correction_note"]:
        raise MoveRefused(_("Say in a sentence what this edition corrects."))
    try:
        with transaction.atomic():
            answer = Answer.objects.create(
                question=question, edition=edition, office=question.office, drafted_by=actor, **text
            )
    except IntegrityError as error:  # two people began it at the same moment
        raise MoveRefused(_("There is a draft already. Write on with that one.")) from error
    if standing:
        _copy_files(standing, answer)
    record("answer", answer.pk, "status", "draft_answer", after=answer.status, actor=actor, at=at)
    return answer


def _copy_files(standing, answer) -> None:
    """The new edition names the same stored files; those of the old one stay as they are."""
    AnswerFile.objects.bulk_create(
        AnswerFile(
            answer=answer, stored_id=file.stored_id, small_id=file.small_id,
            title=file.title, alt_text=file.alt_text,
        )
        for file in standing.files.all()
    )  # fmt: skip


def write_on(answer, *, actor, at=None, **fields) -> Answer:
    """Change a draft in one compare-and-set, and note a person who had not written in it yet.

    Whoever is noted may not approve this edition. Call it inside a transaction, after asking who
    may. Raises MoveRefused where it is no draft any more or somebody changed it first.
    """
    if answer.status != Answer.Status.DRAFT:
        raise MoveRefused(_("Only a draft can be changed. Ask for it to be returned."))
    is_new_writer = not answer.is_written_by(actor)
    rows = Answer.objects.filter(
        pk=answer.pk, revision=answer.revision, status=Answer.Status.DRAFT
    ).update(drafted_by=actor, revision=answer.revision + 1, **fields)
    if rows != 1:
        raise MoveRefused(_("Somebody changed this draft a moment ago. Copy your text and reload."))
    if is_new_writer:
        state = Answer.Status.DRAFT
        record(
            "answer", answer.pk, "status", "draft_answer",
            before=state, after=state, actor=actor, at=at,
        )  # fmt: skip
    answer.refresh_from_db()
    return answer


@transaction.atomic
def request_approval(answer, *, actor, at=None) -> Answer:
    """The draft is ready for the second person. Tells nobody.

    Raises PermissionDenied to other offices, MoveRefused where it is no draft.
    """
    demand_own_office(actor, answer.question)
    return ANSWER.move(answer, "request_approval", actor=actor, at=at, returned_comment="")


def _second_person(answer, actor) -> None:
    """Who approves wrote no word of this edition, were it before a colleague wrote on."""
    demand(actor, APPROVE)
    if answer.is_written_by(actor):
        raise PermissionDenied(_("Another person must approve what you drafted."))


@transaction.atomic
def return_answer(answer, *, actor, comment, at=None) -> Answer:
    """Give the draft back with a comment; a release that was set is forgotten.

    Raises PermissionDenied to who wrote it, MoveRefused without a comment.
    """
    _second_person(answer, actor)
    comment = needed(comment, _("Write what should change."))
    return ANSWER.move(
        answer, "return_answer", actor=actor, at=at, reason=comment,
        returned_comment=comment, release_at=None,
    )  # fmt: skip


def check_release(release_at, at=None) -> None:
    """Raises MoveRefused for a moment of publication that is past or more than a year ahead."""
    if release_at <= clock.now(at):
        raise MoveRefused(_("The release must lie ahead."))
    if release_at > clock.now(at) + LONGEST_WAIT:
        raise MoveRefused(_("The release must be within a year."))


@transaction.atomic
def schedule_answer(answer, *, actor, release_at, at=None) -> Answer:
    """Approve it now, publish it later: the worker does it at `release_at`.

    Raises PermissionDenied to who wrote it, MoveRefused for a moment that is past or far away.
    """
    _second_person(answer, actor)
    check_release(release_at, at)
    return ANSWER.move(
        answer, "schedule_answer", actor=actor, at=at, approved_by=actor, release_at=release_at
    )


@transaction.atomic
def publish_answer(answer, *, actor=None, at=None) -> Answer:
    """Publish the edition and close the case in one transaction; the author is told.

    `actor` is the second person; None is the clock, for a scheduled answer whose time has come.
    Followers are told too. Raises PermissionDenied to who wrote it, MoveRefused before its time.
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
    ledger.answer_published(answer, at=at)
    notifications.answered(question, answer, at=at)
    return answer


def publish_scheduled(at=None) -> int:
    """Publish every scheduled answer whose time has come; a chore of the worker.

    Each one in a transaction of its own: one that fails is logged and tried again the next time,
    and the others go out. What was withdrawn or stands still meanwhile waits for a person.
    """
    at = clock.now(at)
    due = Answer.objects.filter(
        status=Answer.Status.SCHEDULED, release_at__lte=at, question__status__in=ANSWERABLE
    )
    found = list(due.order_by("release_at", "pk").values_list("pk", flat=True))
    return sum(_release(pk, at) for pk in found)


def _release(pk, at) -> bool:
    """Publish one; False where another worker or a person was first, or where it failed."""
    answers = Answer.objects.select_related("question__topic", "question__event", "office")
    try:
        publish_answer(answers.get(pk=pk), at=at)
    except MoveRefused:
        return False
    except Exception:  # whatever is wrong with one, the others were promised for this moment too
        logger.exception("scheduled answer %s was not published", pk)
        return False
    return True
