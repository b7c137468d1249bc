"""Which mails are automatic, and to which case a reply belongs."""

import re

from questions import codes
from questions.models import Author, Question

# The key of a message names its case; whose case was joined to that one is named at the end.
_CASE_OF_KEY = re.compile(r"^question:(\d{1,18}):|:author-of-(\d{1,18})$")
_REFERENCE = re.compile(r"\bRC[- ]\d{4}[- ]\d{1,12}\b", re.IGNORECASE)
_MACHINES = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_BULK = {"bulk", "list", "junk", "auto_reply"}


def is_automatic(mail, own_addresses: set[str]) -> bool:
    """Whether a program sent it: it is not filed, and above all not answered (RFC 3834)."""
    heads = {name: value.strip().lower() for name, value in mail.headers.items()}
    return bool(
        heads.get("auto-submitted", "no").partition(";")[0].strip() != "no"
        or heads.get("precedence") in _BULK
        or heads.get("x-auto-response-suppress", "none") != "none"
        or "list-id" in heads
        or heads.get("return-path") == "<>"
        or mail.kind in ("multipart/report", "message/delivery-status")
        or _MACHINES.match(mail.address)
        or mail.address.lower() in own_addresses
    )


def named_references(mail) -> list[str]:
    """The filing numbers in the subject, as the portal writes them."""
    found = _REFERENCE.findall(mail.subject[:500])
    return list(dict.fromkeys(codes.normalised_reference(one) for one in found))[:5]


def case_of(mail, keys: list[str]) -> Question | None:
    """The case that this mail goes on with. `keys` are those of the messages it replies to.

    Only where the sender's address is the author's: a follower gets mails about the case too, and
    filing numbers are public; nobody may write into the case of somebody else.
    """
    if not mail.address:
        return None
    own = Author.objects.filter(email__iexact=mail.address).select_related("question")
    replied = own.filter(question__number__in=numbers_of(keys)).order_by("-question__number")
    named = own.filter(question__reference__in=named_references(mail))
    author = replied.first() or named.order_by("question__number").first()
    return author.question if author else None


def numbers_of(keys: list[str]) -> list[int]:
    """The cases that messages with these keys spoke of."""
    found = [pair for key in keys for pair in _CASE_OF_KEY.findall(key)]
    return [int(number or joined) for number, joined in found]
