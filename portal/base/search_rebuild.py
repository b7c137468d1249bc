"""Writes the search rows anew: after an update that changed them, or after a restored copy.

One thing at a time, each in a transaction of its own and read again in it, so that nothing comes
back which was withdrawn meanwhile, and people can go on working.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.base.models import SearchEntry

CHUNK = 500


@dataclass(frozen=True)
class Kind:
    """`keys` of all things of a kind, public or not; `put` writes or takes away the rows of one."""

    keys: Callable[[], Iterable[int]]
    put: Callable[[int], None]
    rows_each: int = 1  # more where a thing has a row for each of its parts


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def rebuild() -> dict[str, int]:
    """Gives how many rows each kind has now. Documents are left to the worker, who reads them."""
    for name, kind in _kinds.items():
        standing = list(SearchEntry.objects.filter(kind=name).values_list("pk", "object_id"))
        keys = list(kind.keys())
        for key in keys:
            with transaction.atomic():
                kind.put(key)
        alive = set(keys)
        _take_away([pk for pk, number in standing if number // kind.rows_each not in alive])
    return {name: SearchEntry.objects.filter(kind=name).count() for name in _kinds}


def _take_away(gone: list[int]) -> None:
    for start in range(0, len(gone), CHUNK):
        SearchEntry.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
