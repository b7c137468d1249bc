"""Finds what was changed behind the portal: entries of the log, and what they speak of."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.base import ledger
from portal.base.models import PublicationEntry, Sequence


def faults() -> Iterator[str]:
    """A sentence for everything that is not as the log says; nothing where all is whole."""
    yield from _chain()
    for kind in ledger.kinds:
        yield from _publications(kind)


def _chain() -> Iterator[str]:
    number, before = 0, ledger.FIRST
    for entry in PublicationEntry.objects.order_by("number").iterator(ledger.CHUNK):
        number += 1
        if entry.number != number:
            yield _("Entry %(number)s is missing.") % {"number": number}
            number = entry.number
        elif entry.previous_hash != before:
            yield _("Entry %(number)s does not follow the one before.") % {"number": number}
        if ledger.digest(ledger.line_of(entry).encode()) != entry.entry_hash:
            yield _("Entry %(number)s was changed.") % {"number": number}
        before = entry.entry_hash
    taken = Sequence.objects.filter(name=ledger.SEQUENCE).values_list("value", flat=True).first()
    if (taken or 0) != number:
        yield _("The newest entries are missing: the last one is %(number)s of %(taken)s.") % {
            "number": number, "taken": taken or 0,
        }  # fmt: skip


def _publications(kind: str) -> Iterator[str]:
    rows = PublicationEntry.objects.filter(kind=kind).order_by("number")
    known = {
        reference: (act, sha256)
        for reference, act, sha256 in rows.values_list("reference", "act", "sha256").iterator()
    }
    for item in ledger.kinds[kind].standing():
        act, sha256 = known.pop(item.reference, (ledger.Act.WITHDRAWN, ""))
        named = {"kind": kind, "reference": item.reference}
        if act == ledger.Act.WITHDRAWN:
            yield _("%(kind)s %(reference)s is public and has no entry.") % named
        elif sha256 != item.sha256:
            yield _("%(kind)s %(reference)s is not what was published.") % named
    for reference, (act, _sha256) in known.items():
        if act != ledger.Act.WITHDRAWN:
            yield _("%(kind)s %(reference)s was published and is gone.") % {
                "kind": kind, "reference": reference,
            }  # fmt: skip
