"""Secret codes that a person copies by hand: Crockford letters, read kindly, kept as hashes."""

import hmac

from portal.base.addresses import keyed_hash

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 10


def derived(purpose: str, token: str) -> str:
    """The code of a token: 50 bits, drawn from its random ones.

    Whoever holds the token gets the same code again, so a second press shows the same receipt and
    the code itself is stored nowhere.
    """
    number = int(keyed_hash(purpose, token)[:16], 16)
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


def digest(purpose: str, code: str) -> str:
    """What is kept of a code."""
    return keyed_hash(purpose, code)


def matches(purpose: str, typed: str, stored_digest: str) -> bool:
    """Whether the typed code is the one of `stored_digest`, in constant time."""
    return hmac.compare_digest(digest(purpose, normalised(typed)), stored_digest)
