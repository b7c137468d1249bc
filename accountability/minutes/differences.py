"""What changed between two editions, paragraph by paragraph, and word by word inside one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
ALIKE = 0.5  # paragraphs less alike than this are told as one gone and one new
MOST_WORDS = 2000  # of a longer paragraph the words are not compared one by one


@dataclass(frozen=True)
class Change:
    """A paragraph that came, went, or has other words. `number` is its number in the new edition.

    `pieces` are (text, "same" | "gone" | "new") in reading order.
    """

    kind: str
    number: int | None
    pieces: list[tuple[str, str]]


def between(old: list[str], new: list[str]) -> list[Change]:
    """The changes in the order of the new edition."""
    return list(_changes(old, new))


def _changes(old, new) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        pairs = min(b - a, d - c)
        for n in range(pairs):
            yield from _changed(old[a + n], new[c + n], c + n + 1)
        for text in old[a + pairs : b]:
            yield Change("gone", None, [(text, "gone")])
        for place in range(c + pairs, d):
            yield Change("new", place + 1, [(new[place], "new")])


def _changed(old: str, new: str, number: int) -> Iterator[Change]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > MOST_WORDS or matcher.ratio() < ALIKE:
        yield Change("gone", None, [(old, "gone")])
        yield Change("new", number, [(new, "new")])
        return
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("".join(before[a:b]), "same"))
            continue
        pieces += [("".join(before[a:b]), "gone")] if b > a else []
        pieces += [("".join(after[c:d]), "new")] if d > c else []
    yield Change("changed", number, pieces)
