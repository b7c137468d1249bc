"""The outbox: mail is a row first. Written with the step it tells, sent after commit, retried.

Exactly-once mail does not exist: when the worker dies between the mail server's "250" and our
commit, the message goes out again with the same Message-ID.
"""

import logging
import smtplib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.base import attachments, clock, rows
from portal.base.machine import MoveRefused, record
from portal.base.models import Announcement, OutgoingMail

logger = logging.getLogger(__name__)

Status = OutgoingMail.Status
AT_ONCE = timedelta()
LEASE = timedelta(minutes=5)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
MAX_ATTEMPTS = 20
MASK = "•••"


class NoMailServer(BaseEmailBackend):
    """Used where EMAIL_URL is not set: the outbox keeps every message and tries none."""

    def send_messages(self, email_messages):
        raise OSError("EMAIL_URL is not set")


@dataclass(frozen=True)
class Fault:
    """Why a message did not leave. `of_server`: any other message would have met the same."""

    error: Exception
    of_server: bool


@dataclass(frozen=True)
class Item:
    """One line of a list in a message, with the page it speaks of."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Letter:
    """What a message says: paragraphs, lines, and one thing to do. No text of a citizen is in it.

    `reason` says why the message came, `stop_link` ends what the reader asked for. Replies go to
    `reply_to`; without one the message says that nobody reads them.
    """

    subject: str
    paragraphs: Sequence[str]
    action: str = ""
    link: str = ""
    secrets: Sequence[str] = field(default=())
    items: Sequence[Item] = field(default=())
    reason: str = ""
    stop_link: str = ""
    reply_to: str = ""


def render(compose: Callable[[], Letter], language: str) -> tuple[Letter, dict[str, str]]:
    """The letter of `compose` in a language, and the columns of a message that hold its words."""
    with translation.override(language):
        letter = compose()
        context = {"letter": letter, "language": language}
        return letter, {
            "language": language,
            "subject": " ".join(letter.subject.split())[:120],
            "text": render_to_string("mail/letter.txt", context).strip() + "\n",
            "html": render_to_string("mail/letter.html", context),
        }


def one_click(stop_link: str) -> dict[str, str]:
    """The headers by which a mail program shows a button of its own to stop (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def new_message_id() -> str:
    domain = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return f"<{uuid.uuid4().hex}@{domain}>"


def queue(
    key: str,
    *,
    to: str,
    compose: Callable[[], Letter],
    language: str = settings.LANGUAGE_CODE,
    hold: timedelta = AT_ONCE,
    headers: Mapping[str, str] | None = None,
    at=None,
) -> OutgoingMail:
    """Write one message in the caller's transaction; a second with the same `key` is not written.

    `compose` is called in the reader's language. The message waits for `hold` at least. `headers`
    are added to it and hold no text of a citizen. One that was cancelled is written anew.
    """
    letter, words = render(compose, language)
    stop = one_click(letter.stop_link) if letter.stop_link else {}
    reply = {"Reply-To": letter.reply_to} if letter.reply_to else {}
    fields = {
        **words,
        "to": to,
        "secrets": list(letter.secrets),
        "headers": {**stop, **reply, **(headers or {})},
        "due_at": clock.now(at) + hold,
        "created_at": clock.now(at),
    }
    mail = OutgoingMail(key=key, message_id=new_message_id(), **fields)
    if rows.insert_once(mail, "key"):
        return mail
    mail = OutgoingMail.objects.get(key=key)
    if mail.status == Status.CANCELLED:
        again = OutgoingMail.objects.filter(pk=mail.pk, status=Status.CANCELLED)
        again.update(**fields, status=Status.QUEUED)
        mail.refresh_from_db()
    return mail


def cancel(keys: Iterable[str]) -> int:
    """Take back what still waits, in the caller's transaction; says how many of `keys` it was.

    What a worker has in hand is not taken back: it claims a row by the same comparison, so one of
    both wins. A cancelled message keeps its key and loses its words and its links; one to all
    followers that was not begun is gone.
    """
    keys = list(keys)
    waiting = OutgoingMail.objects.filter(key__in=keys, status=Status.QUEUED)
    taken = waiting.update(status=Status.CANCELLED, text="", html="", secrets=[], headers={})
    begun_not = Announcement.objects.filter(key__in=keys, last_pk=0, finished_at__isnull=True)
    return taken + begun_not.delete()[0]


def mark_bounced(message_ids: Iterable[str]) -> int:
    """Mark what the reader's server gave back after ours had taken it; says how many it was.

    Called in the transaction that remembers the report, so no report counts twice.
    """
    sent = OutgoingMail.objects.filter(message_id__in=list(message_ids), status=Status.SENT)
    return sent.update(status=Status.FAILED, error="bounced")


@transaction.atomic
def retry(mail: OutgoingMail, *, actor, at=None) -> OutgoingMail:
    """Send once more what was given up, its tries counted from zero; the history says who asked.

    Raises MoveRefused for a message that did not fail.
    """
    failed = OutgoingMail.objects.filter(pk=mail.pk, status=Status.FAILED)
    if not failed.update(status=Status.QUEUED, attempts=0, due_at=clock.now(at), error=""):
        raise MoveRefused(_("Only a message that failed can be sent again."))
    record(
        "mail", mail.pk, "status", "retry_mail",
        before=Status.FAILED, after=Status.QUEUED, actor=actor, at=at, detail=mail.key,
    )  # fmt: skip
    mail.refresh_from_db()
    return mail


def send_due(at=None, limit: int = 50, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one message at a time over one connection; returns how many left.

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
        fault = _send(mail, connection)
        if fault is None:
            _mark_sent(mail, at)
            sent += 1
            continue
        _put_back(mail, fault, at)
        if fault.of_server:
            break  # the others wait without a try of theirs being counted
    connection.close()
    return sent


def _due(at):
    """What one person waits for goes before what goes to many (a receipt before news)."""
    waiting = Q(status=Status.QUEUED, due_at__lte=at)
    abandoned = Q(status=Status.SENDING, due_at__lte=at)
    return OutgoingMail.objects.filter(waiting | abandoned).order_by("is_bulk", "due_at", "pk")


def _claim(pk, at) -> OutgoingMail | None:
    """Take a message for five minutes. A worker that dies leaves it to the next one."""
    claimed = (
        _due(at)
        .filter(pk=pk)
        .update(status=Status.SENDING, due_at=at + LEASE, attempts=F("attempts") + 1)
    )
    return OutgoingMail.objects.get(pk=pk) if claimed else None


def _send(mail, connection) -> Fault | None:
    """Hand one message to the server; gives the fault, if there was one."""
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
    if file := attachments.made(mail.attachment):
        message.attach(file.part())
    try:
        connection.open()
    except OSError as error:  # a refused password too: no fault of the message
        return Fault(error, of_server=True)
    try:
        message.send()
    except (OSError, ValueError) as error:
        # ValueError: an address that no header can carry; it must not hold the others up.
        connection.close()
        return Fault(error, of_server=_is_of_server(error))
    return None


def _is_of_server(error: Exception) -> bool:
    """The line broke or the sender is not welcome; smtplib's errors are OSErrors too."""
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPSenderRefused):
        return True
    return not isinstance(error, smtplib.SMTPException | ValueError)


def masked(text: str, secrets: Iterable[str]) -> str:
    """`text` without what opens something."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def _mark_sent(mail, at):
    mail.text = masked(mail.text, mail.secrets)
    mail.html = masked(mail.html, mail.secrets)
    mail.headers = {name: masked(text, mail.secrets) for name, text in mail.headers.items()}
    mail.secrets = []
    mail.status = Status.SENT
    mail.sent_at = clock.now(at)
    mail.error = ""
    mail.save()


def _put_back(mail, fault, at):
    """A passing fault waits longer each time; an address that is refused for good is marked."""
    error = fault.error
    code = getattr(error, "smtp_code", 0)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (0, b""))[0]
    hopeless = isinstance(error, ValueError) or 500 <= code < 600
    permanent = not fault.of_server and (hopeless or mail.attempts >= MAX_ATTEMPTS)
    wait = min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
    mail.status = Status.FAILED if permanent else Status.QUEUED
    mail.due_at = clock.now(at) + wait
    mail.error = f"{type(error).__name__} {code or ''}".strip()
    mail.save(update_fields=["status", "due_at", "error"])
    logger.warning("mail %s not sent (%s), attempt %s", mail.pk, mail.error, mail.attempts)
