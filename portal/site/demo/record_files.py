"""Photographs and papers of the demonstration's sessions, through the upload gate."""

from functools import partial
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from accountability import publishing
from accountability.models import RecordFile, SessionRecord
from accountability.recording import workflow as recording
from accountability.transcript import captions
from events.models import AgendaItem
from portal.base import pictures, uploads
from portal.site.demo.events import Act

FOLDER = "record"


RECORDING = {"video": "video/mp4", "audio": "audio/mp4"}


def add_recording(
    record: SessionRecord, names: dict[str, str], directory: Path, *, actor, at
) -> None:
    """The entity's own copy of the recording: `video`, `audio` and `captions` by file name."""
    for kind, name in names.items():
        content = (directory / FOLDER / name).read_bytes()
        if kind == "captions":
            content = captions.written(list(captions.cues(content.decode()))).encode()
        clean = uploads.CleanFile(name, RECORDING.get(kind, "text/vtt"), content)
        recording.put_file(record, kind, clean.store(), actor=actor, at=at)


def plan(act: Act, record: SessionRecord, directory: Path) -> None:
    """Put the files beside a draft record, and those that came later (`added_at`) at their time."""
    for order, row in enumerate(act.data["record"].get("files", []), 1):
        if "added_at" in row:
            when = act.dates.moment(row, "added")
            act.track.timeline.put(when, partial(_add_later, record, order, row, directory))
        else:
            _add(record, order, row, directory)


def _add_later(record: SessionRecord, order: int, row: dict, directory: Path, at) -> None:
    _add(record, order, row, directory)
    record.refresh_from_db()
    publishing.record_changed(record, at=at)


def _add(record: SessionRecord, order: int, row: dict, directory: Path) -> None:
    """`agenda` counts the moments from one."""
    items = list(AgendaItem.objects.filter(event=record.event, parent=None))
    data = (directory / FOLDER / row["file"]).read_bytes()
    clean = uploads.accept(SimpleUploadedFile(row["file"], data))
    small = pictures.small_copy(clean)
    RecordFile.objects.create(
        record=record, order=order, kind=row["kind"], title=row["title"],
        alternative=row.get("alternative", ""), origin=row.get("origin", ""),
        item=items[row["agenda"] - 1] if "agenda" in row else None,
        stored=clean.store(), small=small.store() if small else None,
    )  # fmt: skip
