"""Against floods, without any outside service: counted limits, and a question a person answers.

Nothing here ever loses what a person typed: the worst it does is to ask for one more press.
"""

import hmac
import secrets
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core import signing
from django.db import connection
from django.utils.translation import gettext as _

from events.models import Event
from portal.base import addresses, clock
from portal.base.search import fold

WINDOW = timedelta(minutes=10)
ASK_FROM, REFUSE_FROM = 10, 60
HALL_TIMES = 20
FLOOD_WINDOW = timedelta(minutes=1)
WRONG_CODES = timedelta(hours=1)
SIMPLE_LIFE = timedelta(minutes=30)
WRONG_PER_BOTH, WRONG_PER_REFERENCE, WRONG_PER_ADDRESS = 10, 50, 30

FLOODED = (
    "SELECT 1 FROM (SELECT submitted_at FROM questions_question ORDER BY number DESC "
    "LIMIT 1 OFFSET %s) AS last WHERE submitted_at > %s"
)


class Verdict(Enum):
    """What the limits say of one more submission."""

    FINE = "fine"
    ASK = "ask"
    REFUSE = "refuse"
    REPEATED = "repeated"


def submission_verdict(address: str, event: Event | None, at=None) -> Verdict:
    """Count one more submission from an address to an event, and say what follows.

    What comes from a hall that the event lists has wider limits, and a flood over the whole
    installation asks everybody; neither is ever without a limit.
    """
    key = f"{addresses.limit_key(address)}|{_name(event)}"
    number = addresses.count("submission", key, window=WINDOW, at=at)
    wider = HALL_TIMES if number > ASK_FROM and is_hall(address, event) else 1
    if number > REFUSE_FROM * wider:
        return Verdict.REFUSE
    return Verdict.ASK if number > ASK_FROM * wider or _is_flooded(at) else Verdict.FINE


def _name(event: Event | None) -> str:
    return event.slug if event else ""


def is_hall(address: str, event: Event | None) -> bool:
    """Whether an address is one of those from which many people write to this event at once."""
    networks = event.halls.values_list("network", flat=True) if event else ()
    return any(addresses.is_within(address, network) for network in networks)


def _is_flooded(at=None) -> bool:
    """Whether more was filed in the last minute than the installation takes without a question.

    Looks at one row of an index: counting would cost every filing a row that all of them change.
    """
    since = connection.ops.adapt_datetimefield_value(clock.now(at) - FLOOD_WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(FLOODED, [settings.FLOOD_PER_MINUTE - 1, since])
        return cursor.fetchone() is not None


def marks_of(address: str, event: Event | None, text: str, email: str) -> tuple[str, ...]:
    """What a contribution is known by for a day, if it is sent once more: its words, whatever
    their case, accents and spaces, for one event, from one address or one e-mail.

    From a hall only the e-mail counts: there many people may bring the same text.
    """
    said = f"{_name(event)}|{' '.join(fold(text).split())}"
    senders = [f"mail:{email.lower()}"] if email else []
    if (key := addresses.limit_key(address)) and not is_hall(address, event):
        senders.append(f"from:{key}")
    return tuple(f"{sender}|{said}" for sender in senders)


def simple_question() -> tuple[str, str]:
    """A question a person answers at once, and its signed answer for a hidden field."""
    words = [_("two"), _("three"), _("four"), _("five"), _("six")]
    one, other = secrets.randbelow(5), secrets.randbelow(5)
    text = _("How much is %(one)s plus %(other)s? Write it in digits.") % {
        "one": words[one],
        "other": words[other],
    }
    nonce = secrets.token_hex(8)
    answer = addresses.keyed_hash("simple-question", f"{nonce}:{one + other + 4}")
    return text, signing.dumps([nonce, answer], salt="simple-question")


def answered_right(typed: str, signed: str) -> bool:
    """Whether the answer to a simple question of the last half hour is right.

    Each question is good for one try: an answer that was right once is not sent again.
    """
    try:
        nonce, expected = signing.loads(signed, salt="simple-question", max_age=SIMPLE_LIFE)
    except signing.BadSignature:
        return False
    if addresses.count("simple-question", nonce, window=2 * SIMPLE_LIFE) > 1:
        return False
    given = addresses.keyed_hash("simple-question", f"{nonce}:{typed.strip()[:4]}")
    return hmac.compare_digest(given, expected)


def too_many_wrong_codes(reference: str, address: str, *, add: int, at=None) -> bool:
    """Count wrong tries of a code (`add` 1), or only ask (`add` 0).

    Who tries from one address locks out nobody else; only many addresses together could.
    """
    key = addresses.limit_key(address)
    most = {
        ("code", f"{reference}|{key}"): WRONG_PER_BOTH,
        ("code-of", reference): WRONG_PER_REFERENCE,
        ("code-from", key): WRONG_PER_ADDRESS,
    }
    for purpose, counted_for in most if add else ():
        addresses.count(purpose, counted_for, window=WRONG_CODES, at=at, add=add)
    tries = addresses.counted(list(most), window=WRONG_CODES, at=at)
    return any(number > limit for number, limit in zip(tries, most.values(), strict=True))
