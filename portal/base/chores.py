"""The chores of the base itself."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from portal.base import addresses, announcements, document_texts, follows, incoming, ticks
from portal.base.models import OutgoingMail

SENT_OR_TAKEN_BACK = (OutgoingMail.Status.SENT, OutgoingMail.Status.CANCELLED)


def forget_old_sessions(at) -> None:
    """Delete sessions that ended: drafts' tokens and followed cases were in them."""
    Session.objects.filter(expire_date__lt=at).delete()


def forget_old_letters(at) -> int:
    """Empty messages that were sent or taken back long ago, and say how many.

    Their lines stay: they prove that a step was told, and when. Whom and in which words is
    personal data that nobody needs any more.
    """
    old = OutgoingMail.objects.filter(
        status__in=SENT_OR_TAKEN_BACK,
        created_at__lt=at - timedelta(days=settings.MAIL_KEPT_DAYS),
    ).exclude(to="")
    return old.update(to="", text="", html="", secrets=[], headers={})


def count_for_planner(at) -> None:
    """A look at samples, as PostgreSQL takes by itself: SQLite then chooses its indexes well."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


ticks.register("forget_old_sessions", timedelta(hours=6), forget_old_sessions)
ticks.register("forget_old_letters", timedelta(hours=6), forget_old_letters)
ticks.register("count_for_planner", timedelta(hours=6), count_for_planner)
ticks.register("forget_old_counts", timedelta(hours=1), addresses.forget_old_counts)
ticks.register("forget_broken_off", timedelta(hours=6), incoming.forget_broken_off)
ticks.register("tell_followers", timedelta(seconds=5), announcements.expand_due)
ticks.register("forget_unconfirmed", timedelta(hours=1), follows.forget_unconfirmed)
ticks.register("read_documents", document_texts.EVERY, document_texts.read_new)
