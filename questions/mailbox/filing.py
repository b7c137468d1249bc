"""From a mail to a row: once, in one transaction, whatever happens around it."""

import logging
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from entity.models import Topic
from portal.base import addresses, apart, clock, outbox
from portal.base.models import OutgoingMail
from questions import workflow
from questions.mailbox import contents, parsing, rules
from questions.mailbox.parsing import Mail
from questions.mailbox.place import own_place
from questions.models import InboundMessage, Note, Question, QuestionFile
from questions.usual_topic import usual_topic

logger = logging.getLogger(__name__)
Result = InboundMessage.Result

MAX_ATTEMPTS = 5
RECEIPTS_PER_HOUR = 5
# The machine's trouble, not the mail's: no try of it is counted.
TROUBLE = (apart.Busy, OSError, OperationalError, InterfaceError)


class NotNow(Exception):
    """The mail can't be filed now, through no fault of its own."""


Taken = tuple[InboundMessage, bool]


def take(raw: bytes, came: datetime, *, size: int = 0, at=None) -> Taken:
    """File one mail, or find that it was filed before: its row, and whether it was filed now.

    `came` is when the mailbox got it, `size` that of the whole mail where `raw` is only its
    beginning. A mail that can't be filed gives a row with the result FAILED and one more try
    counted. Raises NotNow.
    """
    digest = parsing.digest_of(raw)
    known = InboundMessage.objects.exclude(result=Result.FAILED).filter(digest=digest).first()
    if known:
        return known, False
    came = min(came, clock.now(at))
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return _take(parsing.read(raw), came, size, at)
    except NotNow:
        raise
    except TROUBLE as error:
        logger.warning("mail %s waits: %s", digest[:8], type(error).__name__)
        raise NotNow from error
    except Exception as error:  # one mail must not hold up the others
        return _count_failure(digest, came, error, at), True


def _take(mail: Mail, came, size, at) -> Taken:
    if mail.undelivered or rules.is_automatic(mail, own_addresses()):
        return _put_aside(mail, came, at)
    is_cut = size > len(mail.raw)
    files = [] if is_cut else contents.files_of(mail)
    with _forgetting() as stored, transaction.atomic():
        row, is_ours = _claim(mail.digest, Result.FILED, came, at)
        if not is_ours:
            return row, False
        stored += [file.store() for file in files]
        _write(row, mail, stored, at)
        if is_cut:
            _note(row.question, contents.size_note(size), at)
    return row, True


def _put_aside(mail: Mail, came, at) -> Taken:
    """What no person wrote. A report of one of our messages marks that message."""
    with transaction.atomic():
        row, is_ours = _claim(mail.digest, Result.SKIPPED, came, at)
        if is_ours and mail.undelivered and outbox.mark_bounced(mail.undelivered):
            row.result = Result.BOUNCE
            row.save(update_fields=["result"])
    return row, is_ours


def _claim(digest: str, result: str, came, at) -> Taken:
    """The mail's row and whether this transaction may file it; of two readers one waits and loses.

    A row of a failed try is taken by a comparison, a new one by its unique digest.
    """
    values = {"result": result, "received_at": came, "read_at": clock.now(at)}
    row, is_new = InboundMessage.objects.get_or_create(digest=digest, defaults=values)
    if is_new:
        return row, True
    failed = InboundMessage.objects.filter(pk=row.pk, result=Result.FAILED)
    is_ours = bool(failed.update(**values, error=""))
    row.refresh_from_db()
    return row, is_ours


def _write(row: InboundMessage, mail: Mail, stored: list, at) -> None:
    keys = _keys_replied_to(mail)
    case = rules.case_of(mail, keys)
    if case:
        row.question = _add(mail, case, stored, row.received_at, at)
        row.result = Result.THREADED
    else:
        row.question = _file(mail, stored, row.received_at, at)
        _mention(mail, keys, row.question, at)
    row.save(update_fields=["result", "question"])


def _file(mail: Mail, stored: list, came, at) -> Question:
    filing = workflow.Filing(
        token=addresses.keyed_hash("mail-filing", mail.digest),
        text=contents.words_of(mail),
        topic=_topic(),
        scope=Question.Scope.REGION,
        name="" if mail.name == mail.address else mail.name,
        email=mail.address,
        files=stored,
        file_source=QuestionFile.Source.MAIL,
        channel=Question.Channel.EMAIL,
        received_at=came,
        wants_receipt=_may_write_to(mail.address, at),
    )
    return workflow.submit_question(filing, at=at)


def _add(mail: Mail, case: Question, stored: list, came, at) -> Question:
    text = contents.words_of(mail)
    is_cut = len(mail.reply) < len(mail.text)
    return workflow.receive_message(
        case,
        text=text,
        reply=contents.shortened(mail.reply) if is_cut else text,
        files=stored,
        received_at=came,
        tells=_may_write_to(mail.address, at),
        at=at,
    )


def _mention(mail: Mail, keys: list[str], question: Question, at) -> None:
    """Tell the desk of the cases that the mail speaks of and that are not its sender's."""
    numbers, references = rules.numbers_of(keys), rules.named_references(mail)
    others = Question.objects.filter(Q(number__in=numbers) | Q(reference__in=references))
    names = ", ".join(others.exclude(pk=question.pk).values_list("reference", flat=True)[:5])
    if names:
        sentence = _("The mail speaks of %(refs)s, but comes from another address.")
        _note(question, sentence % {"refs": names}, at)


def _note(question: Question, text: str, at) -> None:
    Note.objects.create(question=question, text=text, at=clock.now(at))


def _keys_replied_to(mail: Mail) -> list[str]:
    mails = OutgoingMail.objects.filter(message_id__in=mail.thread)
    return list(mails.values_list("key", flat=True))


def _topic() -> Topic:
    found = usual_topic()
    if found is None:
        raise NotNow("there is no active topic")
    return found


def _may_write_to(address: str, at) -> bool:
    """A few receipts each hour, so that two machines that answer each other come to rest."""
    if not address:
        return False
    window = timedelta(hours=1)
    sent = addresses.count("mail-receipt", address.lower(), window=window, at=at)
    return sent <= RECEIPTS_PER_HOUR


def own_addresses() -> set[str]:
    """From where the portal itself writes: such a mail is one of ours that came back."""
    place = own_place()
    own = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1], place.address if place else ""}
    return {address.lower() for address in own if address}


@contextmanager
def _forgetting():
    """A list of stored files whose bytes are deleted again where the transaction fails."""
    stored = []
    try:
        yield stored
    except BaseException:
        for one in stored:
            one.content.delete(save=False)
        raise


def _count_failure(digest: str, came, error: Exception, at) -> InboundMessage:
    """Remember that it could not be filed; the log holds nothing of the mail but its digest."""
    values = {"result": Result.FAILED, "received_at": came, "read_at": clock.now(at)}
    row, _created = InboundMessage.objects.get_or_create(digest=digest, defaults=values)
    failed = InboundMessage.objects.filter(pk=row.pk, result=Result.FAILED)
    name = type(error).__name__
    failed.update(attempts=F("attempts") + 1, error=name[:80], read_at=clock.now(at))
    row.refresh_from_db()
    logger.warning("mail %s not filed (%s), attempt %s", digest[:8], name, row.attempts)
    return row
