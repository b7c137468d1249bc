"""What a record's files put into the publication log: the bytes of each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability.models import RecordFile, SessionRecord
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing
from portal.base.models import PublicationEntry

KIND = "record_file"


def _reference(file: RecordFile) -> str:
    return f"{file.record.event.slug}/registro/{file.pk}"


def files_changed(record: SessionRecord, *, at=None) -> None:
    """Append the files of a published record that are new or others, and those taken away."""
    if record.status != SessionRecord.Status.PUBLISHED:
        return
    files = RecordFile.objects.public().filter(record=record)
    standing = {
        _reference(file): Standing(_reference(file), file.stored.sha256)
        for file in files.select_related("stored", "record__event")
    }
    known = PublicationEntry.objects.filter(
        kind=KIND, reference__startswith=f"{record.event.slug}/registro/"
    )
    gone = set(known.values_list("reference", flat=True)) - set(standing)
    path = default_path(record)
    ledger.keep_up(KIND, [(one, path) for one in standing.values()], gone=sorted(gone), at=at)


def _all() -> Iterator[Standing]:
    files = RecordFile.objects.public().select_related("record__event", "stored").order_by("pk")
    for file in files.iterator(ledger.CHUNK):
        yield Standing(_reference(file), ledger.digest_on_disk(file.stored))


ledger.register(KIND, ledger.Kind(lambda: _("File of the session"), _all))
