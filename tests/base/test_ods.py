"""Open spreadsheets of ours, read back with a library: text stays text, whatever it holds."""

import io
import zipfile

import filetype
import pytest
from python_calamine import CalamineWorkbook

from portal.base import ods, tables


def read(*rows, name="Hoja") -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(ods.book(name, ("uno", "dos"), rows)))
    assert book.sheet_names == [name]
    return book.get_sheet_by_index(0).to_python()


def test_what_goes_in_comes_out():
    assert read(("agua", 7), (None, "ñandú")) == [["uno", "dos"], ["agua", "7"], ["", "ñandú"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "<text:p>", "a & b", "]]>", '"', "&#0;", "𠀀", "-7", "2020-12-21"]
)
def test_no_text_is_computed_or_becomes_markup(text):
    assert read((text, "x"))[1] == [text, "x"]


def test_letters_that_xml_does_not_know_fall_away():
    every = "".join(map(chr, [*range(9), *range(11, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]))
    assert read((f"a{every}b", "x"))[1] == ["ab", "x"]


def test_a_text_of_two_lines_keeps_them():
    assert read(("una\ndos", "x"))[1][0].split() == ["una", "dos"]


def test_a_reader_knows_its_type_by_the_first_bytes():
    data = ods.book('Ho"ja <&>', ("a",), [])
    assert filetype.guess(data).mime == ods.CONTENT_TYPE
    parts = zipfile.ZipFile(io.BytesIO(data))
    first = parts.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert parts.testzip() is None


def test_our_own_reader_of_lists_takes_it():
    data = io.BytesIO(ods.book("Hoja", ("uno", "dos"), [("agua", "río")]))
    data.size = len(data.getvalue())
    assert tables.rows_of(data, most_rows=10) == [["uno", "dos"], ["agua", "río"]]
