"""What the pages of the publication log show."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.base import ledger
from portal.base.models import PublicationEntry

HASH = re.compile(r"[0-9a-f]{64}")
REFERENCE = re.compile(r"(?:RC-)?(\d{4})-?(\d{1,9})|C-(\d{1,6})", re.IGNORECASE)
MOST = 100


@dataclass(frozen=True)
class Search:
    """What somebody asked the log for, what was found, and what is wrong with the question."""

    typed: str = ""
    error: str = ""
    entries: tuple[PublicationEntry, ...] = ()
    is_file: bool = False

    @property
    def was_asked(self) -> bool:
        return bool(self.typed)


def by_hash(typed: str) -> Search:
    """Entries of a SHA-256, as `sha256sum` prints it: 64 letters and digits."""
    bare = "".join(typed.split()).lower()
    if not HASH.fullmatch(bare):
        return Search(typed, _("A SHA-256 has 64 letters and digits: 0 to 9 and a to f."))
    found = PublicationEntry.objects.filter(sha256=bare)[:MOST]
    return Search(bare, entries=tuple(found), is_file=True)


def by_reference(typed: str) -> Search:
    """Entries of a contribution (RC-2020-00018) or a commitment (C-07), newest first."""
    match = REFERENCE.fullmatch("".join(typed.split()))
    if not match:
        return Search(typed, _("Write a number like RC-2020-00018 or C-07."))
    year, number, commitment = match.groups()
    name = f"C-{int(commitment):02d}" if commitment else f"RC-{year}-{int(number):05d}"
    of_it = Q(reference=name) | Q(reference__startswith=f"{name}/")
    return Search(name, entries=tuple(PublicationEntry.objects.filter(of_it)[:MOST]))


def label(entry: PublicationEntry) -> str:
    kind = ledger.kinds.get(entry.kind)
    return str(kind.label()) if kind else entry.kind


def content_of(entry: PublicationEntry) -> bytes | None:
    """The very bytes of an entry, where the portal can still show them and they are the same."""
    kind = ledger.kinds.get(entry.kind)
    content = kind.content(entry.reference) if kind and kind.content else None
    return content if content and ledger.digest(content) == entry.sha256 else None
