"""The evidence folder of an event for control bodies: one ZIP with an index that opens offline.

Made while it is sent, file by file: no more than a piece of one is in memory. Of who was invited
it names organisation and group; no person, no address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from entity.registry import registry
from events.convocation import checklist, duties
from events.invitations import selectors as invitations
from events.legal_calendar import Duty
from events.models import Event
from portal.base import clock, csv_lines
from portal.base.dates import iso
from portal.base.models import StoredFile, Transition
from portal.base.texts import short_slug

SHEET = Path(__file__).with_name("evidence.css")


@dataclass(frozen=True)
class Entry:
    """One line of the index: a file of the folder, or an address or a note without one."""

    part: str
    title: str
    day: object
    path: str = ""
    url: str = ""
    note: str = ""
    by: object = ""
    stored: StoredFile | None = None

    @property
    def sha256(self) -> str:
        return self.stored.sha256 if self.stored else ""

    @property
    def size(self) -> int | None:
        return self.stored.size if self.stored else None


def folder(event: Event, at=None) -> ZipStream:
    """The ZIP as a stream of bytes; the event came through `checklist.with_checklist_data`."""
    entries = list(_entries(event))
    zipped = ZipStream(compress_type=ZIP_DEFLATED)
    zipped.add(_index(event, entries, at), "index.html")
    zipped.add(SHEET.read_bytes(), "estilo.css")
    for name, lines in _tables(event, entries, at).items():
        zipped.add(lines, name)
    for entry in entries:
        if entry.path:  # PDF and pictures are compressed already
            zipped.add(_pieces(entry.stored), entry.path, compress_type=ZIP_STORED)
    return zipped


def _pieces(stored: StoredFile) -> Iterator[bytes]:
    with stored.content.open("rb") as content:
        yield from content.chunks()


def _entries(event: Event) -> Iterator[Entry]:
    """Proofs, documents and reports, each with its file where there is one."""
    for number, (part, title, day, row, note) in enumerate(_sources(event), 1):
        stored = row.stored
        path = _path(part, number, title, stored)
        if stored and not path:
            note = " ".join(filter(None, (note, _("The file is not on the disk any more."))))
        by = row.recorded_by.get_full_name() if part != "documentos" else ""
        yield Entry(part, title, day, path, row.url, note, by, stored)


def _sources(event: Event):
    for proof in event.proofs.select_related("stored", "recorded_by"):
        title = str(duties.LABELS[Duty(proof.duty)])
        wrong = (_("Called wrong:"), proof.wrong_reason) if proof.wrong_at else ()
        yield "pruebas", title, proof.done_on, proof, " ".join(filter(None, (proof.note, *wrong)))
    for document in event.documents.all():
        yield "documentos", document.title, document.published_on, document, document.note
    for delivery in event.deliveries.select_related("stored", "recorded_by"):
        title = f"{delivery.report}: {delivery.body}"
        note = f"{delivery.reference} {delivery.note}".strip()
        yield "informes", title, delivery.delivered_on, delivery, note


def _path(part: str, number: int, title: str, stored: StoredFile | None) -> str:
    """The name in the folder: nothing of a foreign file name but its letters and its ending."""
    if not stored or not stored.content.storage.exists(stored.content.name):
        return ""
    ending = re.sub(r"[^a-z0-9]", "", Path(stored.name).suffix.lower())[:5]
    return f"{part}/{number:03}-{short_slug(title)[:60] or part}.{ending or 'bin'}"


def _index(event, entries, at) -> str:
    parts = (("pruebas", _("Proofs")), ("documentos", _("Documents")), ("informes", _("Reports")))
    context = {
        "event": event,
        "entity": registry().entity,
        "made_at": clock.now(at),
        "duties": duties.legal_panel(event, at),
        "tasks": checklist.read(event),
        "parts": [(label, [e for e in entries if e.part == part]) for part, label in parts],
        "address": settings.SITE_URL + event.get_absolute_url(),
    }
    return render_to_string("events/evidence.html", context)


def _tables(event, entries, at) -> dict[str, Iterator[bytes]]:
    """The tables of the folder; their rows are read when their turn comes."""
    return {
        "indice.csv": csv_lines.lines(
            (
                "parte",
                "titulo",
                "fecha",
                "archivo",
                "direccion",
                "nota",
                "registro",
                "bytes",
                "sha256",
            ),
            (
                (e.part, e.title, e.day, e.path, e.url, e.note, e.by, e.size, e.sha256)
                for e in entries
            ),
        ),
        "calendario-legal.csv": csv_lines.lines(
            ("deber", "norma", "ultimo_dia", "cumplido_el", "semaforo"),
            (
                (row.label, row.norm, row.last_day, row.done_on, row.light.words)
                for row in duties.legal_panel(event, at)
            ),
        ),
        "invitaciones.csv": csv_lines.lines(
            invitations.EVIDENCE_COLUMNS, invitations.evidence(event)
        ),
        "historia.csv": csv_lines.lines(
            ("cuando", "maquina", "movimiento", "de", "a", "motivo", "detalle"), _moves(event)
        ),
    }


def _moves(event: Event):
    moves = Transition.objects.of("event", event.pk)
    for move in moves.iterator(chunk_size=500):
        yield (
            iso(move.at), move.machine, move.move, move.from_state, move.to_state, move.reason,
            move.detail,
        )  # fmt: skip
