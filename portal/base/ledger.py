"""The publication log: append-only, each entry tied to the one before by its hash.

A workflow appends in the transaction in which it publishes. The line of an entry is its number,
instant (UTC), kind, reference, act, SHA-256 of what was published and hash of the entry before,
divided by tabs; its own hash is the SHA-256 of that line. `sha256sum` is enough to check it all.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.files.uploadedfile import UploadedFile

from portal.base import clock
from portal.base.models import PublicationEntry, Sequence, StoredFile

Act = PublicationEntry.Act
FIRST = "0" * 64
SEQUENCE = "publication"
CHUNK = 2000


@dataclass(frozen=True)
class Standing:
    """What is published now: its reference and the SHA-256 of its bytes."""

    reference: str
    sha256: str


@dataclass(frozen=True)
class Kind:
    """A kind of publication: its name for readers, and where all of its kind stand now.

    `content` gives the exact bytes behind a reference, where the log's own page offers them.
    """

    label: Callable[[], str]
    standing: Callable[[], Iterable[Standing]]
    content: Callable[[str], bytes | None] | None = None


kinds: dict[str, Kind] = {}


def register(kind: str, described: Kind) -> None:
    kinds[kind] = described


def canonical(**data) -> bytes:
    """The bytes of what is no file: JSON with sorted names, no spaces, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of_upload(upload: UploadedFile) -> str:
    """SHA-256 of an uploaded file, read piece by piece; nothing of it is kept."""
    sha256 = hashlib.sha256()
    for piece in upload.chunks():
        sha256.update(piece)
    return sha256.hexdigest()


def digest_on_disk(stored: StoredFile) -> str:
    """Of the bytes that lie there now; nothing where they are gone, or the row says another."""
    try:
        with stored.content.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
    return found if found == stored.sha256 else ""


def line_of(entry: PublicationEntry) -> str:
    """What the entry's hash covers. Nothing in it holds a tab or an end of line."""
    return "\t".join(
        (
            str(entry.number),
            _instant(entry.at),
            entry.kind,
            entry.reference,
            entry.act,
            entry.sha256,
            entry.previous_hash,
        )
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def append(
    kind: str, reference: str, sha256: str, *, path: str = "", act: str = Act.PUBLISHED, at=None
) -> PublicationEntry:
    """Write one more entry, in the caller's transaction; those at the same moment wait in line."""
    number = Sequence.take(SEQUENCE)  # locks the log until the transaction ends
    last = PublicationEntry.objects.order_by("-number").values_list("entry_hash", flat=True).first()
    entry = PublicationEntry(
        number=number, at=clock.now(at).replace(microsecond=0), kind=kind,
        reference=" ".join(reference.split())[:120], act=act, sha256=sha256,
        previous_hash=last or FIRST, path=path,
    )  # fmt: skip
    entry.entry_hash = digest(line_of(entry).encode())
    entry.save(force_insert=True)
    return entry


def newest(kind: str, references: Iterable[str] | None = None) -> dict[str, PublicationEntry]:
    """The newest entry of each reference of a kind."""
    rows = PublicationEntry.objects.filter(kind=kind)
    if references is not None:
        rows = rows.filter(reference__in=list(references))
    return {entry.reference: entry for entry in rows.order_by("number").iterator(CHUNK)}


def keep_up(
    kind: str, standing: Iterable[tuple[Standing, str]], *, gone: Iterable[str] = (), at=None
) -> None:
    """Append what is new or changed among `standing` (with its address), and what is `gone`.

    For what may be edited after it was published; what did not change gets no entry.
    """
    standing, gone = list(standing), list(gone)
    known = newest(kind, [item.reference for item, _path in standing] + gone)
    for item, path in standing:
        before = known.get(item.reference)
        if before is None or before.act == Act.WITHDRAWN:
            append(kind, item.reference, item.sha256, path=path, at=at)
        elif before.sha256 != item.sha256:
            append(kind, item.reference, item.sha256, path=path, act=Act.CORRECTED, at=at)
    for reference in gone:
        before = known.get(reference)
        if before is not None and before.act != Act.WITHDRAWN:
            append(kind, reference, before.sha256, act=Act.WITHDRAWN, at=at)


def lines() -> Iterator[str]:
    """The whole log, oldest first: the line of each entry and its hash, divided by a tab."""
    for entry in PublicationEntry.objects.order_by("number").iterator(CHUNK):
        yield f"{line_of(entry)}\t{entry.entry_hash}\n"
