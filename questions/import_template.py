"""The empty list that people fill in: its columns, and what each of them means."""

import csv
import io

from django.utils.translation import gettext as _

from entity.registry import registry
from questions.import_rows import COLUMNS, MOST_ROWS

OPTIONS = {
    "canal": ["Teléfono", "Ventanilla", "Papel", "Correo", "Redes", "Zoom", "Facebook"],
    "tipo": ["Pregunta", "Observación", "Sugerencia"],
    "autoriza": ["Sí", "No"],
    "como_aparece": ["Anónimo", "Municipio", "Nombre"],
}


def template_csv() -> bytes:
    """The empty list as the spreadsheets of the region open it: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The empty list as a workbook, with lists to choose from and a sheet that explains it."""
    # Here, because no other page needs it and every process would carry it.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "aportes"
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 60 if cell.value == "texto" else 18
        for row in sheet[f"{cell.column_letter}2:{cell.column_letter}{MOST_ROWS + 1}"]:
            row[0].number_format = "@"  # or 3/4 becomes a day of the month
        if cell.value in OPTIONS:
            rule = DataValidation(type="list", formula1=f'"{",".join(OPTIONS[cell.value])}"')
            sheet.add_data_validation(rule)
            rule.add(f"{cell.column_letter}2:{cell.column_letter}{MOST_ROWS + 1}")
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet("instrucciones"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 100
    topics = ", ".join(topic.name for topic in registry().topics)
    for column, words in (
        ("canal", _("How it came. Choose from the list.")),
        ("lugar", _("Where it was received (voluntary).")),
        ("fecha", _("The day of the real receipt: 2026-03-25 or 25/03/2026.")),
        ("hora", _("14:30 or 2:30 p. m. Empty: the beginning of the day.")),
        ("tipo", _("Empty: question.")),
        ("texto", _("In the person's own words, whole. Up to 10,000 letters.")),
        ("tema", topics),
        ("municipio", _("Its name or DANE code; the name of the region where it is about all.")),
        ("nombre", _("Kept only where “autoriza” says Sí; so are correo and organizacion.")),
        ("como_aparece", _("Empty: anonymous.")),
        ("numero_externo", _("The number at the entity, if it has one.")),
    ):
        sheet.append([column, words])
