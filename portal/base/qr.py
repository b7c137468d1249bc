"""QR codes: an address that a telephone reads from paper or from a screen."""

import io

import segno

from portal.base import safe_html

QUIET = 4  # modules of white around it, as the norm asks


def svg(text: str, title: str) -> str:
    """The QR of `text` as a drawing of the page; `title` says in words where it leads."""
    return safe_html.drawing(*_path(text), title)


def file(text: str, title: str) -> str:
    """The same as a file of its own, for print."""
    return svg(text, title).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def png(text: str) -> bytes:
    """The same as a large picture, for programs that take no drawings."""
    written = io.BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="png", scale=24, border=QUIET)
    return written.getvalue()


def _path(text: str) -> tuple[str, int]:
    """Its dark modules as runs of a line, and the side of the square in modules."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                runs.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width or 1
    return "".join(runs), len(rows) + 2 * QUIET
