"""Moves that touch the clock: it stops, runs longer, or is counted anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from entity.registry import Registry, read_anew, registry, working_calendar
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken
from portal.base.texts import clean_line
from questions import notifications, publishing, terms
from questions.models import Clarification, Question
from questions.workflow.machines import (
    APPROVE,
    CASE,
    MODERATE,
    demand,
    demand_desk_or_office,
    needed,
)
from questions.workflow.undo import undoable

RECOUNTED_AT_ONCE = 500
MOST_SUMMARY = Question._meta.get_field("room_summary").max_length
DAYS = ("due_on", "legal_due_on", "event_due_on")


@undoable
@transaction.atomic
def ask_for_clarification(question, *, actor, asked, at=None) -> Question:
    """Ask the author for something that is missing; the clock stands still until it comes.

    Only within ten working days of filing (Ley 1437 de 2011 art. 17). Tells the author. Raises
    PermissionDenied to other offices, MoveRefused without the words, later, or where it is closed.
    """
    demand_desk_or_office(actor, question)
    asked = needed(asked, _("Write what the author should make clear."))
    calendar, today = working_calendar(), clock.local_day(at)
    if calendar.count(question.filed_on, today) > terms.CLARIFICATION_DAYS:
        raise MoveRefused(_("A clarification can be asked for within 10 working days of filing."))
    CASE.move(
        question, "ask_for_clarification", actor=actor, at=at,
        paused_days_left=terms.days_paused(question, today, calendar),
    )  # fmt: skip
    clarification = Clarification.objects.create(
        question=question, asked=asked, asked_at=clock.now(at), reply_by=terms.reply_by(today)
    )
    publishing.question_changed(question)
    notifications.clarification_asked(question, clarification, at=at)
    return question


@transaction.atomic
def extend_clarification(question, *, actor=None, at=None) -> Question:
    """Give the author a second month, once, before the first is over (art. 17).

    `actor` is moderation, or None for the author who asks for it. Tells the author. Raises
    PermissionDenied, MoveRefused where nothing is asked, a second time, or after the month.
    """
    if actor is not None:
        demand(actor, MODERATE)
    pending = question.clarifications.filter(replied_at__isnull=True).last()
    if pending is None:
        raise MoveRefused(_("Nothing is asked at the moment."))
    if pending.is_extended:
        raise MoveRefused(_("It was extended already. It can be done once."))
    if clock.local_day(at) > pending.reply_by:
        raise MoveRefused(_("The month is over."))
    pending.reply_by = terms.reply_by(clock.local_day(pending.asked_at), months=2)
    pending.is_extended = True
    CASE.move(
        question, "extend_clarification", actor=actor, at=at, detail=pending.reply_by.isoformat()
    )
    pending.save(update_fields=["reply_by", "is_extended"])
    publishing.question_changed(question)
    notifications.clarification_extended(question, pending, at=at)
    return question


@transaction.atomic
def lapse_question(question, *, actor, at=None) -> Question:
    """Close a case whose clarification did not come in its month, or two (art. 17).

    Tells the author and followers. Raises PermissionDenied, MoveRefused before that day.
    """
    demand(actor, MODERATE)
    asked = question.clarifications.filter(replied_at__isnull=True).last()
    if asked and clock.local_day(at) <= asked.reply_by:
        raise MoveRefused(_("The author still has time to reply."))
    CASE.move(question, "lapse_question", actor=actor, at=at, closed_on=clock.local_day(at))
    publishing.question_changed(question)
    notifications.lapsed(question, at=at)
    return question


@transaction.atomic
def extend_term(question, *, actor, reason, until, at=None) -> Question:
    """Put the due day off once, with a reason, in time and never beyond double (art. 14).

    Tells the author. Raises PermissionDenied, MoveRefused where one of these is not so.
    """
    demand(actor, APPROVE)
    reason = needed(reason, _("Write the reason: the author will read it."))
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
        extended_from=question.due_on, extension_reason=reason,
        **terms.at_extension(question, until, registry()),
    )  # fmt: skip
    publishing.question_changed(question)
    notifications.term_extended(question, at=at)
    return question


@undoable
@transaction.atomic
def classify_question(question, *, actor, topic, petition, at=None, **beside) -> Question:
    """Change what an open case is filed under; another kind of petition has another term.

    `beside`, where it changes too: `scope` and `municipality`, and `room_summary`, what the room
    reads. Tells nobody. Raises PermissionDenied, MoveRefused where nothing changes, or for the kind
    of petition where the term was extended already.
    """
    demand(actor, MODERATE)
    chosen = {"topic": topic, "petition": petition, **_beside(**beside)}
    changed = {name for name, value in chosen.items() if value != getattr(question, name)}
    if not changed:
        raise MoveRefused(_("Nothing of the classification was changed."))
    if "petition" in changed and question.extended_from:
        raise MoveRefused(_("The term was extended: the kind of petition can't change any more."))
    words = filter(None, (topic.name, petition.name, _place_words(chosen)))
    CASE.move(
        question, "classify_question", actor=actor, at=at, detail=" · ".join(words), **chosen,
        **terms.at_classification(question, petition, registry()),
    )  # fmt: skip
    publishing.question_changed(question)
    return question


def _place_words(chosen: dict) -> str:
    """The place that was chosen, for the history."""
    if town := chosen.get("municipality"):
        return town.name
    return str(Question.Scope(chosen["scope"]).label) if "scope" in chosen else ""


def _beside(*, room_summary=None, **place) -> dict:
    """The columns that are classified beside topic and petition, cleaned."""
    if room_summary is None:
        return place
    return {**place, "room_summary": clean_line(room_summary)[:MOST_SUMMARY]}


@transaction.atomic
def recount_term(question, snapshot: Registry, *, at=None) -> Question:
    """Count a running case again after a closing day, a setting or its event changed.

    Another due day is written into the history, old and new, and its author is told. Raises
    Overtaken where somebody moved the case meanwhile.
    """
    before, term = question.due_on, terms.at_recount(question, snapshot)
    if all(getattr(question, day) == term[day] for day in DAYS):
        Question.objects.filter(pk=question.pk).update(calendar_version=snapshot.calendar_version)
        return question
    detail = f"{before.isoformat()} → {term['due_on'].isoformat()}"
    CASE.move(question, "recount_term", at=at, detail=detail, **term)
    if question.due_on != before:
        publishing.question_changed(question)
        notifications.term_recounted(question, before, at=at)
    return question


def recount_terms(at=None) -> int:
    """Count again what was counted with an older calendar; a chore of the worker.

    Stopped clocks keep their days and are counted when they run again.
    """
    snapshot = read_anew()
    older = Question.objects.filter(
        status__in=Question.Status.RUNNING, calendar_version__lt=snapshot.calendar_version
    ).select_related("event", "petition", "topic", "municipality")
    found = list(older.order_by("due_on")[:RECOUNTED_AT_ONCE])
    for question in found:
        try:
            recount_term(question, snapshot, at=at)
        except Overtaken:  # somebody moved it meanwhile; the next round counts it
            continue
    return len(found)
