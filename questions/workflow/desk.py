"""Moves of the moderation desk: what is public, who answers, how a case ends without an answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.texts import clean_line, short_slug
from questions import notifications, publishing
from questions.models import Question
from questions.workflow.machines import (
    CASE,
    MODERATE,
    VISIBILITY,
    demand,
    is_of_office,
    needed,
)
from questions.workflow.undo import undoable


@undoable
@transaction.atomic
def publish_text(question, *, actor, public_text, title="", at=None) -> Question:
    """Make a contribution public with its public text; the address is fixed the first time.

    Tells the author. Raises PermissionDenied, MoveRefused without a text, and for what its author
    withdrew or what was archived.
    """
    demand(actor, MODERATE)
    if question.status in (Question.Status.WITHDRAWN, Question.Status.ARCHIVED):
        raise MoveRefused(_("What its author withdrew, or what is archived, is not published."))
    text = needed(public_text, _("Write the public text."))
    title = clean_line(title)[:120] or _first_words(text)
    VISIBILITY.move(
        question, "publish_text", actor=actor, at=at,
        public_text=text, title=title, slug=question.slug or short_slug(title),
        published_at=question.published_at or clock.now(at), withhold_reason="",
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.published(question, at=at)
    return question


@undoable
@transaction.atomic
def assign_question(question, *, actor, office, at=None) -> Question:
    """Give the case to an office, or to another one. The office finds it in its queue.

    Raises PermissionDenied, MoveRefused for an office that is closed, or where the case is not
    open.
    """
    demand(actor, MODERATE)
    if not office.is_active:
        raise MoveRefused(_("That office no longer exists. Choose another one."))
    CASE.move(question, "assign_question", actor=actor, at=at, detail=office.name, office=office)
    publishing.question_changed(question)
    return question


@undoable
@transaction.atomic
def publish_and_assign(question, *, actor, office, public_text, title="", at=None) -> Question:
    """Both moves or none; they are undone as one. Tells and raises what each of them does."""
    publish_text(question, actor=actor, public_text=public_text, title=title, at=at)
    return assign_question(question, actor=actor, office=office, at=at)


def _first_words(text: str, most: int = 90) -> str:
    line = clean_line(text)
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


@undoable
@transaction.atomic
def withhold(question, *, actor, reason, at=None) -> Question:
    """Keep (or take) a contribution off the public pages, for one of four reasons.

    The author is told and is still answered. Raises PermissionDenied, MoveRefused for any other
    reason.
    """
    demand(actor, MODERATE)
    if reason not in Question.WithholdReason.values:
        raise MoveRefused(_("Choose one of the reasons."))
    VISIBILITY.move(question, "withhold", actor=actor, at=at, reason=reason, withhold_reason=reason)
    publishing.question_changed(question)
    notifications.withheld(question, at=at)
    return question


@undoable
@transaction.atomic
def return_to_moderation(question, *, actor, reason, at=None) -> Question:
    """The office says that it is not its business; the desk decides anew. Tells nobody.

    Raises PermissionDenied to other offices, MoveRefused without a reason, or where no office has
    it.
    """
    if not is_of_office(actor, question.office):
        demand(actor, MODERATE)
    reason = needed(reason, _("Say why it is not for your office."))
    CASE.move(question, "return_to_moderation", actor=actor, at=at, reason=reason, office=None)
    publishing.question_changed(question)
    return question


@undoable
@transaction.atomic
def merge_question(question, *, actor, into, at=None) -> Question:
    """Join a case to another that asks the same; its author gets that answer too.

    Tells that author. Raises PermissionDenied, MoveRefused where the other one is joined itself,
    or will never be answered here: its author would wait for nothing.
    """
    demand(actor, MODERATE)
    if into.pk == question.pk or into.status == Question.Status.MERGED:
        raise MoveRefused(_("Choose another contribution that is not joined itself."))
    if into.status not in (*Question.Status.OPEN, Question.Status.ANSWERED):
        raise MoveRefused(_("That one will not be answered here. Choose one that is or will be."))
    CASE.move(
        question, "merge_question", actor=actor, at=at, detail=str(into.number),
        merged_into=into, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    publishing.question_changed(into)
    notifications.merged(question, at=at)
    return question


@undoable
@transaction.atomic
def split_question(question, *, actor, at=None) -> Question:
    """Undo a merge: the case goes on by itself, and its author is told.

    Raises PermissionDenied, MoveRefused where it is not joined to another one.
    """
    demand(actor, MODERATE)
    CASE.move(question, "split_question", actor=actor, at=at, merged_into=None, closed_on=None)
    publishing.question_changed(question)
    notifications.split(question, at=at)
    return question


@undoable
@transaction.atomic
def transfer_question(question, *, actor, body, letter, at=None) -> Question:
    """Send it to the competent entity (within five working days, art. 21) and tell the author.

    Raises PermissionDenied, MoveRefused without the entity or the letter, or where it is closed.
    """
    demand(actor, MODERATE)
    body = needed(body, _("Write the entity that is competent."))
    letter = needed(letter, _("Write the number of the letter of transfer."))
    CASE.move(
        question, "transfer_question", actor=actor, at=at, detail=body,
        transferred_to=body, case_reference=letter, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.closed_elsewhere(question, at=at)
    return question


@undoable
@transaction.atomic
def move_to_pqrsd(question, *, actor, reference, at=None) -> Question:
    """Handle it in the PQRSD channel under the number it got there, and tell the author.

    Raises PermissionDenied, MoveRefused without the number, or where it is closed.
    """
    demand(actor, MODERATE)
    reference = needed(reference, _("Write the PQRSD number."))
    CASE.move(
        question, "move_to_pqrsd", actor=actor, at=at, detail=reference,
        case_reference=reference, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.closed_elsewhere(question, at=at)
    return question
