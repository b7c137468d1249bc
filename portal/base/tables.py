"""Lists that people upload: CSV, XLSX or ODS, read as rows of text, whatever wrote them.

Hostile files are refused with a sentence: their sizes are looked at before anything is unpacked,
and a workbook is read in a process apart.
"""

import csv
import io
import json
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from portal.base import apart
from portal.base.texts import clean_text

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 500
READER = apart.Program(
    Path(__file__).with_name("table_reader.py"), seconds=15, memory=500 * apart.MEGABYTE
)


class TableRefused(Exception):
    """The list can't be read; the text is a sentence for the person who sent it."""


def rows_of(upload, *, most_rows: int, most_columns: int = 40) -> list[list[str]]:
    """The rows of an uploaded list as clean text, empty cells at the end cut off.

    Raises TableRefused. Formulas stay text (CSV) or are what they were worth (workbooks).
    """
    if upload.size > MAX_BYTES:
        raise TableRefused(_("The list is larger than 2 MB. Send it in parts."))
    data = upload.read()
    rows = _workbook(data, most_rows, most_columns) if data[:2] == b"PK" else _csv(data, most_rows)
    if len(rows) > most_rows:
        raise TableRefused(
            _("The list has more than %(most)s rows. Send it in parts.") % {"most": most_rows - 1}
        )
    return [[clean_text(cell) for cell in row[:most_columns]] for row in rows]


def _workbook(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    _look_inside(data)
    try:
        answer = READER.run(data, str(most_rows), str(most_columns))
    except apart.Busy as error:
        raise TableRefused(_("We are reading other files. Try again in a moment.")) from error
    except apart.TooHeavy as error:
        raise TableRefused(_too_heavy()) from error
    except apart.Failed as error:
        raise TableRefused(_("The file is damaged. Save it again and send it.")) from error
    return json.loads(answer)


def _too_heavy() -> str:
    return _("The file is too large inside. Copy the rows to a new one and send that one.")


def _look_inside(data: bytes) -> None:
    """What a workbook says it unpacks to, and whether it is a workbook."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise TableRefused(_("The file is damaged. Save it again and send it.")) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TableRefused(_too_heavy())
    if not {"xl/workbook.xml", "content.xml"} & {part.filename for part in parts}:
        raise TableRefused(_wrong_type())
    if any(part.flag_bits & 1 for part in parts):
        raise TableRefused(_("The file has a password. Send it without one."))


def _wrong_type() -> str:
    return _("Send the list as CSV, XLSX or ODS.")


def _csv(data: bytes, most_rows: int) -> list[list[str]]:
    text = _decoded(data)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        return [row for row, _n in zip(reader, range(most_rows + 1), strict=False)]
    except csv.Error as error:
        raise TableRefused(_("The file is damaged. Save it again and send it.")) from error


def _decoded(data: bytes) -> str:
    """UTF-8 as it should be, else what Windows writes in Colombia (which reads any byte)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    head = data[:4000]
    if b"\x00" in head or data[:4] in (
        b"%PDF",
        b"\xd0\xcf\x11\xe0",
        b"\x89PNG",
        b"\xff\xd8\xff\xe0",
    ):
        raise TableRefused(_wrong_type())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """The sign that parts the names of the columns, in the first line."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)
