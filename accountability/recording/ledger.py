"""What a recording puts into the publication log: the bytes of each of its files."""

from collections.abc import Iterator
from functools import partial

from accountability.models import SessionRecord
from accountability.recording.kinds import KINDS
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing


def _kind(name: str) -> str:
    return f"recording_{name}"


def _reference(record: SessionRecord, name: str) -> str:
    return f"{record.event.slug}/grabacion/{KINDS[name].name}"


def recording_changed(record: SessionRecord, *, at=None) -> None:
    """Append the files of a published record that are new or others, and those taken away."""
    if record.status != SessionRecord.Status.PUBLISHED:
        return
    columns = [kind.column for kind in KINDS.values()]
    fresh = SessionRecord.objects.select_related("event", *columns).get(pk=record.pk)
    for name, kind in KINDS.items():
        reference, stored = _reference(fresh, name), getattr(fresh, kind.column)
        here = [(Standing(reference, stored.sha256), default_path(fresh))] if stored else []
        ledger.keep_up(_kind(name), here, gone=[] if stored else [reference], at=at)


def _all(name: str) -> Iterator[Standing]:
    column = KINDS[name].column
    shown = SessionRecord.objects.public().exclude(**{column: None})
    for record in shown.select_related("event", column).order_by("pk"):
        yield Standing(_reference(record, name), ledger.digest_on_disk(getattr(record, column)))


for _name, _one in KINDS.items():
    ledger.register(
        _kind(_name), ledger.Kind(lambda label=_one.label: str(label), partial(_all, _name))
    )
