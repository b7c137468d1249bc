"""Follows: somebody asks by e-mail to hear of a topic, and stops whenever they want.

Double opt-in: an address is written to only after its owner opened a link of the confirmation. The
answer to whoever asks is the same for every address, so nobody learns who follows what.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.base import addresses, clock, outbox
from portal.base.models import OutgoingMail, Subscription

MAILS_A_DAY = 3
UNCONFIRMED_LIFE = timedelta(days=7)
CONFIRM, STOP = "follow.confirm", "follow.stop"
NEWS = "news"  # the topic of who wants to hear of every event


@dataclass(frozen=True)
class Followed:
    """A topic in words of the reader's language ("contribution 18"), and where it is read."""

    name: str
    path: str


_kinds: dict[str, Callable[[str], Followed | None]] = {}


def register(kind: str, describe: Callable[[str], Followed | None]) -> None:
    """A room says what its topics are: `describe("18")` for the topic "question:18".

    It gives None for what the public may not read (any more).
    """
    _kinds[kind] = describe


def describe(topic: str) -> Followed | None:
    kind, _colon, name = topic.partition(":")
    return _kinds[kind](name) if kind in _kinds else None


def normalised(email: str) -> str:
    """One spelling for one mailbox, so that nobody follows twice."""
    return email.strip().lower()


@transaction.atomic
def start(topic: str, email: str, language: str = settings.LANGUAGE_CODE, *, at=None) -> None:
    """Somebody asks to follow: the row waits for its owner, who gets a message with a link.

    Who follows already is told so. Past a few messages a day to one address nothing is sent, and
    nothing tells the difference. The caller counts the requests of one connection.
    """
    email = normalised(email)
    with translation.override(language):
        followed = describe(topic)
    written = addresses.count("follow-mail", email, window=timedelta(days=1), at=at)
    if followed is None or written > MAILS_A_DAY:
        return
    row, _created = Subscription.objects.get_or_create(
        topic=topic, email=email, defaults={"language": language, "created_at": clock.now(at)}
    )
    step, write = ("known", _known) if row.confirmed_at else ("confirm", _please_confirm)
    outbox.queue(
        f"follow:{row.pk}:{step}:{clock.local_day(at)}:{written}",
        to=email,
        compose=lambda: write(row, followed),
        language=language,
        at=at,
    )


def add(topic: str, email: str, language: str, *, at=None) -> None:
    """Follow at once, for who gave the address with consent to hear of the matter."""
    row = Subscription(
        topic=topic,
        email=normalised(email),
        language=language,
        created_at=clock.now(at),
        confirmed_at=clock.now(at),
    )
    Subscription.objects.bulk_create([row], ignore_conflicts=True)


def followers(*topics: str):
    """Who confirmed that they want to hear of one of these topics."""
    return Subscription.objects.filter(topic__in=topics, confirmed_at__isnull=False)


def confirm(token: str, *, at=None) -> Subscription | None:
    """The owner of the address wants it; a second time changes nothing. None: no such link."""
    row = find(token, CONFIRM)
    if row is not None:
        pending = Subscription.objects.filter(pk=row.pk, confirmed_at__isnull=True)
        pending.update(confirmed_at=clock.now(at))
    return row


@transaction.atomic
def stop(token: str) -> Subscription | None:
    """End a follow and take back what still waits for it. None: it ended before."""
    row = find(token, STOP)
    if row is not None:
        waiting = OutgoingMail.objects.filter(
            status=OutgoingMail.Status.QUEUED, is_bulk=True, key__endswith=f":{row.pk}"
        )
        outbox.cancel(waiting.values_list("key", flat=True))
        Subscription.objects.filter(pk=row.pk).delete()
    return row


def find(token: str, purpose: str) -> Subscription | None:
    """The follow that a link of a message opens; `purpose` is CONFIRM or STOP."""
    try:
        key = _signer(purpose).unsign(token)
    except BadSignature:
        return None
    return Subscription.objects.filter(key=key).first()


def token(row: Subscription, purpose: str) -> str:
    """What stands in a link. Derived under a salt: one that stops confirms nothing."""
    return _signer(purpose).sign(row.key)


def _signer(purpose: str) -> Signer:
    return Signer(salt=purpose, sep=".")


def link(name: str, token: str) -> str:
    """The absolute address of "follow_confirm" or "follow_stop" in the language of now."""
    return settings.SITE_URL + reverse(name, kwargs={"token": token})


def _please_confirm(row, followed) -> outbox.Letter:
    secret = token(row, CONFIRM)
    return outbox.Letter(
        _("Confirm that you want to hear from us"),
        [
            _("Somebody asked us to write to this address about %(name)s.")
            % {"name": followed.name},
            _("If it was you, open the link and press the button. It is valid for seven days."),
            _("If it was not you, do nothing: we will not write to you about it."),
        ],
        _("Confirm"),
        link("follow_confirm", secret),
        (secret,),
    )


def _known(row, followed) -> outbox.Letter:
    secret = token(row, STOP)
    return outbox.Letter(
        _("You receive our messages already"),
        [
            _("Somebody asked us to write to this address about %(name)s.")
            % {"name": followed.name},
            _("We do so already: you need to do nothing."),
        ],
        _("Open it"),
        settings.SITE_URL + followed.path,
        (secret,),
        stop_link=link("follow_stop", secret),
    )


def forget_unconfirmed(at=None) -> int:
    """Delete what nobody confirmed within seven days; a chore of the worker."""
    old = clock.now(at) - UNCONFIRMED_LIFE
    return Subscription.objects.filter(confirmed_at__isnull=True, created_at__lt=old).delete()[0]
