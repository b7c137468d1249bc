"""Who has a contribution open for review: for two minutes, so that two moderators do not collide.

A lease is a courtesy that runs out by itself; what really keeps two people from overwriting each
other is the revision of the case.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.machine import MoveRefused
from questions.models import ReviewLease
from questions.workflow.machines import MODERATE, demand

LENGTH = timedelta(minutes=2)


class Leased(MoveRefused):
    """Another moderator has it open."""


def holder(question, at=None) -> ReviewLease | None:
    """The lease that runs now, with its person; None where nobody has the contribution."""
    running = ReviewLease.objects.filter(question=question, until__gt=clock.now(at))
    return running.select_related("user").first()


def take(question, *, actor, at=None) -> bool:
    """Take or renew the lease of a moderator; False where somebody else has it."""
    demand(actor, MODERATE)
    at = clock.now(at)
    free = ReviewLease.objects.filter(question=question)
    mine = free.filter(user=actor) | free.filter(until__lte=at)
    if mine.update(user=actor, until=at + LENGTH):
        return True
    if free.exists():
        return False
    try:
        with transaction.atomic():
            ReviewLease.objects.create(question=question, user=actor, until=at + LENGTH)
    except IntegrityError:  # somebody took it in the same moment
        return False
    return True


def release(question, *, actor) -> None:
    """Give the lease back: a decision was taken."""
    ReviewLease.objects.filter(question=question, user=actor).delete()


def refuse_to_others(question, *, actor, at=None) -> None:
    """Raise Leased for a moderator while another one has the contribution."""
    lease = holder(question, at)
    if lease and lease.user_id != actor.pk and actor.has_perm(MODERATE):
        who = lease.user.get_full_name() or lease.user.get_username()
        raise Leased(
            _("%(who)s is reviewing it. Wait two minutes or go on with the next one.")
            % {"who": who}
        )


def forget_old(at) -> int:
    """Delete the leases that ran out; a chore of the worker."""
    return ReviewLease.objects.filter(until__lte=at).delete()[0]
