"""Reminders of due days to who must move: the office, the second person, or the desk.

An office hears of a case three working days and one working day before it is due, and on the day
after; of one without an office the desk hears two days before. What falls on one day comes in one
message: the contributions of an event are all due together, and nobody reads twenty messages.
"""

from django.utils.translation import gettext as _

from portal.base import outbox
from portal.base.dates import short_day
from portal.base.desk_mail import desk, with_role
from portal.base.outbox import Item
from questions import selectors_digest
from questions.notifications_staff.people import contributions, offices_of
from questions.status import time_left
from questions.workflow.machines import APPROVE, MODERATE, OWN_OFFICE

MOST_LISTED = 30


def send_reminders(today, at) -> int:
    """One message to each person who must move one of the cases of this day."""
    due = selectors_digest.due_for_reminder(today)
    if not due:
        return 0
    told = {}
    for user, cases in _cases_of_each(due):
        if cases:
            told.setdefault(user, []).extend(cases)
    for user, cases in told.items():
        _send(user, cases, today, at)
    return len(told)


def _cases_of_each(due):
    """What is drafted waits for the second person, what has an office for that, the rest here."""
    with_second = [case for case in due if case.awaits_approval]
    with_office = [case for case in due if case.is_with_office and not case.awaits_approval]
    at_desk = [case for case in due if not case.is_with_office]
    in_offices = with_role(OWN_OFFICE)
    offices = offices_of(in_offices)
    for user in in_offices:
        own = offices.get(user.pk, ())
        yield user, [case for case in with_office if case.question.office_id in own]
    for user in with_role(APPROVE):
        yield user, with_second
    for user in with_role(MODERATE):
        yield user, at_desk


def _send(user, cases, today, at) -> None:
    def letter():
        items = [_item(case) for case in cases[:MOST_LISTED]]
        if len(cases) > MOST_LISTED:
            more = _("And %(n)s more") % {"n": len(cases) - MOST_LISTED}
            items.append(Item(more, contributions("por-vencer")))
        return outbox.Letter(
            _("Contributions that are due"),
            [_("These contributions wait for you, and their term is near its end or over.")],
            _("See what is due"),
            contributions("por-vencer"),
            items=items,
        )

    outbox.queue(f"reminder:{today:%Y-%m-%d}:{user.pk}", to=user.email, compose=letter, at=at)


def _item(case) -> Item:
    question = case.question
    words = {
        "number": question.number,
        "ref": question.reference,
        "day": short_day(question.due_on),
        "left": time_left(case.left),
    }
    if not case.is_with_office:
        text = _("%(number)s (%(ref)s), without an office: due on %(day)s, %(left)s") % words
    elif case.awaits_approval:
        text = _("%(number)s (%(ref)s), to be approved: due on %(day)s, %(left)s") % words
    else:
        text = _("%(number)s (%(ref)s): due on %(day)s, %(left)s") % words
    return Item(text, desk("questions_question_change", question.pk))
