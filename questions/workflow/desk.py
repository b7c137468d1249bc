"""Moves of the moderation desk: what is public, who answers, how a case ends without an answer."""

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from entity.registry import working_calendar
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.texts import clean_line, clean_text, short_slug
from questions import notifications, publishing, terms
from questions.models import Clarification, Question
from questions.workflow.machines import (
    APPROVE,
    CASE,
    MODERATE,
    VISIBILITY,
    demand,
    demand_desk_or_office,
    is_of_office,
)


def _needed(text: str, sentence: str) -> str:
    text = clean_text(text)
    if not text:
        raise MoveRefused(sentence)
    return text


@transaction.atomic
def publish_text(question, *, actor, public_text, title="", at=None) -> Question:
    """Make a contribution public with its public text; the address is fixed the first time.

    Tells the author. Raises MoveRefused without a text, and for what its author withdrew or
    what was archived.
    """
    demand(actor, MODERATE)
    if question.status in (Question.Status.WITHDRAWN, Question.Status.ARCHIVED):
        raise MoveRefused(_("What its author withdrew, or what is archived, is not published."))
    text = _needed(public_text, _("Write the public text."))
    title = clean_line(title)[:120] or _first_words(text)
    VISIBILITY.move(
        question, "publish_text", actor=actor, at=at,
        public_text=text, title=title, slug=question.slug or short_slug(title),
        published_at=question.published_at or clock.now(at), withhold_reason="",
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.published(question, at=at)
    return question


def _first_words(text: str, most: int = 90) -> str:
    line = clean_line(text)
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


@transaction.atomic
def withhold(question, *, actor, reason, at=None) -> Question:
    """Keep (or take) a contribution off the public pages, for one of four reasons.

    The author is told and is still answered. Raises MoveRefused for any other reason.
    """
    demand(actor, MODERATE)
    if reason not in Question.WithholdReason.values:
        raise MoveRefused(_("Choose one of the reasons."))
    VISIBILITY.move(question, "withhold", actor=actor, at=at, reason=reason, withhold_reason=reason)
    publishing.question_changed(question)
    notifications.withheld(question, at=at)
    return question


@transaction.atomic
def assign_question(question, *, actor, office, at=None) -> Question:
    """Give the case to an office, or to another one. The office finds it in its queue."""
    demand(actor, MODERATE)
    if not office.is_active:
        raise MoveRefused(_("That office no longer exists. Choose another one."))
    CASE.move(question, "assign_question", actor=actor, at=at, detail=office.name, office=office)
    publishing.question_changed(question)
    return question


@transaction.atomic
def return_to_moderation(question, *, actor, reason, at=None) -> Question:
    """The office says that it is not its business; the desk decides anew."""
    if not is_of_office(actor, question.office):
        demand(actor, MODERATE)
    reason = _needed(reason, _("Say why it is not for your office."))
    CASE.move(question, "return_to_moderation", actor=actor, at=at, reason=reason, office=None)
    publishing.question_changed(question)
    return question


@transaction.atomic
def ask_for_clarification(question, *, actor, asked, at=None) -> Question:
    """Ask the author for something that is missing; the clock stands still until it comes.

    Only within ten working days of filing (Ley 1437 de 2011 art. 17).
    """
    demand_desk_or_office(actor, question)
    asked = _needed(asked, _("Write what the author should make clear."))
    calendar, today = working_calendar(), clock.local_day(at)
    if calendar.count(question.filed_on, today) > terms.CLARIFICATION_DAYS:
        raise MoveRefused(_("A clarification can be asked for within 10 working days of filing."))
    CASE.move(
        question, "ask_for_clarification", actor=actor, at=at,
        paused_days_left=terms.days_paused(question, today, calendar),
    )  # fmt: skip
    clarification = Clarification.objects.create(
        question=question, asked=asked, asked_at=clock.now(at)
    )
    publishing.question_changed(question)
    notifications.clarification_asked(question, clarification, at=at)
    return question


@transaction.atomic
def lapse_question(question, *, actor, at=None) -> Question:
    """Close a case whose clarification did not come in a month (art. 17)."""
    demand(actor, MODERATE)
    asked_at = question.clarifications.latest("asked_at").asked_at
    if clock.local_day(at) <= clock.local_day(asked_at) + relativedelta(months=1):
        raise MoveRefused(_("The author has a month to reply. It is not over yet."))
    CASE.move(question, "lapse_question", actor=actor, at=at, closed_on=clock.local_day(at))
    publishing.question_changed(question)
    return question


@transaction.atomic
def merge_question(question, *, actor, into, at=None) -> Question:
    """Join a case to another that asks the same; its author gets that answer too."""
    demand(actor, MODERATE)
    if into.pk == question.pk or into.status == Question.Status.MERGED:
        raise MoveRefused(_("Choose another contribution that is not joined itself."))
    CASE.move(
        question, "merge_question", actor=actor, at=at, detail=str(into.number),
        merged_into=into, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    publishing.question_changed(into)
    return question


@transaction.atomic
def split_question(question, *, actor, at=None) -> Question:
    """Undo a merge: the case goes on by itself."""
    demand(actor, MODERATE)
    CASE.move(question, "split_question", actor=actor, at=at, merged_into=None, closed_on=None)
    publishing.question_changed(question)
    return question


@transaction.atomic
def transfer_question(question, *, actor, body, letter, at=None) -> Question:
    """Send it to the competent entity (within five working days, art. 21) and tell the author."""
    demand(actor, MODERATE)
    body = _needed(body, _("Write the entity that is competent."))
    letter = _needed(letter, _("Write the number of the letter of transfer."))
    CASE.move(
        question, "transfer_question", actor=actor, at=at, detail=body,
        transferred_to=body, case_reference=letter, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.closed_elsewhere(question, at=at)
    return question


@transaction.atomic
def move_to_pqrsd(question, *, actor, reference, at=None) -> Question:
    """Handle it in the PQRSD channel under the number it got there."""
    demand(actor, MODERATE)
    reference = _needed(reference, _("Write the PQRSD number."))
    CASE.move(
        question, "move_to_pqrsd", actor=actor, at=at, detail=reference,
        case_reference=reference, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.closed_elsewhere(question, at=at)
    return question


@transaction.atomic
def archive_question(question, *, actor, reason, at=None) -> Question:
    """Archive what is disrespectful (art. 19), with its trace; approval signs."""
    demand(actor, APPROVE)
    reason = _needed(reason, _("Write why it is archived."))
    CASE.move(
        question, "archive_question", actor=actor, at=at, reason=reason,
        closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.question_changed(question)
    return question


@transaction.atomic
def restore_question(question, *, actor, at=None) -> Question:
    """Take a case out of the archive."""
    demand(actor, APPROVE)
    CASE.move(question, "restore_question", actor=actor, at=at, closed_on=None)
    publishing.question_changed(question)
    return question


@transaction.atomic
def extend_term(question, *, actor, reason, until, at=None) -> Question:
    """Put the due day off once, with a reason, in time and never beyond double (art. 14)."""
    demand(actor, APPROVE)
    reason = _needed(reason, _("Write the reason: the author will read it."))
    today = clock.local_day(at)
    latest = terms.latest_extension(question, working_calendar())
    if question.extended_from:
        raise MoveRefused(_("The term was extended already. It can be done once."))
    if today > question.due_on:
        raise MoveRefused(
            _("The term is over. It can only be extended before its last day passes.")
        )
    if not question.due_on < until <= latest:
        raise MoveRefused(
            _("Choose a day after %(due)s and not later than %(latest)s.")
            % {"due": f"{question.due_on:%d/%m/%Y}", "latest": f"{latest:%d/%m/%Y}"}
        )
    CASE.move(
        question, "extend_term", actor=actor, at=at, reason=reason, detail=until.isoformat(),
        extended_from=question.due_on, due_on=until, extension_reason=reason,
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.term_extended(question, at=at)
    return question


@transaction.atomic
def classify_question(question, *, actor, topic, petition, at=None) -> Question:
    """Change the topic or the kind of petition of an open case; another kind has another term.

    The due day moves by the difference of the terms, so that a pause or a reopening before it
    still counts; a stopped clock keeps that difference for when it runs again. Raises MoveRefused
    where nothing changes, or where the term was extended already.
    """
    demand(actor, MODERATE)
    if (topic, petition) == (question.topic, question.petition):
        raise MoveRefused(_("Choose another topic or another kind of petition."))
    if petition != question.petition and question.extended_from:
        raise MoveRefused(_("The term was extended: the kind of petition can't change any more."))
    CASE.move(
        question, "classify_question", actor=actor, at=at,
        detail=f"{topic.name} · {petition.name}", topic=topic, petition=petition,
        **_moved_term(question, petition.working_days - question.petition.working_days),
    )  # fmt: skip
    publishing.question_changed(question)
    return question


def _moved_term(question, days: int) -> dict:
    """The due day, and what is left of a stopped clock, `days` working days later (or earlier)."""
    term = {"due_on": working_calendar().add(question.due_on, days)}
    if question.paused_days_left is not None:
        term["paused_days_left"] = max(1, question.paused_days_left + days)
    return term
