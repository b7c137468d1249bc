"""Uploaded lists with known columns: read by the names in their first row; an empty one to fill."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.base import tables
from portal.base.search import fold

LETTERS_SHOWN = 40


def named_rows(
    upload, columns: Iterable[str], needed: Iterable[str], *, most_rows: int
) -> tuple[list[dict], list[str]]:
    """The filled rows, `{"n": row, "data": {column: text}}`, and the names of unknown columns.

    Raises TableRefused where it is no list of these columns.
    """
    table = tables.rows_of(upload, most_rows=most_rows + 1)
    numbered = [(n, row) for n, row in enumerate(table, start=1) if any(row)]
    if len(numbered) < 2:
        raise tables.TableRefused(_("The list is empty. Begin with the template."))
    names = [fold(name).replace(" ", "_") for name in numbered[0][1]]
    known = list(columns)
    _check(names, known, needed)
    unknown = [name[:LETTERS_SHOWN] for name in names if name and name not in known]
    places = {name: names.index(name) for name in known if name in names}
    rows = [
        {"n": n, "data": {c: row[i] for c, i in places.items() if i < len(row) and row[i]}}
        for n, row in numbered[1:]
    ]
    return rows, unknown


def _check(names: list[str], known: list[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        words = _("These columns are missing: %(names)s. Begin with the template.")
        raise tables.TableRefused(words % {"names": ", ".join(missing)})
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if twice:
        words = _("These columns are there twice: %(names)s.")
        raise tables.TableRefused(words % {"names": ", ".join(twice)})


def empty_csv(columns: Iterable[str]) -> bytes:
    """The empty list as the spreadsheets of the region open it: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(columns)
    return out.getvalue().encode("utf-8-sig")


def empty_xlsx(title: str, columns: Iterable[str], wide: Iterable[str], *, rows: int) -> bytes:
    """The empty list as a workbook; every cell is text, so that no date or number is changed."""
    # Here, because no other page needs it and every process would carry it.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(columns))
    for cell in sheet[1]:
        sheet.column_dimensions[cell.column_letter].width = 50 if cell.value in wide else 18
        for row in sheet[f"{cell.column_letter}2:{cell.column_letter}{rows + 1}"]:
            row[0].number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
