"""The clocks of a contribution, in working days (Ley 1437 de 2011 arts. 14, 17, 21 and 54).

The legal clock counts from filing. The event's own clock ends some working days after the event,
for what was filed up to its last day. The entity decides which of both is *the* due day
(`term_anchor`); the desk sees the other one beside it. Dates come in and go out; which days count
is the calendar's business.
"""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from entity.calendar import SkippedDay, WorkingCalendar
from entity.models import Entity
from entity.registry import Registry
from events.models import Event
from portal.base import clock
from questions.models import PetitionType, Question

REVIEW_DAYS = 2
SOON_DAYS = 5
CLARIFICATION_DAYS = 10


def shown_due_on(legal: date, by_event: date | None, anchor: str) -> date:
    """Which of both clocks is shown and coloured. Without an event there is only the legal one."""
    if by_event is None or anchor == Entity.TermAnchor.FILING:
        return legal
    return by_event if anchor == Entity.TermAnchor.EVENT else min(legal, by_event)


def event_due_on(event: Event | None, filed_on: date, snapshot: Registry) -> date | None:
    """Some working days after the event's last day; None for what was filed after that day."""
    if event is None or event.status == Event.Status.CANCELLED:
        return None
    last_day = clock.local_day(event.ends_at)
    if filed_on > last_day:
        return None
    return snapshot.calendar.add(last_day, snapshot.entity.event_answer_days)


def dues(counted_from: date, counted_days: int, by_event: date | None, snapshot: Registry) -> dict:
    """The columns of both clocks, and the day that is shown, as the snapshot counts them."""
    legal = snapshot.calendar.add(counted_from, counted_days)
    return {
        "counted_from": counted_from,
        "counted_days": counted_days,
        "legal_due_on": legal,
        "event_due_on": by_event,
        "due_on": shown_due_on(legal, by_event, snapshot.entity.term_anchor),
        "calendar_version": snapshot.calendar_version,
    }


def at_filing(
    submitted_at: datetime, petition: PetitionType, event: Event | None, snapshot: Registry
) -> dict:
    """Filed on the day of receipt when worked and before closing hour; day 1 is the next one."""
    filed_on = snapshot.calendar.filed_on(submitted_at, snapshot.entity.closing_hour)
    by_event = event_due_on(event, filed_on, snapshot)
    return {"filed_on": filed_on, **dues(filed_on, petition.working_days, by_event, snapshot)}


def at_resumption(question: Question, today: date, snapshot: Registry) -> dict:
    """The clock runs again on the working day after the clarification came (art. 17).

    The event's clock moves by as many days as the legal one did.
    """
    days = question.paused_days_left or 1
    term = dues(today, days, None, snapshot)
    if question.event_due_on is None:
        return term
    moved = max(0, snapshot.calendar.count(question.legal_due_on, term["legal_due_on"]))
    return dues(today, days, snapshot.calendar.add(question.event_due_on, moved), snapshot)


def at_reopening(question: Question, today: date, snapshot: Registry) -> dict:
    """A new term of the same length from the next working day on; the event's clock is over."""
    start = snapshot.calendar.next_working_day(today)
    return dues(start, question.petition.working_days, None, snapshot)


def at_extension(question: Question, until: date, snapshot: Registry) -> dict:
    """Both clocks reach at least `until`."""
    legal = max(question.legal_due_on, until)
    days = snapshot.calendar.count(question.counted_from, legal)
    by_event = question.event_due_on and max(question.event_due_on, until)
    return dues(question.counted_from, days, by_event, snapshot)


def at_classification(question: Question, petition: PetitionType, snapshot: Registry) -> dict:
    """Another kind has another term: the legal clock moves by the difference of both.

    So a pause or a reopening before it still counts; a stopped clock keeps the difference for
    when it runs again.
    """
    days = petition.working_days - question.petition.working_days
    counted = question.counted_days + days
    term = dues(question.counted_from, counted, question.event_due_on, snapshot)
    if question.paused_days_left is not None:
        term["paused_days_left"] = max(1, question.paused_days_left + days)
    return term


def at_recount(question: Question, snapshot: Registry) -> dict:
    """The same terms with the calendar, the event's day and the settings of now.

    What a pause or an extension gave the event's clock beyond its plain day is kept.
    """
    by_event = None
    if question.event_due_on and not question.reopened_on:
        plain = event_due_on(question.event, question.filed_on, snapshot)
        moved_by_author = question.extended_from or question.counted_from != question.filed_on
        by_event = max(plain, question.event_due_on) if plain and moved_by_author else plain
    elif not question.reopened_on and question.counted_from == question.filed_on:
        by_event = event_due_on(question.event, question.filed_on, snapshot)
    return dues(question.counted_from, question.counted_days, by_event, snapshot)


def other_due_on(question: Question) -> tuple[str, date] | None:
    """The clock that is not shown: ("legal" or "event", its day); None where there is one only."""
    if question.event_due_on is None:
        return None
    if question.due_on == question.legal_due_on:
        return "event", question.event_due_on
    return "legal", question.legal_due_on


def days_left(due_on: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days left until `due_on`; 0 on the day itself, negative when late."""
    return calendar.count(today, due_on)


def latest_extension(question: Question, calendar: WorkingCalendar) -> date:
    """The last day an extension may reach: double the term, counted from filing (art. 14 par.)."""
    return calendar.add(question.filed_on, 2 * question.petition.working_days)


def days_paused(question: Question, today: date, calendar: WorkingCalendar) -> int:
    """Working days that were left when the clock stopped; never fewer than one to answer with."""
    return max(1, calendar.count(today, question.legal_due_on))


def reply_by(asked_on: date, months: int = 1) -> date:
    """The last day an author has to clarify: a month, or two when it was extended (art. 17)."""
    return asked_on + relativedelta(months=months)


def started_on(question: Question, calendar: WorkingCalendar) -> date:
    """The day the present term counts from: filing, or the reopening."""
    if question.reopened_on:
        return calendar.next_working_day(question.reopened_on)
    return question.filed_on


def days_taken(question: Question, calendar: WorkingCalendar) -> int | None:
    """Working days from filing to the answer; None while it is open."""
    if question.closed_on is None:
        return None
    return max(0, calendar.count(question.filed_on, question.closed_on))


def skipped_days(question: Question, calendar: WorkingCalendar) -> list[SkippedDay]:
    """Holidays and closing days inside the term: why the due day is that one."""
    return list(calendar.skipped(started_on(question, calendar), question.due_on))
