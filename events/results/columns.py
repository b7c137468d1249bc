"""The columns of a list of results, and what people write in them."""

import csv
import io

from django.utils.translation import gettext as _

from entity.registry import registry
from events.models import Event, Result
from portal.base import tables
from portal.base.search import fold

MOST_ROWS = 500
# The names of the columns are Spanish, as the people who fill them in.
FIELDS = {
    "tipo": "kind", "programa": "programme", "meta": "goal", "unidad": "unit",
    "planeado": "planned", "alcanzado": "reached", "dinero_planeado": "money_planned",
    "dinero_ejecutado": "money_executed", "corte": "cutoff_on", "oficina": "office",
    "dificultad": "difficulty", "fuente": "source",
}  # fmt: skip
COLUMN_OF = {name: column for column, name in FIELDS.items()}
OF_EXPORT = ("numero", "ancla")  # of our own CSV: counted anew
K = Result.Kind
KINDS = {
    "": K.GOAL, "meta": K.GOAL, "proyecto": K.PROJECT, "presupuesto": K.BUDGET,
    "logro": K.ACHIEVEMENT, "avance": K.ACHIEVEMENT, "dificultad": K.DIFFICULTY,
}  # fmt: skip


def read(upload) -> tuple[list[dict], list[str]]:
    """The filled rows of an uploaded list, `{"n": row, "data": {column: text}}`, and the names of
    columns that are not ours. Raises TableRefused where it is no list of ours.
    """
    table = tables.rows_of(upload, most_rows=MOST_ROWS + 1)
    numbered = [(n, row) for n, row in enumerate(table, start=1) if any(row)]
    if len(numbered) < 2:
        raise tables.TableRefused(_("The list is empty. Begin with the template."))
    names = [fold(name).replace(" ", "_") for name in numbered[0][1]]
    if "meta" not in names:
        raise tables.TableRefused(
            _("These columns are missing: %(names)s. Begin with the template.") % {"names": "meta"}
        )
    twice = sorted({name for name in names if name in FIELDS and names.count(name) > 1})
    if twice:
        raise tables.TableRefused(
            _("These columns are there twice: %(names)s.") % {"names": ", ".join(twice)}
        )
    unknown = [name[:40] for name in names if name and name not in (*FIELDS, *OF_EXPORT)]
    places = {name: names.index(name) for name in FIELDS if name in names}
    rows = [
        {"n": n, "data": {c: row[i] for c, i in places.items() if i < len(row) and row[i]}}
        for n, row in numbered[1:]
    ]
    return rows, unknown


def form_data(data: dict) -> dict:
    """What the form of one result is given for a row."""
    cells = {name: data.get(column, "") for column, name in FIELDS.items()}
    if not cells["unit"] and any("%" in cells[name] for name in ("planned", "reached")):
        cells["unit"] = "%"
    labels = {fold(str(label)): value for value, label in K.choices}
    kind = fold(cells["kind"])
    return cells | {"kind": KINDS.get(kind) or labels.get(kind, cells["kind"])}


def offices_by_word() -> dict:
    """Offices by name and by code, folded."""
    offices = registry().offices
    by_code = {fold(office.code): office for office in offices}
    return by_code | {fold(office.name): office for office in offices}


def sources_by_word(event: Event) -> dict:
    return {fold(document.title): document for document in event.documents.all()}


def template_csv() -> bytes:
    """The empty list as the spreadsheets of the region open it: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(FIELDS)
    return out.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The empty list as a workbook."""
    # Here, because no other page needs it and every process would carry it.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "resultados"
    sheet.append(list(FIELDS))
    for cell in sheet[1]:
        sheet.column_dimensions[cell.column_letter].width = 50 if cell.value == "meta" else 18
        for row in sheet[f"{cell.column_letter}2:{cell.column_letter}{MOST_ROWS + 1}"]:
            row[0].number_format = "@"  # numbers stay as they are written
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
