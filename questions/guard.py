"""Against floods, without any outside service: honeypot, signed time, and counted limits.

Nothing here ever loses what a person typed: the worst it does is to ask for one more press.
"""

import hmac
import secrets
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.utils.translation import gettext as _

from portal.base import addresses

HONEYPOT = "sitio_web"
LEAST_SECONDS = 2
WINDOW = timedelta(minutes=10)
ASK_FROM, REFUSE_FROM = 10, 60
WRONG_CODES = timedelta(hours=1)
WRONG_PER_REFERENCE, WRONG_PER_ADDRESS = 10, 30

_opened = signing.TimestampSigner(salt="ask-opened")


class Verdict(Enum):
    """What the limits say of one more submission."""

    FINE = "fine"
    ASK = "ask"
    REFUSE = "refuse"


def opened_now() -> str:
    """A signed note of when the form was opened, for a hidden field."""
    return _opened.sign("1")


def looks_automatic(post) -> bool:
    """Whether a form was filled by a program: the hidden field, or in less than two seconds."""
    if post.get(HONEYPOT):
        return True
    try:
        _opened.unsign(post.get("started", ""))
    except signing.BadSignature:
        return True
    try:
        _opened.unsign(post["started"], max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def submission_verdict(address: str, event_slug: str, at=None) -> Verdict:
    """Count one more submission from an address to an event, and say what follows."""
    key = f"{addresses.limit_key(address)}|{event_slug}"
    number = addresses.count("submission", key, window=WINDOW, at=at)
    if number > REFUSE_FROM:
        return Verdict.REFUSE
    return Verdict.ASK if number > ASK_FROM else Verdict.FINE


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
    """Whether the answer to a simple question of the last half hour is right."""
    try:
        nonce, expected = signing.loads(signed, salt="simple-question", max_age=1800)
    except signing.BadSignature:
        return False
    given = addresses.keyed_hash("simple-question", f"{nonce}:{typed.strip()[:4]}")
    return hmac.compare_digest(given, expected)


def too_many_wrong_codes(reference: str, address: str, *, add: int, at=None) -> bool:
    """Count wrong tries of a code (`add` 1), or only ask (`add` 0)."""
    per_reference = addresses.count("code", reference, window=WRONG_CODES, at=at, add=add)
    key = addresses.limit_key(address)
    per_address = addresses.count("code-from", key, window=WRONG_CODES, at=at, add=add)
    return per_reference > WRONG_PER_REFERENCE or per_address > WRONG_PER_ADDRESS
