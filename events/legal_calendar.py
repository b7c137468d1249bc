"""The legal days of a public hearing, derived backwards and forwards from its own day.

Decreto 330 de 2007 (now DUR 1076 de 2015, 2.2.8.6.4): notice at least 30 calendar days before
(art. 18), posted for 10 working days, the document to be consulted at least 20 calendar days before
(art. 19), speakers until 3 working days before (art. 20), minutes within 5 working days (art. 24).
Ley 1757 de 2015 art. 56: written answers within 15 working days. The numbers are defaults that the
kind of event may change; calendar days are shown as they fall, also on a holiday. An event that is
no hearing has no notice by law: it owes its minutes and its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from entity.calendar import WorkingCalendar
from events.models import Event, EventKind
from portal.base import clock


class Duty(StrEnum):
    """What the law asks of whoever holds a hearing, in the order of time."""

    NOTICE = "notice"
    NOTICE_POSTED = "notice_posted"
    REPORT = "report"
    SPEAKERS = "speakers"
    HEARING = "hearing"
    MINUTES = "minutes"
    ANSWERS = "answers"


@dataclass(frozen=True)
class Rule:
    """How far a day lies from its anchor: negative is before it."""

    anchor: Duty
    days: int
    is_working: bool


RULES: Mapping[Duty, Rule] = {
    Duty.NOTICE: Rule(Duty.HEARING, -30, is_working=False),
    Duty.NOTICE_POSTED: Rule(Duty.NOTICE, 10, is_working=True),
    Duty.REPORT: Rule(Duty.HEARING, -20, is_working=False),
    Duty.SPEAKERS: Rule(Duty.HEARING, -3, is_working=True),
    Duty.MINUTES: Rule(Duty.HEARING, 5, is_working=True),
    Duty.ANSWERS: Rule(Duty.HEARING, 15, is_working=True),
}


def legal_days(
    hearing_on: date, calendar: WorkingCalendar, rules: Mapping[Duty, Rule] = RULES
) -> dict[Duty, date]:
    """The last day for each duty, in the order of time; the day of the hearing among them."""
    days = {Duty.HEARING: hearing_on}
    for duty, rule in rules.items():
        start = days[rule.anchor]
        if rule.is_working:
            days[duty] = calendar.add(start, rule.days)
        else:
            days[duty] = start + timedelta(days=rule.days)
    return dict(sorted(days.items(), key=lambda item: item[1]))


def rules_of(kind: EventKind) -> dict[Duty, Rule]:
    """The rules with the numbers of a kind; only those after the day for what is no hearing."""
    numbers = {
        Duty.NOTICE: -kind.notice_days,
        Duty.NOTICE_POSTED: kind.posting_days,
        Duty.REPORT: -kind.report_days,
        Duty.SPEAKERS: -kind.speaker_days,
        Duty.MINUTES: kind.minutes_days,
        Duty.ANSWERS: kind.answer_days,
    }
    chosen = numbers if kind.is_hearing else (Duty.MINUTES, Duty.ANSWERS)
    return {duty: replace(RULES[duty], days=numbers[duty]) for duty in chosen}


def days_of(event: Event, calendar: WorkingCalendar) -> dict[Duty, date]:
    """The legal days of one event by its kind, its own day among them."""
    return legal_days(clock.local_day(event.starts_at), calendar, rules_of(event.kind))
