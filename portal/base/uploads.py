"""The upload gate: PDF, JPEG and PNG by content, images drawn anew, active PDFs refused.

Office files, archives and everything else are refused on the public form; each refusal is a
sentence for the page (reliability T5).
"""

import hashlib
import io
from dataclasses import dataclass

import filetype
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.base.models import StoredFile
from portal.base.texts import clean_line

MAX_BYTES = 5 * 1024 * 1024
MAX_FILES = 3
MAX_PIXELS = 40_000_000
MAX_PDF_OBJECTS = 50_000
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
# /EF is what makes a file specification hold its file, whatever its /Type says or leaves out.
_ACTIVE_KEYS = {
    "/JavaScript",
    "/JS",
    "/EF",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
}
_ACTIVE_SUBTYPES = {"/RichMedia", "/3D", "/Movie", "/Screen"}
# /GoToR opens another file: with a network path it hands the reader's password hash to a stranger.
_ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition",
}  # fmt: skip


class FileRefused(Exception):
    """The file may not come in; the text is a sentence for the person who sent it."""


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: `data` is what is stored, not always what was sent."""

    name: str
    content_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def store(self) -> StoredFile:
        """Write the bytes first, then the row: a row never points at half a file."""
        stored = StoredFile(
            name=self.name,
            content_type=self.content_type,
            size=len(self.data),
            sha256=self.sha256,
        )
        stored.content.save(self.name, ContentFile(self.data), save=False)
        stored.save()
        return stored


def megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def accept(upload) -> CleanFile:
    """Check and clean one uploaded file. Raises FileRefused with a sentence."""
    if upload.size > MAX_BYTES:
        raise FileRefused(
            _("The file is %(size)s MB. The most is %(most)s MB.")
            % {"size": megabytes(upload.size), "most": megabytes(MAX_BYTES)}
        )
    data = upload.read()
    if not data:
        raise FileRefused(_("The file is empty. Choose another one."))
    kind = filetype.guess(data)
    content_type = kind.mime if kind else ""
    if content_type not in EXTENSIONS:
        raise FileRefused(_("We can only take PDF, JPG and PNG files."))
    if content_type == "application/pdf":
        _check_pdf(data)
    else:
        data = _redrawn(data, content_type)
    return CleanFile(_public_name(upload.name, content_type), content_type, data)


def check_count(number: int) -> None:
    if number > MAX_FILES:
        raise FileRefused(
            ngettext("Choose at most %(n)s file.", "Choose at most %(n)s files.", MAX_FILES)
            % {"n": MAX_FILES}
        )


def _public_name(name: str, content_type: str) -> str:
    stem = clean_line(name).rsplit(".", 1)[0].replace("/", " ").replace("\\", " ")[:100].strip()
    return f"{stem or 'archivo'}.{EXTENSIONS[content_type]}"


def _redrawn(data: bytes, content_type: str) -> bytes:
    """The same picture without its metadata; whatever was hidden behind it is gone."""
    broken = _("The picture can't be opened. Try to save it again, or send another one.")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(_("The picture is too large. Send it in a smaller size."))
            upright = ImageOps.exif_transpose(picture)
            fmt = "JPEG" if content_type == "image/jpeg" else "PNG"
            upright = upright.convert("RGB" if fmt == "JPEG" else "RGBA")
            upright.info = {}  # or Pillow writes the comment and the colour profile again
            out = io.BytesIO()
            upright.save(out, fmt, quality=85, optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise FileRefused(broken) from error
    return out.getvalue()


def _check_pdf(data: bytes) -> None:
    if data[data.rfind(b"%%EOF") + 5 :].strip() or b"%%EOF" not in data:
        raise FileRefused(_("The PDF is damaged. Save it again and send it once more."))
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise FileRefused(_("The PDF has a password. Send it without one."))
        if not len(reader.pages):
            raise FileRefused(_("The PDF has no pages."))
        active = _is_active(reader)
    except FileRefused:
        raise
    except DependencyError as error:  # a cipher that is not installed here
        raise FileRefused(_("The PDF has a password. Send it without one.")) from error
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise FileRefused(_("The PDF is damaged. Save it again and send it once more.")) from error
    if active:
        raise FileRefused(
            _("The PDF holds programs or other files inside. Print it to PDF and send that one.")
        )


def _is_active(reader: PdfReader) -> bool:
    """Whether anything reachable in the document acts: scripts, launches, files inside."""
    stack: list = [reader.trailer["/Root"]]
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
            raise FileRefused(_("The PDF is too complicated. Print it to PDF and send that one."))
        if isinstance(item, DictionaryObject):
            if _ACTIVE_KEYS & set(item) or _named(item, "/S") in _ACTIVE_ACTIONS:
                return True
            if _named(item, "/Subtype") in _ACTIVE_SUBTYPES:
                return True
            stack.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            stack.extend(item)
    return False


def _named(item: DictionaryObject, key: str) -> str:
    """A name in a dictionary, also one that stands elsewhere and is only pointed at."""
    value = item.raw_get(key) if key in item else ""
    return str(value.get_object() if isinstance(value, IndirectObject) else value)
