"""The words inside stored PDFs: read once by the worker, found by search, gone with their file.

A room registers which files are public documents (`register`) and calls `keep_up` in the
transaction that publishes or withdraws one. Whatever a file is, it is tried once: what cannot be
read is written down as such, until somebody asks for another try.
"""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import apart, clock, search
from portal.base.machine import MoveRefused
from portal.base.models import DocumentText, SearchEntry, StoredFile

logger = logging.getLogger(__name__)

KIND, PDF = "document", "application/pdf"
EVERY = timedelta(minutes=1)
MOST_BYTES = 64 * apart.MEGABYTE
MOST_PAGES, MOST_LETTERS = 500, 500_000
MOST_AT_ONCE = 10  # of one round: mail and chores wait while the worker reads
# PostgreSQL holds at most a megabyte of different words and their places for one row.
MOST_INDEXED = 700_000
PAGE_BREAK = "\f"  # between pages, in the text and among its stems
READER = apart.Program(
    Path(__file__).with_name("document_reader.py"), seconds=20, memory=900 * apart.MEGABYTE
)


@dataclass(frozen=True)
class PublicDocument:
    """A stored file that anybody may open, and what search says of it."""

    stored_id: object
    path: str
    title: str
    label: str = ""
    event_slug: str = ""
    dated_on: date | None = None

    @property
    def row(self) -> tuple:
        return (self.path, self.title[:300], self.label[:200], self.event_slug, self.dated_on)


@dataclass(frozen=True)
class Place:
    """Where in a document the words stand: the page, counted from one, and its text."""

    page: int
    text: str


_SAYS = ("path", "title", "label", "event_slug", "dated_on")  # as PublicDocument.row
Documents = Callable[[str], Iterable[PublicDocument]]
_rooms: dict[str, Documents] = {}


def register(name: str, documents: Documents) -> None:
    """`documents` gives a room's public files, of one event (by its slug) or, for "", of all."""
    _rooms[name] = documents


def public_documents(event_slug: str = "") -> dict[object, PublicDocument]:
    """By the key of their file. A file that is public at two addresses is found once."""
    found: dict[object, PublicDocument] = {}
    for documents in _rooms.values():
        for document in documents(event_slug):
            found.setdefault(document.stored_id, document)
    return found


def keep_up(event_slug: str) -> None:
    """What search says of an event's documents follows them; in the transaction of the change.

    New words are left to the worker: to find the stems of a long report takes a second.
    """
    _follow(public_documents(event_slug), _rows().filter(event_slug=event_slug))


def read_new(at=None) -> int:
    """Read what was not read yet, and put right what search says of all. Gives how many it read."""
    new = StoredFile.objects.filter(content_type=PDF, document_text=None)
    done = 0
    for stored in list(new.filter(pk__in=public_documents())[:MOST_AT_ONCE]):
        try:
            _read(stored, at)
        except (apart.Busy, OSError):  # machine or disk have no room now: the next round does it
            logger.warning("documents wait to be read: %s", stored.pk, exc_info=True)
            break
        done += 1
    with transaction.atomic():
        public = public_documents()  # anew: to read took a while
        _follow(public, _rows())
    for key in _without_row(public):
        _add(DocumentText.objects.get(pk=key))
    return done


def read_again(text: DocumentText) -> None:
    """Let the worker try once more what could not be read: its file came back, or limits grew.

    Raises MoveRefused for what was read; another file in its place is read by itself.
    """
    if not DocumentText.objects.filter(pk=text.pk, status=DocumentText.Status.FAILED).delete()[0]:
        raise MoveRefused(_("It was read already."))


def forget(path: str) -> None:
    """Take away what is found at addresses that begin like this, because it was withdrawn."""
    _rows().filter(path__startswith=path).delete()


def _rows():
    return SearchEntry.objects.filter(kind=KIND)


def _without_row(public: dict[object, PublicDocument]) -> list[int]:
    read = DocumentText.objects.filter(stored__in=public, status=DocumentText.Status.READ)
    return list(read.exclude(pk__in=_rows().values("object_id")).values_list("pk", flat=True))


def _read(stored: StoredFile, at) -> None:
    status, pages, texts = _answer(stored)
    values = {
        "status": status,
        "pages": pages,
        "text": PAGE_BREAK.join(texts),
        "read_at": clock.now(at),
    }
    DocumentText.objects.get_or_create(stored=stored, defaults=values)


def _answer(stored: StoredFile) -> tuple[str, int, list[str]]:
    """Status, number of pages and their texts. Raises Busy alone."""
    status = DocumentText.Status
    if stored.size > MOST_BYTES:
        return status.FAILED, 0, []
    try:
        with stored.content.open("rb") as file:
            answer = READER.run(file.read(), str(MOST_PAGES), str(MOST_LETTERS))
    except (apart.Failed, FileNotFoundError):
        return status.FAILED, 0, []
    told = json.loads(answer)
    return (status.READ if any(told["texts"]) else status.EMPTY), told["pages"], told["texts"]


def _follow(public: dict[object, PublicDocument], rows) -> None:
    """Take away the rows of what is not public any more, correct those that say something else."""
    said = {key: tuple(values) for key, *values in rows.values_list("object_id", *_SAYS)}
    texts = DocumentText.objects.filter(pk__in=said, stored__in=public)
    documents = {pk: public[key] for pk, key in texts.values_list("pk", "stored_id")}
    if gone := said.keys() - documents.keys():
        rows.filter(object_id__in=gone).delete()
    changed = [pk for pk, document in documents.items() if document.row != said[pk]]
    for key in changed:  # one at a time: the stems of a long report are half a megabyte
        _index(key, documents[key], _rows().get(object_id=key).body_stems)


def _add(text: DocumentText) -> None:
    """A row of its own transaction; what was withdrawn meanwhile gets none."""
    stems = _stems(text.text.split(PAGE_BREAK))
    with transaction.atomic():
        document = public_documents().get(text.stored_id)
        if document:
            _index(text.pk, document, stems)


def _index(key: int, document: PublicDocument, stems: str) -> None:
    search.index(
        KIND, key, path=document.path, title=document.title, label=document.label,
        event_slug=document.event_slug, dated_on=document.dated_on, body_stems=stems,
    )  # fmt: skip


def _stems(pages: list[str]) -> str:
    """Stems of each page, the pages parted, as much of them as the index of one row can hold."""
    left, seen, told = MOST_INDEXED, set(), []
    for page in pages:
        words = []
        for stem in search.stems(page):
            left -= 2 if stem in seen else len(stem.encode()) + 8
            if left < 0:
                break
            seen.add(stem)
            words.append(stem)
        told.append(" ".join(words))
        if left < 0:
            break
    return f" {PAGE_BREAK} ".join(told)


def places(entries: Iterable[SearchEntry], query: str) -> dict[int, Place]:
    """For each entry that is a document, by its key: the first page with the most of the words."""
    documents = {entry.object_id: entry for entry in entries if entry.kind == KIND}
    if not documents:
        return {}
    words = [f" {word} " for word in search.searched_stems(query)]
    return {
        documents[text.pk].pk: _place(text, documents[text.pk].body_stems, words)
        for text in DocumentText.objects.filter(pk__in=documents)
    }


def _place(text: DocumentText, stems: str, words: list[str]) -> Place:
    """Looked for among the stems, page by page: that is a search for letters, and costs nothing."""
    pages = [f" {page} " for page in stems.split(PAGE_BREAK)]
    counts = [sum(word in page for word in words) for page in pages]
    best = counts.index(max(counts))
    return Place(best + 1, text.text.split(PAGE_BREAK)[best])
