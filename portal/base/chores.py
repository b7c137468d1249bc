"""The chores of the base itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from portal.base import addresses, announcements, follows, ticks


def forget_old_sessions(at) -> None:
    """Delete sessions that ended: drafts' tokens and followed cases were in them."""
    Session.objects.filter(expire_date__lt=at).delete()


ticks.register("forget_old_sessions", timedelta(hours=6), forget_old_sessions)
ticks.register("forget_old_counts", timedelta(hours=1), addresses.forget_old_counts)
ticks.register("tell_followers", timedelta(seconds=5), announcements.expand_due)
ticks.register("forget_unconfirmed", timedelta(hours=1), follows.forget_unconfirmed)
