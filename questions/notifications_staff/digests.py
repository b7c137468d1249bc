"""The digest: what waits for one person this morning, in numbers that are links."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base import outbox
from portal.base.dates import weekday_month
from portal.base.desk_mail import desk, with_role
from portal.base.models import StaffPreference
from portal.base.outbox import Item
from questions import selectors_digest
from questions.models import Answer
from questions.notifications_staff.people import answers, contributions, offices_of
from questions.workflow.machines import APPROVE, MODERATE, OWN_OFFICE


def send_digests(today, since, at) -> int:
    """One message to each person for whom something waits; to nobody who switched it off.

    `since` is the morning of the last working day: what came later is new.
    """
    off = set(StaffPreference.objects.filter(digest_on=False).values_list("user_id", flat=True))
    told = {}
    for user, lines in _lines_of_each(today, since):
        if lines and user.pk not in off:
            told.setdefault(user, []).extend(lines)
    for user, lines in told.items():
        _send(user, lines, today, at)
    return len(told)


def _lines_of_each(today, since):
    """What each role has to do, for each person that has it."""
    at_desk, in_offices = with_role(MODERATE), with_role(OWN_OFFICE)
    numbers = selectors_digest.for_moderation(today, since) if at_desk else {}
    for user in at_desk:
        yield user, _of_desk(numbers)
    offices = offices_of(in_offices)
    for user in in_offices:
        if own := offices.get(user.pk):
            yield user, _of_office(selectors_digest.for_office(own, today, since))
    for user in with_role(APPROVE):
        yield user, _of_second(selectors_digest.for_approval(user))


def _send(user, lines, today, at) -> None:
    def letter():
        return outbox.Letter(
            _("Your contributions on %(day)s") % {"day": weekday_month(today)},
            [_("Good morning. This is what waits for you today.")],
            _("Open the desk"),
            desk("index"),
            items=[Item(write(number), link) for number, write, link in lines],
            reason=_("You can switch this digest off here: %(link)s")
            % {"link": desk("base_staffpreference_changelist")},
        )

    outbox.queue(f"digest:{today:%Y-%m-%d}:{user.pk}", to=user.email, compose=letter, at=at)


def _of_desk(n) -> list:
    return _not_zero(
        (n["new"], _new, contributions("por-revisar")),
        (n["to_review"], _to_review, contributions("por-revisar")),
        (n["waiting"], _waiting, contributions("por-revisar")),
        (n["without_office"], _without_office, contributions("sin-oficina")),
        (n["clarified"], _clarified, contributions("abiertas")),
        (n["silent"], _silent, contributions("abiertas")),
        (n["late"], _late, contributions("atrasadas")),
    )


def _of_office(n) -> list:
    return _not_zero(
        (n["late"], _late, contributions("atrasadas")),
        (n["due_today"], _due_today, contributions("por-vencer")),
        (n["soon"], _soon, contributions("por-vencer")),
        (n["assigned"], _assigned, contributions("abiertas")),
        (n["reopened"], _reopened, contributions("abiertas")),
        (n["clarified"], _clarified, contributions("abiertas")),
        (n["returned"], _returned, answers(Answer.Status.DRAFT)),
    )


def _of_second(n) -> list:
    return _not_zero(
        (n["to_approve"], _to_approve, answers(Answer.Status.AWAITING_APPROVAL)),
        (n["archive"], _archive, contributions("abiertas")),
    )


def _not_zero(*lines) -> list:
    return [line for line in lines if line[0]]


def _new(n) -> str:
    return ngettext(
        "%(n)s came in since the last working day",
        "%(n)s came in since the last working day",
        n,
    ) % {"n": n}


def _to_review(n) -> str:
    return ngettext("%(n)s to review", "%(n)s to review", n) % {"n": n}


def _waiting(n) -> str:
    return ngettext(
        "%(n)s waits longer than a working day for its review",
        "%(n)s wait longer than a working day for their review",
        n,
    ) % {"n": n}


def _without_office(n) -> str:
    return ngettext("%(n)s without an office", "%(n)s without an office", n) % {"n": n}


def _clarified(n) -> str:
    return ngettext(
        "%(n)s got the clarification of its author",
        "%(n)s got the clarification of their authors",
        n,
    ) % {"n": n}


def _silent(n) -> str:
    return ngettext(
        "%(n)s whose clarification did not come in time",
        "%(n)s whose clarification did not come in time",
        n,
    ) % {"n": n}


def _late(n) -> str:
    return ngettext("%(n)s is late", "%(n)s are late", n) % {"n": n}


def _due_today(n) -> str:
    return ngettext("%(n)s is due today", "%(n)s are due today", n) % {"n": n}


def _soon(n) -> str:
    return ngettext(
        "%(n)s is due in the next 5 working days",
        "%(n)s are due in the next 5 working days",
        n,
    ) % {"n": n}


def _assigned(n) -> str:
    return ngettext(
        "%(n)s was assigned to your office since the last working day",
        "%(n)s were assigned to your office since the last working day",
        n,
    ) % {"n": n}


def _reopened(n) -> str:
    return ngettext(
        "%(n)s was reopened by its author", "%(n)s were reopened by their authors", n
    ) % {"n": n}


def _returned(n) -> str:
    return ngettext(
        "%(n)s draft came back with a comment", "%(n)s drafts came back with a comment", n
    ) % {"n": n}


def _to_approve(n) -> str:
    return ngettext(
        "%(n)s answer waits for your approval", "%(n)s answers wait for your approval", n
    ) % {"n": n}


def _archive(n) -> str:
    return ngettext("%(n)s is proposed to be archived", "%(n)s are proposed to be archived", n) % {
        "n": n
    }
