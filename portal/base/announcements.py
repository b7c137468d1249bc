"""One step told to all followers of a topic.

Whoever makes the step writes one row, however many follow. The worker makes the messages of it in
batches, each in a short transaction: thousands of them written by the step itself would hold up
whoever writes at that moment (mail inside the request once took the petitions site of the United
Kingdom down). They are marked as bulk, so that a receipt never waits behind them.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from portal.base import clock, follows, outbox
from portal.base.models import Announcement, OutgoingMail, Subscription

BATCH = 200
AT_ONCE = 1000
STOP_MARK = "LINK-OF-THE-READER"


def announce(key, topics, compose, *, without=(), hold=timedelta(), at=None) -> Announcement | None:
    """Tell the followers of `topics` in the caller's transaction; None where nobody follows.

    `compose` gives a Letter in the language of now; the link to stop is added to it. `without` are
    addresses that are told otherwise. A second call with one `key` changes nothing.
    """
    languages = set(follows.followers(*topics).values_list("language", flat=True))
    if not languages:
        return None
    letters = {language: _words(compose, language) for language in languages}
    emails = [follows.normalised(email) for email in without]
    told = follows.followers(*topics).filter(email__in=emails) if emails else ()
    announcement, _created = Announcement.objects.get_or_create(
        key=key,
        defaults={
            "topics": list(topics),
            "letters": letters,
            "skipped": [row.pk for row in told],
            "created_at": clock.now(at),
            "due_at": clock.now(at) + hold,
        },
    )
    return announcement


def _words(compose, language) -> dict[str, str]:
    def with_stop():
        return replace(
            compose(),
            reason=_("You receive it because you asked for it."),
            stop_link=follows.link("follow_stop", STOP_MARK),
        )

    letter, words = outbox.render(with_stop, language)
    return {**words, "stop_link": letter.stop_link}


def expand_due(at=None) -> int:
    """Write the messages of what is due, a thousand at most; a chore of the worker."""
    at, made = clock.now(at), 0
    due = Announcement.objects.filter(finished_at__isnull=True, due_at__lte=at)
    for announcement in due.order_by("due_at", "pk")[:AT_ONCE]:
        while made < AT_ONCE and announcement.finished_at is None:
            batch = _next_batch(announcement, at)
            if batch is None:  # another worker is at it
                break
            made += batch
        if made >= AT_ONCE:
            break
    return made


def _next_batch(announcement, at) -> int | None:
    """Write the next messages and move the mark past them; the comparison lets one worker win."""
    rows = list(_readers(announcement).filter(pk__gt=announcement.last_pk)[:BATCH])
    values = {"last_pk": rows[-1].pk if rows else announcement.last_pk}
    if len(rows) < BATCH:
        values["finished_at"] = at
    messages = [_message(announcement, row, at) for row in rows]
    mine = Announcement.objects.filter(
        pk=announcement.pk, last_pk=announcement.last_pk, finished_at__isnull=True
    )
    with transaction.atomic():
        if not mine.update(**values):
            return None
        OutgoingMail.objects.bulk_create(messages, ignore_conflicts=True)
    for name, value in values.items():
        setattr(announcement, name, value)
    return len(rows)


def _readers(announcement):
    """Who followed when it happened, each address once though it may follow several topics."""
    rows = follows.followers(*announcement.topics).filter(confirmed_at__lte=announcement.created_at)
    earlier = rows.filter(email=OuterRef("email"), pk__lt=OuterRef("pk"))
    return rows.exclude(pk__in=announcement.skipped).exclude(Exists(earlier)).order_by("pk")


def _message(announcement, row: Subscription, at) -> OutgoingMail:
    words = announcement.letters.get(row.language) or next(iter(announcement.letters.values()))
    secret = follows.token(row, follows.STOP)
    headers = outbox.one_click(words["stop_link"])
    return OutgoingMail(
        key=f"{announcement.key}:{row.pk}",
        to=row.email,
        language=words["language"],
        subject=words["subject"],
        text=words["text"].replace(STOP_MARK, secret),
        html=words["html"].replace(STOP_MARK, secret),
        headers={name: text.replace(STOP_MARK, secret) for name, text in headers.items()},
        secrets=[secret],
        message_id=outbox.new_message_id(),
        is_bulk=True,
        due_at=at,
        created_at=at,
    )
