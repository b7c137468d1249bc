"""The checks of the upload gate that run in a process of their own.

A small file can cost a parser minutes or gigabytes, so `portal.base.uploads` runs this file as a
program apart, with limits, and reads one word and the clean bytes from it. It knows neither
Django, nor the settings, nor the language: it answers with a code word.
"""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
MAX_PDF_OBJECTS = 50_000
CLEAN, BROKEN, HEAVY = "clean", "broken", "heavy"
LOCKED, NO_PAGES, ACTIVE = "locked", "no-pages", "active"
# Pages that each link to the next one are for pypdf as deep as the document is long.
_DEPTH = 20_000
# /EF is what makes a file specification hold its file, whatever its /Type says or leaves out.
# /AA acts without a click; /OPI names a file elsewhere that takes the place of a picture.
_ACTIVE_KEYS = {
    "/AA", "/JavaScript", "/JS", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/OPI", "/RichMedia",
    "/XFA",
}  # fmt: skip
_ACTIVE_SUBTYPES = {"/RichMedia", "/3D", "/Movie", "/Screen", "/Sound"}
# /GoToR opens another file: with a network path it hands the reader's password hash to a stranger.
# /Thread can do the same.
_ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition",
    "/Thread", "/Sound", "/Movie", "/RichMediaExecute",
}  # fmt: skip
_TURNS_OF_THE_PAGE = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
# In the dictionary of a stream these say that its content lies in another file.
_ELSEWHERE_KEYS = {"/F", "/FFilter", "/FDecodeParms", "/Ref"}


class Refused(Exception):
    """The file may not come in; the text is the code word."""


def answer(content_type: str, data: bytes, most: int) -> tuple[str, bytes]:
    """The code word and, when that is CLEAN, at most `most` bytes to keep."""
    try:
        data = cleaned_pdf(data) if content_type == "application/pdf" else redrawn(data)
    except Refused as refused:
        return str(refused), b""
    except (MemoryError, Image.DecompressionBombError):
        return HEAVY, b""
    except Exception:  # parsers of hostile bytes raise whatever they like
        return BROKEN, b""
    return (CLEAN, data) if len(data) <= most else (HEAVY, b"")


def redrawn(data: bytes) -> bytes:
    """The same picture without its metadata; whatever was hidden behind it is gone.

    The mode stays, or one bit for each dot becomes 32; and the PNG is packed quickly, because
    packing well costs minutes for a file of a few megabytes.
    """
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        fmt = "PNG" if picture.format == "PNG" else "JPEG"
        if max(picture.size) > MAX_SIDE or picture.width * picture.height > MAX_PIXELS:
            raise Refused(HEAVY)
        upright = ImageOps.exif_transpose(picture)
    see_through = upright.info.get("transparency")
    if upright.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off, not scale
        upright, see_through = upright.point(lambda grey: grey * (1 / 256)).convert("L"), None
    elif upright.mode not in ({"1", "L", "P", "RGB", "RGBA"} if fmt == "PNG" else {"L", "RGB"}):
        upright, see_through = upright.convert("RGBA" if fmt == "PNG" else "RGB"), None
    upright.info = {}  # or Pillow writes the comment and the colour profile again
    out = io.BytesIO()
    if fmt == "JPEG":
        upright.save(out, fmt, quality=85, optimize=True)
    else:
        keep = {} if see_through is None else {"transparency": see_through}
        upright.save(out, fmt, compress_level=3, **keep)
    return out.getvalue()


