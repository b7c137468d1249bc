"""Tables as ODS, the open spreadsheet: every cell is text, so nothing in it is ever computed.

Ours, because the libraries take ten times as long and build the whole document in memory.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

CONTENT_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{CONTENT_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
# XML knows no other control characters; surrogates and non-characters stand in no file of text.
_FORBIDDEN = dict.fromkeys(
    [n for n in range(32) if n not in (9, 10)] + [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def book(name: str, header: Iterable, rows: Iterable[Iterable]) -> bytes:
    """A workbook of one sheet called `name`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        # First and unpacked, as readers want it, to tell the type by the first bytes.
        parts.writestr("mimetype", CONTENT_TYPE, zipfile.ZIP_STORED)
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        with parts.open("content.xml", "w") as content:
            for piece in _content(name, header, rows):
                content.write(piece.encode())
    return out.getvalue()


def _content(name: str, header: Iterable, rows: Iterable[Iterable]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NAMES} '
    yield 'office:version="1.3"><office:body><office:spreadsheet>'
    yield f"<table:table table:name={quoteattr(_clean(name))}>"
    yield f"<table:table-header-rows>{_row(header)}</table:table-header-rows>"
    yield from map(_row, rows)
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _row(cells: Iterable) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value) -> str:
    lines = _clean("" if value is None else str(value)).split("\n")
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)
