"""What goes into a package: pages that open from the disk, tables, and the files themselves.

Only what the public may read: every part comes from a `public()` queryset. A room above adds its
own with `register`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from accountability.models import Commitment
from accountability.package import files, pages, tables
from events.models import Event
from portal.base import csv_lines, ledger
from portal.base.models import StoredFile

SCRIPT = Path(settings.BASE_DIR) / "docs" / "verify.sh"
_encoder = DjangoJSONEncoder(ensure_ascii=False)
SHEET = Path(__file__).with_name("package.css")


@dataclass(frozen=True)
class Part:
    """A file of the package: stored bytes, or pieces that are made while they are written.

    `title` names it in the index; one without a title is found through another page.
    """

    path: str
    pieces: Callable[[], Iterable[bytes]] = tuple
    stored: StoredFile | None = None
    title: str = ""
    group: str = ""


_more: list[Callable[[Event, object], Iterable[Part]]] = []


def register(parts: Callable[[Event, object], Iterable[Part]]) -> None:
    """Add what a room above this one knows of an event, such as its survey."""
    _more.append(parts)


def parts_of_event(event: Event, at=None, *, with_log: bool = True) -> Iterator[Part]:
    """The parts of one event; its index, which names the others, comes last."""
    listed = [*_content(event, at), *(part for more in _more for part in more(event, at))]
    yield from listed
    yield Part("index.html", lambda: [pages.index(event, listed, with_log, at)])
    yield Part("estilo.css", lambda: [SHEET.read_bytes()])
    if with_log:
        yield from _log()


def parts_of_year(year: int, at=None) -> Iterator[Part]:
    """The events of a year, each in a folder of its own, under one index and with one log."""
    events = list(Event.objects.public().filter(starts_at__year=year).order_by("starts_at"))
    for event in events:
        for part in parts_of_event(event, at, with_log=False):
            yield replace(part, path=f"{event.slug}/{part.path}")
    yield Part("index.html", lambda: [pages.year_index(year, events, at)])
    yield Part("estilo.css", lambda: [SHEET.read_bytes()])
    yield from _log()


def _log() -> Iterator[Part]:
    """The whole publication log, since a part of a chain proves nothing, and how to check it."""
    yield Part("registro-publicaciones.txt", lambda: (line.encode() for line in ledger.lines()))
    yield Part("verificar.sh", lambda: [SCRIPT.read_bytes()])


def _content(event: Event, at) -> Iterator[Part]:
    yield Part("jornada.html", lambda: [pages.event(event, at)], title=_("The event"))
    yield from _minutes(event, at)
    yield from _record(event, at)
    yield from _questions(event, at)
    yield from _commitments(event, at)
    for name, columns, rows in tables.of_event(event, at):
        yield from _table(name, columns, rows)
    yield from _files(event)


def _minutes(event, at) -> Iterator[Part]:
    for edition in files.editions(event):
        title = str(edition)
        yield Part(
            f"acta/edicion-{edition.edition}.html",
            lambda edition=edition: [pages.minutes(event, edition, at)],
            title=title,
        )


def _record(event, at) -> Iterator[Part]:
    if record := files.record(event):
        yield Part(
            "registro.html",
            lambda: [pages.record(event, record, dict(_places(event)), at)],
            title=_("Session record"),
        )


def _places(event) -> Iterator[tuple[object, str]]:
    """Where each stored file lies in the package, by its key."""
    for path, file in files.named(event):
        yield file.stored.pk, path


def _questions(event, at) -> Iterator[Part]:
    """A page for each hundred contributions, so that none is too heavy for an old computer."""
    number = pages.question_pages(event)
    for page in range(1, number + 1):
        yield Part(
            f"preguntas/pagina-{page}.html",
            lambda page=page: [pages.questions(event, page, number, at)],
            title=_("Questions and answers, page %(n)s of %(all)s") % {"n": page, "all": number},
        )


def _commitments(event, at) -> Iterator[Part]:
    if Commitment.objects.public().filter(event=event).exists():
        yield Part(
            "compromisos.html", lambda: [pages.commitments(event, at)], title=_("Commitments")
        )


def _table(name, columns, rows) -> Iterator[Part]:
    """The same rows twice: for spreadsheets and for programs."""
    group = _("Data")
    yield Part(
        f"datos/{name}.csv", lambda: csv_lines.lines(columns, rows()), title=f"{name}.csv",
        group=group,
    )  # fmt: skip
    yield Part(
        f"datos/{name}.json", lambda: _json(columns, rows()), title=f"{name}.json", group=group
    )


def _json(columns, rows) -> Iterator[bytes]:
    """A list of objects, one on each line."""
    yield b"[\n"
    for number, row in enumerate(rows):
        told = dict(zip(columns, ("" if value is None else value for value in row), strict=True))
        yield (",\n" if number else "").encode() + _encoder.encode(told).encode()
    yield b"\n]\n"


def _files(event) -> Iterator[Part]:
    for path, file in files.named(event):
        yield Part(path, stored=file.stored, title=file.title, group=str(file.group))
