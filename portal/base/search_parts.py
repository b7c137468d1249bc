"""Long texts in the search: a row for the whole of one, and one for each part with an anchor.

Words that stand in one part are found there; those that stand far apart find the whole. A page of
results shows few parts of one text (`newest`), or a single transcript would fill it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.base import search, search_index
from portal.base.models import SearchEntry

KINDS = ("minutes", "record")
MOST_PARTS = 10_000  # of one text: its rows are its key times this, and the number of the part
SHOWN = 2
WIDER, FULL = 4, 0.9


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
    whole = Part(path, "\n\n".join(f"{part.heading}\n{part.body}".strip() for part in kept))
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


@dataclass(frozen=True)
class Found:
    """Keys of what is shown, newest first; after which of them more of the same text was found."""

    keys: list[int]
    more: dict[int, int]
    is_cut: bool  # there is more than is looked through


def newest(query: str, *, kind: str = "") -> Found:
    """What `search.find` gives, newest first, with at most SHOWN parts of each text.

    All parts for who chose a kind. One scan answers both "how many" and "which".

    Parts do not take the place of other things: where they fill more than a tenth of what is
    looked through, it is looked through further.
    """
    most, words = search.MOST_FOUND, search.searched_stems(query)
    if not words:
        return Found([], {}, False)
    shown = most if kind else SHOWN
    found = _folded(words, kind, most, shown)
    if not found.is_cut or len(found.keys) >= most * FULL:
        return found
    return _folded(words, kind, WIDER * most, shown)


def _folded(words: list[str], kind: str, most: int, shown: int) -> Found:
    """The newest `most`; the whole of a text is left out where parts of it were found."""
    keys, told = search_index.newest_told(words, kind, most + 1, KINDS)
    is_cut, keys = len(keys) > most, keys[:most]
    told = {key: told[key] for key in keys if key in told}
    with_parts = {_text(*one) for one in told.values() if _is_part(*one)}
    kept, last, counts = [], {}, Counter()
    for key in keys:
        one = told.get(key)
        if one is not None and (text := _text(*one)) in with_parts:
            if not _is_part(*one):
                continue
            counts[text] += 1
            if counts[text] > shown:
                continue
            last[text] = key
        kept.append(key)
    more = {last[text]: counts[text] - shown for text in with_parts if counts[text] > shown}
    return Found(kept[: search.MOST_FOUND], more, is_cut or len(kept) > search.MOST_FOUND)


def _text(kind: str, number: int) -> tuple[str, int]:
    """To which text a row of it belongs."""
    return kind, number // MOST_PARTS


def _is_part(_kind: str, number: int) -> bool:
    return number % MOST_PARTS > 0
