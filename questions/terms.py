"""The legal clock of a contribution, in working days (Ley 1437 de 2011 arts. 14, 17, 21 and 54).

Dates come in and go out; which days count is the calendar's business.
"""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from entity.calendar import SkippedDay, WorkingCalendar
from entity.registry import registry
from questions.models import PetitionType, Question

REVIEW_DAYS = 2
SOON_DAYS = 5
CLARIFICATION_DAYS = 10


@dataclass(frozen=True)
class Term:
    """When a contribution is filed and when its answer is due."""

    filed_on: date
    due_on: date


def term_for(submitted_at: datetime, petition: PetitionType, calendar: WorkingCalendar) -> Term:
    """Filed on the day of receipt when worked and before closing hour; day 1 is the next one."""
    filed_on = calendar.filed_on(submitted_at, registry().entity.closing_hour)
    return Term(filed_on, calendar.add(filed_on, petition.working_days))


def days_left(due_on: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days left until `due_on`; 0 on the day itself, negative when late."""
    return calendar.count(today, due_on)


def latest_extension(question: Question, calendar: WorkingCalendar) -> date:
    """The last day an extension may reach: double the term, counted from filing (art. 14 par.)."""
    return calendar.add(question.filed_on, 2 * question.petition.working_days)


def days_paused(question: Question, today: date, calendar: WorkingCalendar) -> int:
    """Working days that were left when the clock stopped; never fewer than one to answer with."""
    return max(1, calendar.count(today, question.due_on))


def resumed_due_on(question: Question, today: date, calendar: WorkingCalendar) -> date:
    """The clock runs again on the working day after the clarification came (art. 17)."""
    return calendar.add(today, question.paused_days_left or 1)


def reply_by(asked_on: date) -> date:
    """The last day an author has to clarify: a month (art. 17)."""
    return asked_on + relativedelta(months=1)


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
