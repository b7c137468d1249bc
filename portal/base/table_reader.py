"""Reads the first sheet of a workbook as a program of its own (`portal.base.apart`).

A workbook of a few bytes can claim a million columns, or unpack to gigabytes. Workbook on standard
input, rows as JSON on standard output: texts only, what a formula was worth when it was saved,
never the formula.
"""

import datetime
import io
import json
import sys

from python_calamine import CalamineWorkbook, SheetVisibleEnum


def as_text(value) -> str:
    """What the cell shows, in a form that is the same for every program that wrote it."""
    if isinstance(value, datetime.datetime):
        plain = value.time() == datetime.time.min
        return value.date().isoformat() if plain else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def rows_of(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """The first rows and columns of the first sheet that is not hidden."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [s for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    sheet = book.get_sheet_by_name(shown[0].name)
    rows = []
    for row in sheet.iter_rows():
        rows.append([as_text(value) for value in row[:most_columns]])
        if len(rows) > most_rows:
            break
    return rows


def main() -> None:
    """`table_reader.py ROWS COLUMNS`: one row more than ROWS says that there are more."""
    rows, columns = map(int, sys.argv[1:3])
    answer = json.dumps(rows_of(sys.stdin.buffer.read(), rows, columns))
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
