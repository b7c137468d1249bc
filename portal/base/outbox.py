"""The outbox: mail is a row first. Written with the step it tells, sent after commit, retried.

Exactly-once mail does not exist: when the worker dies between the mail server's "250" and our
commit, the message goes out again with the same Message-ID.
"""

import logging
import smtplib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation

from portal.base import clock
from portal.base.models import OutgoingMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
MAX_ATTEMPTS = 20
MASK = "•••"


class NoMailServer(BaseEmailBackend):
    """Used where EMAIL_URL is not set: the outbox keeps every message and tries none."""

    def send_messages(self, email_messages):
        raise OSError("EMAIL_URL is not set")


def has_mail_server() -> bool:
    return f"{NoMailServer.__module__}.{NoMailServer.__qualname__}" != settings.EMAIL_BACKEND


@dataclass(frozen=True)
class Letter:
    """What a message says: paragraphs, and one thing to do. No text of a citizen goes in here."""

    subject: str
    paragraphs: Sequence[str]
    action: str = ""
    link: str = ""
    secrets: Sequence[str] = field(default=())


def queue(key, *, to, compose, language=settings.LANGUAGE_CODE, at=None) -> OutgoingMail:
    """Write one message in the caller's transaction; a second with the same `key` is not written.

    `compose` is called in the reader's language and gives a Letter.
    """
    with translation.override(language):
        letter = compose()
        context = {"letter": letter, "language": language}
        text = render_to_string("mail/letter.txt", context).strip() + "\n"
        html = render_to_string("mail/letter.html", context)
    domain = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    mail, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": " ".join(letter.subject.split())[:120],
            "text": text,
            "html": html,
            "secrets": list(letter.secrets),
            "message_id": f"<{uuid.uuid4().hex}@{domain}>",
            "due_at": clock.now(at),
            "created_at": clock.now(at),
        },
    )
    return mail


def send_due(at=None, limit: int = 50, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one message at a time; returns how many left.

    `stopping` is asked before each message: a worker that is told to stop finishes the one in hand.
    """
    connection = get_connection()
    if isinstance(connection, NoMailServer):
        return 0  # no try is counted, so none of them is given up
    sent = 0
    for pk in _due(clock.now(at)).values_list("pk", flat=True)[:limit]:
        if stopping():
            break
        mail = _claim(pk, clock.now(at))
        if mail is None:
            continue
        sent += _send(mail, connection, at)
    connection.close()
    return sent


def _due(at):
    waiting = Q(status=OutgoingMail.Status.QUEUED, due_at__lte=at)
    abandoned = Q(status=OutgoingMail.Status.SENDING, due_at__lte=at)
    return OutgoingMail.objects.filter(waiting | abandoned).order_by("due_at", "pk")


def _claim(pk, at) -> OutgoingMail | None:
    """Take a message for five minutes. A worker that dies leaves it to the next one."""
    claimed = (
        _due(at)
        .filter(pk=pk)
        .update(status=OutgoingMail.Status.SENDING, due_at=at + LEASE, attempts=F("attempts") + 1)
    )
    return OutgoingMail.objects.get(pk=pk) if claimed else None


def _send(mail, connection, at) -> int:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        connection=connection,
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **mail.headers,
        },
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        # ValueError: an address that no header can carry; it must not hold the others up.
        _put_back(mail, error, at)
        return 0
    _mark_sent(mail, at)
    return 1


def _mark_sent(mail, at):
    for secret in mail.secrets:
        mail.text = mail.text.replace(secret, MASK)
        mail.html = mail.html.replace(secret, MASK)
    mail.secrets = []
    mail.status = OutgoingMail.Status.SENT
    mail.sent_at = clock.now(at)
    mail.error = ""
    mail.save()


def _put_back(mail, error, at):
    """A passing fault waits longer each time; an address that is refused for good is marked."""
    code = getattr(error, "smtp_code", 0)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (0, b""))[0]
    hopeless = isinstance(error, ValueError) or 500 <= code < 600
    permanent = hopeless or mail.attempts >= MAX_ATTEMPTS
    wait = min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
    mail.status = OutgoingMail.Status.FAILED if permanent else OutgoingMail.Status.QUEUED
    mail.due_at = clock.now(at) + wait
    mail.error = f"{type(error).__name__} {code or ''}".strip()
    mail.save(update_fields=["status", "due_at", "error"])
    logger.warning("mail %s not sent (%s), attempt %s", mail.pk, mail.error, mail.attempts)
