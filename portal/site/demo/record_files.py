"""Photographs and papers of the demonstration's sessions, through the upload gate."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from accountability.models import RecordFile, SessionRecord
from accountability.recording import workflow as recording
from accountability.transcript import captions
from events.models import AgendaItem
from portal.base import pictures, uploads

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


def add(record: SessionRecord, rows: list[dict], directory: Path) -> None:
    """Put the files of a draft record beside it; `agenda` counts the moments from one."""
    items = list(AgendaItem.objects.filter(event=record.event, parent=None))
    for order, row in enumerate(rows, 1):
        clean = uploads.accept(
            SimpleUploadedFile(row["file"], (directory / FOLDER / row["file"]).read_bytes())
        )
        small = pictures.small_copy(clean)
        RecordFile.objects.create(
            record=record, order=order, kind=row["kind"], title=row["title"],
            alternative=row.get("alternative", ""), origin=row.get("origin", ""),
            item=items[row["agenda"] - 1] if "agenda" in row else None,
            stored=clean.store(), small=small.store() if small else None,
        )  # fmt: skip
