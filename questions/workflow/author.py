"""Moves of the author, who proved to be one with the code or with a link of a mail."""

from django.db import transaction
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.texts import clean_text
from questions import notifications, publishing, terms, voices
from questions.models import Question
from questions.workflow.machines import CASE, VISIBILITY, needed


@transaction.atomic
def answer_clarification(question, *, reply, at=None) -> Question:
    """Store the author's reply; the clock runs again from the next working day.

    Tells the author that it came. Raises MoveRefused without a reply, or where none is awaited.
    """
    reply = needed(reply, _("Write your clarification."))
    status = Question.Status.ASSIGNED if question.office_id else Question.Status.RECEIVED
    today = clock.local_day(at)
    CASE.move(
        question, "answer_clarification", at=at, to=status,
        paused_days_left=None, **terms.at_resumption(question, today, registry()),
    )  # fmt: skip
    pending = question.clarifications.filter(replied_at__isnull=True)
    pending.update(reply=reply, replied_at=clock.now(at))
    publishing.question_changed(question)
    notifications.clarified(question, at=at)
    return question


@transaction.atomic
def withdraw_question(question, *, at=None) -> Question:
    """The author takes it back (art. 18); a published text goes off the public pages.

    Tells the author and followers. Raises MoveRefused where it is closed.
    """
    CASE.move(question, "withdraw_question", at=at, closed_on=clock.local_day(at))
    was_public = question.visibility == Question.Visibility.PUBLISHED
    if was_public:
        VISIBILITY.move(question, "withhold", at=at, reason="withdrawn")
    publishing.question_changed(question)
    notifications.withdrawn(question, was_public=was_public, at=at)
    return question


@transaction.atomic
def reopen_question(question, *, reason, at=None) -> Question:
    """The answer did not answer: once, with a reason, with a new term.

    Tells the author. Raises MoveRefused without a reason, a second time, or before the answer.
    """
    reason = needed(reason, _("Tell us what is still missing."))
    if question.reopened_on:
        raise MoveRefused(_("It was reopened once already."))
    today = clock.local_day(at)
    CASE.move(
        question, "reopen_question", at=at, reason=reason, reopened_on=today, closed_on=None,
        extended_from=None, **terms.at_reopening(question, today, registry()),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.reopened(question, at=at)
    return question


@transaction.atomic
def judge_answer(question, answer, *, value, reason="", reopen=False, at=None) -> Question:
    """What the author says of an edition; with `reopen` the case is reopened for that reason.

    Then the reason stands in the history of the case, else it is the comment of the verdict.
    Raises MoveRefused where it was reopened already.
    """
    if reopen:
        reopen_question(question, reason=reason, at=at)
        reason = ""
    voices.set_author_verdict(answer, value=value, comment=clean_text(reason), at=at)
    return question
