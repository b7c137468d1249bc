"""Rows of a list that a page carries from its dry run to its writing: signed, for a day."""

from django.core import signing

LIFE = 24 * 3600  # seconds


def sealed(salt: str, owner: tuple, rows: list[dict]) -> str:
    """The rows as the page carries them, for this owner only (keys of a person, of an event…)."""
    return signing.dumps([list(owner), rows], salt=salt, compress=True)


def opened(salt: str, owner: tuple, text: str) -> list[dict] | None:
    """The rows that were sealed; None where they are too old, of others, or were touched."""
    try:
        of, rows = signing.loads(text, salt=salt, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return None
    return rows if of == list(owner) else None
