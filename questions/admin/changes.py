"""What changed between what was written and what is published, word by word."""

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

_WORD = re.compile(r"\[[^\[\]\n]{1,40}\]|\w+|\s+|[^\w\s]")
# A comparison costs more than the product of both lengths at worst, and mail may be long: what
# differs in more words than these is shown whole, before and after.
MOST_WORDS = 1_000


class Piece(NamedTuple):
    """Words that stand in both texts (""), only before ("out") or only now ("in")."""

    words: str
    change: str


def changes(before: str, now: str) -> list[Piece]:
    """The way from one text to the other, in order; one piece or none where nothing changed."""
    old, new = (_WORD.findall("\n".join(text.splitlines()).strip()) for text in (before, now))
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [
        Piece("".join(old[:head]), ""),
        *_compared(old_middle, new_middle),
        Piece("".join(old[len(old) - tail :]), ""),
    ]
    return [piece for piece in pieces if piece.words]


def _common(one: list[str], other: list[str]) -> int:
    """With how many equal words both begin."""
    return sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )


def _compared(old: list[str], new: list[str]) -> list[Piece]:
    """Pieces of what lies between. A lone space in two changes belongs to both of them."""
    kept = [(0, 0, 0)]
    if max(len(old), len(new)) <= MOST_WORDS:
        blocks = SequenceMatcher(None, old, new).get_matching_blocks()
        kept += [b for b in blocks if "".join(old[b.a : b.a + b.size]).strip()]
    pieces = []
    for (a, b, size), (next_a, next_b, _size) in zip(
        kept, [*kept[1:], _end(old, new)], strict=True
    ):
        pieces += [
            Piece("".join(old[a : a + size]), ""),
            Piece("".join(old[a + size : next_a]), "out"),
            Piece("".join(new[b + size : next_b]), "in"),
        ]
    return pieces


def _end(old: list[str], new: list[str]) -> tuple[int, int, int]:
    return len(old), len(new), 0