def cleaned_pdf(data: bytes) -> bytes:
    """The PDF written anew from what was read and checked, and checked once more as written.

    Readers disagree about damaged tables, old revisions and keys that stand twice; of those only
    what we saw is kept. The price: a digital signature in the PDF is no longer valid.
    """
    if data[data.rfind(b"%%EOF") + 5 :].strip() or b"%%EOF" not in data:
        raise Refused(BROKEN)
    with _no_key_twice():
        reader = PdfReader(io.BytesIO(data), strict=False)
        try:
            if reader.is_encrypted:
                raise Refused(LOCKED)
            if not len(reader.pages):
                raise Refused(NO_PAGES)
            _refuse_active(reader)
        except DependencyError as error:  # a cipher that is not installed here
            raise Refused(LOCKED) from error
        out = io.BytesIO()
        writer = PdfWriter(clone_from=reader)
        writer.pdf_header = "%PDF-1.7"
        writer.write(out)
        _refuse_active(PdfReader(out, strict=False))
    return out.getvalue()


class _TwiceWatch(logging.Handler):
    """Notes that pypdf met a key twice; a warning in its log is the only place it says so."""

    met = False

    def emit(self, record: logging.LogRecord) -> None:
        self.met = self.met or str(record.msg).startswith("Multiple definitions in dictionary")


@contextmanager
def _no_key_twice() -> Iterator[None]:
    """Refuse a key that stands twice: pypdf takes the first one, other readers the last."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    log, watch = logging.getLogger("pypdf.generic._data_structures"), _TwiceWatch()
    log.propagate = False
    log.setLevel(logging.WARNING)
    log.addHandler(watch)
    try:
        yield
    finally:
        log.removeHandler(watch)
    if watch.met:
        raise Refused(BROKEN)


def _refuse_active(reader: PdfReader) -> None:
    """Walk all that can be reached in the document; nothing may act by itself or reach out."""
    stack: list = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    visited = 0
    while stack:
        item = stack.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        visited += 1
        if visited > MAX_PDF_OBJECTS:
            raise Refused(HEAVY)
        if isinstance(item, DictionaryObject):
            if _acts(item) or any(_acts_there(item, key) for key in item):
                raise Refused(ACTIVE)
            stack.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            if any(_action(value) == "/URI" for value in item):
                raise Refused(ACTIVE)
            stack.extend(item)
        elif isinstance(item, IndirectObject):
            stack.append(item)


def _acts(item: DictionaryObject) -> bool:
    """Whether a dictionary is forbidden wherever it stands."""
    action = _named(item, "/S")
    return bool(
        _ACTIVE_KEYS & set(item)
        or action in _ACTIVE_ACTIONS
        or (action == "/Named" and _named(item, "/N") not in _TURNS_OF_THE_PAGE)
        or _named(item, "/Subtype") in _ACTIVE_SUBTYPES
        or _named(item, "/FS") == "/URL"
        or (isinstance(item, StreamObject) and _ELSEWHERE_KEYS & set(item))
    )


def _acts_there(item: DictionaryObject, key: str) -> bool:
    """Whether what stands under this key is forbidden there: a web link needs a click on it."""
    value = _resolved(item.raw_get(key))
    if key == "/OpenAction" and isinstance(value, DictionaryObject):
        return _action(value) != "/GoTo"
    return _action(value) == "/URI" and not (key == "/A" and _named(item, "/Subtype") == "/Link")


def _action(value) -> str:
    value = _resolved(value)
    return _named(value, "/S") if isinstance(value, DictionaryObject) else ""


def _named(item: DictionaryObject, key: str) -> str:
    """A name in a dictionary, also one that stands elsewhere and is only pointed at."""
    return str(_resolved(item.raw_get(key))) if key in item else ""


def _resolved(value):
    """What a reference points at, through a few more references; a ring of them is damage."""
    for _hop in range(8):
        if not isinstance(value, IndirectObject):
            return value
        value = value.get_object()
    raise Refused(BROKEN)


def main() -> None:
    """`upload_checks.py CONTENT_TYPE MOST`: file on standard input, word and bytes on output."""
    content_type, most = sys.argv[1:]
    sys.setrecursionlimit(_DEPTH)
    word, data = answer(content_type, sys.stdin.buffer.read(), int(most))
    sys.stdout.buffer.write(word.encode() + b"\n" + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
