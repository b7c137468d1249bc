"""Long texts in the search: a row for the whole of one, and one for each part with an anchor.

Words that stand in one part are found there; those that stand far apart find the whole. A page of
results shows few parts of one text (`fold`), or a single transcript would fill it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.base import search
from portal.base.models import SearchEntry
from portal.base.search_index import among

KINDS = ("minutes", "record")
MOST_PARTS = 10_000  # of one text: its rows are its key times this, and the number of the part
SHOWN = 2


@dataclass(frozen=True)
class Part:
    """Where a part begins, and its words. `heading` is what its title adds to the text's own."""

    path: str
    body: str
    heading: str = ""


def index(
    kind: str, key: int, *, path, title, parts: Iterable[Part], label="", event_slug="",
    dated_on=None,
) -> None:  # fmt: skip
    """Write the rows of one text, or replace them where they say something else.

    Three statements, however many parts. They are written from the last one to the first: of one
    day the newest row is shown first, so that parts are read in their order.
    """
    kept = list(parts)[: MOST_PARTS - 1]
    says = {"kind": kind, "label": label[:200], "event_slug": event_slug, "dated_on": dated_on}
    rows = [
        _row(key, number, part, title, says) for number, part in enumerate(kept, 1) if part.body
    ]
    whole = Part(path, "\n\n".join(part.body for part in kept))
    rows.insert(0, _row(key, 0, whole, title, says))
    with transaction.atomic():
        standing = _rows(kind, key)
        said = set(standing.values_list(*_SAYS))
        if said != {tuple(getattr(row, name) for name in _SAYS) for row in rows}:
            standing.delete()
            SearchEntry.objects.bulk_create(reversed(rows))


_SAYS = (
    "object_id", "path", "title", "body", "label", "event_slug", "dated_on", "title_stems",
    "body_stems",
)  # fmt: skip


def _row(key: int, number: int, part: Part, title: str, says: dict) -> SearchEntry:
    """The name of the text is found by its whole alone; a part by its own heading."""
    named = f"{title}: {part.heading}" if part.heading else title
    found_by = part.heading if number else f"{title}"
    return SearchEntry(
        object_id=key * MOST_PARTS + number, path=part.path, title=named[:300], body=part.body,
        title_stems=" ".join(search.stems(found_by)), body_stems=" ".join(search.stems(part.body)),
        **says,
    )  # fmt: skip


def remove(kind: str, key: int) -> None:
    """Take every row of one text away, because it is no longer public."""
    _rows(kind, key).delete()


def _rows(kind: str, key: int):
    ends = (key * MOST_PARTS, (key + 1) * MOST_PARTS - 1)
    return SearchEntry.objects.filter(kind=kind, object_id__range=ends)


def fold(keys: list[int], shown: int = SHOWN) -> tuple[list[int], dict[int, int]]:
    """`keys` with at most `shown` parts of each text, and how many more follow the last of them.

    The whole of a text is left out where parts of it were found. One query.
    """
    places = _places(keys)
    with_parts = {text for text, number in places.values() if number}
    kept, last, counts = [], {}, {}
    for key in keys:
        text, number = places.get(key, (None, 0))
        if text in with_parts and not number:
            continue
        counts[text] = counts.get(text, 0) + 1
        if text is None or counts[text] <= shown:
            kept.append(key)
            last[text] = key
    more = {last[text]: counts[text] - shown for text in with_parts if counts[text] > shown}
    return kept, more


def _places(keys: list[int]) -> dict[int, tuple[tuple, int]]:
    """Of each row that belongs to a long text: which text, and the number of the part."""
    rows = SearchEntry.objects.filter(kind__in=KINDS, pk__in=among(keys))
    return {
        pk: ((kind, object_id // MOST_PARTS), object_id % MOST_PARTS)
        for pk, kind, object_id in rows.values_list("pk", "kind", "object_id")
    }
