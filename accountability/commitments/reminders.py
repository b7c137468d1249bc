"""On the day of a check the office that answers for a commitment is written to, once."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import Commitment
from entity.registry import working_calendar
from portal.base import clock, mail_words, outbox, ticks
from portal.base.dates import short_day
from portal.base.desk_mail import desk, with_role
from portal.base.outbox import Item
from questions.notifications_staff.people import offices_of

HOUR = 7
MOST_LISTED = 30
WRITES, EDITS = "accountability.add_commitmentupdate", "accountability.change_commitment"

mail_words.register("check", lambda parts: _("Commitments to check, to an office"))


def remind(at=None) -> int:
    """Write to the people of each office what they check today; a chore of the worker.

    From seven in the morning of working days on, one message a day for each person: the day and
    the person are its key, so a chore that runs twice tells nothing twice. Days off are told on the
    working day after. Says how many people there are to tell.
    """
    at = timezone.localtime(clock.now(at))
    today, calendar = at.date(), working_calendar()
    if at.hour < HOUR or not calendar.is_working_day(today):
        return 0
    since = calendar.add(today, -1)
    due = Commitment.objects.public().to_check(today).filter(next_check_on__gt=since)
    told = _of_each(list(due.order_by("due_on", "pk")))
    for user, commitments in told.items():
        _send(user, commitments, today, at)
    return len(told)


def _of_each(due: list[Commitment]) -> dict:
    """Who writes news of an office hears of its own; what no office hears, who edits commitments.

    Nobody is asked where there is nothing to check.
    """
    if not due:
        return {}
    users = with_role(WRITES)
    offices = offices_of(users)
    told = {
        user: [item for item in due if item.office_id in offices.get(user.pk, ())] for user in users
    }
    heard = {item.pk for items in told.values() for item in items}
    if rest := [item for item in due if item.pk not in heard]:
        for user in with_role(EDITS):
            told[user] = [*told.get(user, []), *rest]
    return {user: items for user, items in told.items() if items}


def _send(user, commitments, today, at) -> None:
    address = desk("accountability_commitment_changelist", query="?revision=hoy")

    def letter():
        items = [_item(commitment) for commitment in commitments[:MOST_LISTED]]
        if len(commitments) > MOST_LISTED:
            more = _("And %(n)s more") % {"n": len(commitments) - MOST_LISTED}
            items.append(Item(more, address))
        return outbox.Letter(
            _("Commitments to check today"),
            [_("Look how they go, and write what is new with its proof.")],
            _("See what is to be checked"),
            address,
            items=items,
        )

    outbox.queue(f"check:{today:%Y-%m-%d}:{user.pk}", to=user.email, compose=letter, at=at)


def _item(commitment) -> Item:
    words = {"name": str(commitment), "day": short_day(commitment.due_on)}
    text = _("%(name)s: due on %(day)s") % words
    return Item(text, desk("accountability_commitment_change", commitment.pk))


ticks.register("remind_of_checks", timedelta(minutes=10), remind)
