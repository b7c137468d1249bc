"""Radicado and secret code. The code is shown once and kept only as a keyed hash."""

import hashlib
import re

from portal.base import secret_codes
from portal.base.addresses import keyed_hash

PURPOSE = "follow-code"
REFERENCE = re.compile(r"(?:RC)?[\s-]*(\d{4})[\s-]+(\d{1,12})|RC[\s-]*(\d{4})(\d{5,12})")


def code_for(token: str) -> str:
    """The code of the contribution filed from a draft, known to whoever holds its token."""
    return secret_codes.derived("code", token)


def digest(code: str) -> str:
    return secret_codes.digest(PURPOSE, code)


def matches(typed: str, stored_digest: str) -> bool:
    """Whether the typed code is the one of `stored_digest`, in constant time."""
    return secret_codes.matches(PURPOSE, typed, stored_digest)


def filing_key(token: str) -> str:
    """What a question remembers of its draft: enough to know a second tap, no more."""
    return keyed_hash("filing", token)


def reference_for(number: int, year: int) -> str:
    """The public filing number: RC-2020-00018."""
    return f"RC-{year}-{number:05d}"


def normalised_reference(typed: str) -> str:
    """RC-2020-00018, however it was typed: "rc 2020 18", "2020-18", "RC202000018"."""
    if parts := REFERENCE.fullmatch(typed.strip().upper()):
        year, number = parts[1] or parts[3], parts[2] or parts[4]
        return reference_for(int(number), int(year))
    return typed.strip().upper()[:24]


def link_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
