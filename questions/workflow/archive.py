"""Archiving what is disrespectful (art. 19): moderation proposes, another person signs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.machine import MoveRefused
from questions import notifications, publishing
from questions.models import Question
from questions.workflow.machines import APPROVE, CASE, MODERATE, demand, needed
from questions.workflow.undo import undoable


@undoable
@transaction.atomic
def propose_archive(question, *, actor, reason, at=None) -> Question:
    """Moderation says why a contribution is disrespectful; nothing changes until it is signed.

    Raises PermissionDenied, MoveRefused without a reason, or where it is proposed already.
    """
    demand(actor, MODERATE)
    reason = needed(reason, _("Write why it is archived."))
    if question.archive_proposal:
        raise MoveRefused(_("It is proposed already. Another person has to decide."))
    return CASE.move(
        question, "propose_archive", actor=actor, at=at, reason=reason,
        archive_proposal=reason, archive_proposed_by=actor,
    )  # fmt: skip


def _demand_second(question, actor) -> None:
    demand(actor, APPROVE)
    if not question.archive_proposal:
        raise MoveRefused(_("Moderation proposes first, with a reason."))
    if question.archive_proposed_by_id == actor.pk:
        raise PermissionDenied(_("Another person must decide what you proposed."))


@transaction.atomic
def archive_question(question, *, actor, at=None) -> Question:
    """Sign what moderation proposed; the case is closed with its trace, never deleted.

    Tells the author. Raises PermissionDenied to who proposed it, MoveRefused where nobody did.
    """
    _demand_second(question, actor)
    CASE.move(
        question, "archive_question", actor=actor, at=at, reason=question.archive_proposal,
        closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.archived(question, at=at)
    return question


@transaction.atomic
def decline_archive(question, *, actor, reason, at=None) -> Question:
    """It is not disrespectful: the case goes on as if nobody had proposed it. Tells nobody.

    Raises PermissionDenied to who proposed it, MoveRefused without a reason, or where nobody did.
    """
    _demand_second(question, actor)
    reason = needed(reason, _("Say why it is not archived."))
    return CASE.move(
        question, "decline_archive", actor=actor, at=at, reason=reason,
        archive_proposal="", archive_proposed_by=None,
    )  # fmt: skip


@transaction.atomic
def restore_question(question, *, actor, at=None) -> Question:
    """Take a case out of the archive and tell its author.

    Raises PermissionDenied, MoveRefused where it is not archived.
    """
    demand(actor, APPROVE)
    CASE.move(
        question, "restore_question", actor=actor, at=at, closed_on=None,
        archive_proposal="", archive_proposed_by=None,
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.restored(question, at=at)
    return question
