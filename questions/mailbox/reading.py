"""One round: read what is new in the mailbox, file each mail, put it away.

A mail is put away only after its row is committed. Where that is cut off, the next round finds
the row and only puts away.
"""

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings

from portal.base import clock
from questions.mailbox import filing
from questions.mailbox.filing import MAX_ATTEMPTS, NotNow
from questions.mailbox.place import WrongAddress, own_place
from questions.mailbox.server import FAULTS, Found, Server, opened
from questions.models import InboundMessage

logger = logging.getLogger(__name__)

Result = InboundMessage.Result
SECONDS = 20  # of one round: the same worker sends the mails that wait
MAX_MAILS = 50
BEGINNING = 1024 * 1024  # of a mail that is too large
POSTPONED, KNOWN = "postponed", ""
OTHER_READER = timedelta(minutes=2)  # who filed a mail is given this long to put it away
FOLDERS = {
    Result.FILED: "Radicados",
    Result.THREADED: "Radicados",
    Result.SKIPPED: "Automaticos",
    Result.BOUNCE: "Automaticos",
}


class Unreachable(Exception):
    """The mailbox can't be read now; the text is for who looks after the installation."""


def read_mailbox(*, again: bool = False, at: datetime | None = None) -> Counter:
    """Read what is new; says how many mails had which result. Does nothing without IMAP_URL.

    `again` takes up what was given up. Raises Unreachable; what was filed before stays filed.
    """
    try:
        place = own_place()
        if place is None:
            return Counter()
        with opened(place) as server:
            if again:
                server.take_up_again()
                InboundMessage.objects.filter(result=Result.FAILED).update(attempts=0)
            return _round(server, at)
    except WrongAddress as error:
        raise Unreachable(f"IMAP_URL: {error}") from error
    except FAULTS as error:
        raise Unreachable(f"the mail server did not do it ({type(error).__name__})") from error


def _round(server: Server, at) -> Counter:
    results, end = Counter(), time.monotonic() + SECONDS
    for found in server.new(_since(at)):
        results[_read(server, found, at)] += 1
        if results.total() >= MAX_MAILS or time.monotonic() > end:
            break
    del results[KNOWN]
    return results


def _since(at) -> datetime:
    """From when on opened mails count too: those of before were the staff's own to read."""
    first = InboundMessage.objects.order_by("read_at").values_list("read_at", flat=True).first()
    return first or clock.now(at)


def _read(server: Server, found: Found, at) -> str:
    """File one mail and put it away; its result, KNOWN where it was filed before."""
    is_too_large = found.size > settings.PRIVATE_MAX_BYTES
    raw = server.fetch(found.uid, BEGINNING if is_too_large else settings.PRIVATE_MAX_BYTES)
    if raw is None:
        return KNOWN
    try:
        size = found.size if is_too_large else 0
        row, is_new = filing.take(raw, found.came, size=size, at=at)
    except NotNow:
        return POSTPONED
    if not is_new and row.read_at > clock.now(at) - OTHER_READER:
        return KNOWN  # two that move it at once would make two of it
    if row.result != Result.FAILED:
        server.put_away(found.uid, FOLDERS[row.result])
    elif row.attempts >= MAX_ATTEMPTS:
        server.give_up(found.uid)
    return row.result if is_new else KNOWN


def read_regularly(at) -> None:
    """The worker's chore. A server that is away is one line in the log, and tried again."""
    try:
        results = read_mailbox(at=at)
    except Unreachable as error:
        logger.warning("mailbox not read: %s", error)
        return
    if results:
        told = ", ".join(f"{result} {number}" for result, number in sorted(results.items()))
        logger.info("mailbox: %s", told)
