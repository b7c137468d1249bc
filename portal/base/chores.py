"""The chores of the base itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection

from portal.base import addresses, announcements, follows, ticks


def forget_old_sessions(at) -> None:
    """Delete sessions that ended: drafts' tokens and followed cases were in them."""
    Session.objects.filter(expire_date__lt=at).delete()


def count_for_planner(at) -> None:
    """A look at samples, as PostgreSQL takes by itself: SQLite then chooses its indexes well."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


ticks.register("forget_old_sessions", timedelta(hours=6), forget_old_sessions)
ticks.register("count_for_planner", timedelta(hours=6), count_for_planner)
ticks.register("forget_old_counts", timedelta(hours=1), addresses.forget_old_counts)
ticks.register("tell_followers", timedelta(seconds=5), announcements.expand_due)
ticks.register("forget_unconfirmed", timedelta(hours=1), follows.forget_unconfirmed)
