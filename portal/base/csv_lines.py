"""Tables as CSV, line by line: spreadsheets read the accents and take no cell for a formula."""

import csv
from collections.abc import Iterable, Iterator

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: it gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cell(value) -> str:
    """The text of one cell; one that a spreadsheet would compute begins with an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(header: Iterable[str], rows: Iterable[Iterable]) -> Iterator[bytes]:
    """A CSV file in UTF-8, semicolons between the cells as spreadsheets in Spanish expect."""
    writer = csv.writer(_Line(), delimiter=";")
    yield (BOM + writer.writerow([str(name) for name in header])).encode()
    for row in rows:
        yield writer.writerow([cell(value) for value in row]).encode()
