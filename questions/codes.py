"""Radicado and secret code. The code is shown once and kept only as a keyed hash."""

import hashlib
import hmac

from portal.base.addresses import keyed_hash

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 10


def code_for(token: str) -> str:
    """The code of the contribution filed from a draft: 50 bits, drawn from its 128 random ones.

    Whoever holds the draft's token (the sender's own session) gets the same code again, so a
    second tap shows the same receipt and the code itself is stored nowhere.
    """
    number = int(keyed_hash("code", token)[:16], 16)
    letters = []
    for _position in range(LENGTH):
        number, digit = divmod(number, 32)
        letters.append(ALPHABET[digit])
    return "".join(letters)


def shown(code: str) -> str:
    """The code in two groups of five: K7M4P-9TQX2."""
    return f"{code[:5]}-{code[5:]}"


def normalised(typed: str) -> str:
    """What somebody typed, read kindly: lower case, spaces, hyphens, O for 0, I and L for 1."""
    text = "".join(typed.upper().split()).replace("-", "")
    return text.translate(str.maketrans("OIL", "011"))


def digest(code: str) -> str:
    return keyed_hash("follow-code", code)


def matches(typed: str, stored_digest: str) -> bool:
    """Whether the typed code is the one of `stored_digest`, in constant time."""
    return hmac.compare_digest(digest(normalised(typed)), stored_digest)


def filing_key(token: str) -> str:
    """What a question remembers of its draft: enough to know a second tap, no more."""
    return keyed_hash("filing", token)


def reference_for(number: int, year: int) -> str:
    """The public filing number: RC-2020-00018."""
    return f"RC-{year}-{number:05d}"


def normalised_reference(typed: str) -> str:
    """RC-2020-00018, however it was typed ("rc 2020 18", "18-2020" is not understood)."""
    parts = typed.upper().replace("-", " ").split()
    if len(parts) == 3 and parts[0] == "RC" and parts[1].isdecimal() and parts[2].isdecimal():
        return reference_for(int(parts[2][:12]), int(parts[1][:4]))
    return typed.strip().upper()[:24]


def link_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
