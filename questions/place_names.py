"""Which municipality somebody meant: spelling by ear, short names, a village beside the town."""

import difflib
import re
from collections.abc import Iterable

from portal.base.search import fold

LEAST_PREFIX = 4
ALIKE = 0.72
# Spanish of Colombia writes one sound in several ways: "Oyva" is Oiba, "Beles" is Vélez.
SOUNDS = (
    ("qu", "k"), ("ll", "i"), ("y", "i"), ("v", "b"), ("z", "s"),
    ("ce", "se"), ("ci", "si"), ("c", "k"), ("ge", "je"), ("gi", "ji"), ("h", ""),
)  # fmt: skip


def without_department(typed: str, department: str) -> str:
    """ "San Gil, Santander" and "San Gil (Santander)", folded: "san gil"."""
    words = _words(typed)
    tail = _words(department)
    is_named = len(words) > len(tail) and words[-len(tail) :] == tail
    return " ".join(words[: -len(tail)] if is_named else words)


def meant(typed: str, names: Iterable[str]) -> str | None:
    """The one of `names` (folded) that was meant; None when none or several could be."""
    names, words = list(names), _words(typed)
    text = " ".join(words)
    inside = [name for name in names if f" {name} " in f" {text} "]
    if inside:
        return max(inside, key=len)
    if len(text) >= LEAST_PREFIX:
        begun = [name for name in names if name.startswith(text)]
        if begun:
            return begun[0] if len(begun) == 1 else None
    by_sound = {_sound(name): name for name in names}
    near = difflib.get_close_matches(_sound(text), by_sound, n=1, cutoff=ALIKE)
    return by_sound[near[0]] if near else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _sound(folded: str) -> str:
    for written, heard in SOUNDS:
        folded = folded.replace(written, heard)
    return folded
