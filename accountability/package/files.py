"""The stored files that a package holds, and the editions it prints: public ones alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.models import Evidence, FrozenMatrix, Minutes, RecordFile, SessionRecord
from events.models import Event
from portal.base.models import StoredFile
from portal.base.texts import short_slug
from questions.models import Answer, AnswerFile, Question


@dataclass(frozen=True)
class File:
    """A stored file with its folder, its title and the group under which the index names it."""

    folder: str
    title: str
    group: str
    stored: StoredFile


def editions(event: Event) -> list[Minutes]:
    """The published editions of the minutes, newest first."""
    published = Minutes.objects.public().filter(event=event).select_related("drawn", "signed")
    return list(published.prefetch_related("sections", "signatories").order_by("-edition"))


def record(event: Event) -> SessionRecord | None:
    records = SessionRecord.objects.public().filter(event=event)
    return records.select_related("recording_file", "audio_file", "captions_file").first()


def named(event: Event) -> Iterator[tuple[str, File]]:
    """Each stored file under a name of its title: nothing of a foreign name but its ending."""
    for number, file in enumerate(of_event(event), 1):
        ending = re.sub(r"[^a-z0-9]", "", Path(file.stored.name).suffix.lower())[:5] or "bin"
        name = f"{number:03}-{short_slug(file.title)[:60] or file.folder}.{ending}"
        yield f"archivos/{file.folder}/{name}", file


def of_event(event: Event) -> Iterator[File]:
    for document in event.documents.select_related("stored").exclude(stored=None):
        yield File("documentos", document.title, _("Documents"), document.stored)
    for edition in editions(event):
        if edition.drawn:
            yield File("acta", f"{edition}, PDF", _("Minutes"), edition.drawn)
        if edition.signed:
            title = _("%(minutes)s, signed") % {"minutes": edition}
            yield File("acta", title, _("Minutes"), edition.signed)
    yield from _of_record(record(event))
    yield from _of_answers(event)
    proofs = Evidence.objects.public().filter(update__commitment__event=event, stored__isnull=False)
    for proof in proofs.select_related("stored", "update__commitment").order_by("pk"):
        title = f"{proof.update.commitment.reference}. {proof.title}"
        yield File("pruebas", title, _("Proofs of commitments"), proof.stored)


def _of_record(shown: SessionRecord | None) -> Iterator[File]:
    if shown is None:
        return
    group = _("Session record")
    named = (
        (_("Recording"), shown.recording_file), (_("Audio only"), shown.audio_file),
        (_("Captions"), shown.captions_file),
    )  # fmt: skip
    for title, stored in named:
        if stored:
            yield File("grabacion", title, group, stored)
    for file in RecordFile.objects.public().filter(record=shown).select_related("stored"):
        yield File("registro", file.title, group, file.stored)
    for matrix in FrozenMatrix.objects.filter(record=shown).select_related("stored"):
        title = _("Frozen matrix, edition %(n)s") % {"n": matrix.edition}
        yield File("matriz", title, group, matrix.stored)


def _of_answers(event: Event) -> Iterator[File]:
    public = Question.objects.public().filter(event=event)
    answers = Answer.objects.public().filter(question__in=public)
    attached = AnswerFile.objects.filter(answer__in=answers)
    for file in attached.select_related("stored", "answer__question").order_by("pk"):
        title = f"{file.answer.question.reference}. {file.title}"
        yield File("respuestas", title, _("Attachments of answers"), file.stored)
