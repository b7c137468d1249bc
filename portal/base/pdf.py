"""PDFs of pages: tagged (PDF/UA-1), with language, title and fonts inside, drawn in a child.

The same template serves for paper from the browser, so where pango is missing a page can still
be printed: ask `is_available()` before you offer a PDF.
"""

import ctypes.util
import hashlib
import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string

from portal.base import apart

logger = logging.getLogger(__name__)

LIBRARIES = ("pango-1.0", "pangoft2-1.0")
WRITER = apart.Program(
    Path(__file__).with_name("pdf_writer.py"),
    seconds=60,
    memory=1500 * apart.MEGABYTE,
    disk=50 * apart.MEGABYTE,  # the fonts of the page, for as long as it is drawn
    at_once=2,
)


class NotAvailable(Exception):
    """No PDF now: pango is missing, or the machine is busy. The page itself can be printed."""


@lru_cache(maxsize=1)
def _has(libraries: tuple[str, ...]) -> bool:
    return all(ctypes.util.find_library(name) for name in libraries)


def is_available() -> bool:
    """Whether this machine has what PDFs are drawn with."""
    return _has(LIBRARIES)


def render(template_name: str, context: dict, *, keep: bool = False) -> bytes:
    """The PDF of a template that extends `pdf/base.html`, in the active language.

    `keep` is for what is the same for everybody: it is stored by its content, so drawn once for
    each process. Raises NotAvailable.
    """
    if not is_available():
        raise NotAvailable
    html = render_to_string(template_name, {**context, "as_pdf": True})
    if not keep:
        return drawn(html)
    store = caches["pages"]
    key = "pdf:" + hashlib.sha256(f"{settings.RELEASE}\n{html}".encode()).hexdigest()
    pdf = store.get(key)
    if pdf is None:
        pdf = drawn(html)
        store.set(key, pdf)
    return pdf


def drawn(html: str) -> bytes:
    """The PDF of a whole page of ours, drawn now. Raises NotAvailable."""
    folders = [str(settings.STATIC_ROOT), *map(str, settings.STATICFILES_DIRS)]
    try:
        pdf = WRITER.run(html.encode(), settings.STATIC_URL, *folders)
    except (apart.Busy, apart.Failed) as error:
        logger.warning("a PDF could not be drawn: %s", type(error).__name__)
        raise NotAvailable from error
    return pdf
