"""What is new for the public: each room says what it has, `/novedades.atom` shows the newest."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class News:
    """Something public and the instant at which it was published or last changed.

    `kind` and `pk` never change for the same thing: what readers know it by is made of them.
    """

    kind: str
    pk: int
    at: datetime
    title: str
    summary: str
    path: str


Source = Callable[[int], Iterable[News]]
_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """`source` gives at most so many of the newest, in a constant number of queries."""
    _sources[room] = source


def newest(most: int) -> list[News]:
    """The newest of all rooms, newest first."""
    every = (item for source in _sources.values() for item in source(most))
    return heapq.nlargest(most, every, key=lambda item: (item.at, item.kind, item.pk))
