"""The upload gate: PDF, JPEG and PNG by content, images drawn anew, active PDFs refused.

Office files, archives and everything else are refused on the public form; each refusal is a
sentence for the page. What is kept is drawn or written anew by `portal.base.upload_checks`, in a
process apart. What comes by mail or on paper is never
refused by its type: what the gate does not take is kept as it came, for the staff alone.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import filetype
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.base import apart, upload_checks
from portal.base.models import StoredFile
from portal.base.texts import clean_line

MAX_BYTES = 5 * 1024 * 1024
MAX_STORED_BYTES = 2 * MAX_BYTES  # written anew, an honest file may grow a little
MAX_FILES = 3
AS_IT_CAME = "application/octet-stream"  # nothing that opens by itself in a browser
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
# More at once would take the processor from the pages and the memory from the machine.
CHECKS = apart.Program(
    Path(upload_checks.__file__), seconds=8, memory=800 * apart.MEGABYTE, at_once=2
)
_PDF_SAYS = {
    upload_checks.BROKEN: gettext_lazy("The PDF is damaged. Save it again and send it once more."),
    upload_checks.HEAVY: gettext_lazy(
        "The PDF is too complicated. Print it to PDF and send that one."
    ),
    upload_checks.LOCKED: gettext_lazy("The PDF has a password. Send it without one."),
    upload_checks.NO_PAGES: gettext_lazy("The PDF has no pages."),
    upload_checks.ACTIVE: gettext_lazy(
        "The PDF holds programs or other files inside. Print it to PDF and send that one."
    ),
}
_PICTURE_SAYS = {
    upload_checks.BROKEN: gettext_lazy(
        "The picture can't be opened. Try to save it again, or send another one."
    ),
    upload_checks.HEAVY: gettext_lazy("The picture is too large. Send it in a smaller size."),
}


class FileRefused(Exception):
    """The file may not come in; the text is a sentence for the person who sent it."""


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: `data` is what is stored, not always what was sent."""

    name: str
    content_type: str
    data: bytes
    is_checked: bool = True

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
            is_checked=self.is_checked,
        )
        stored.content.save(self.name, ContentFile(self.data), save=False)
        stored.save()
        return stored


def forget(stored: StoredFile) -> None:
    """Delete a file that nothing names any more; its bytes once that is certain.

    Where another row still names it (an earlier edition, a frozen one), it stays.
    """
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: stored.content.delete(save=False))


def megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _too_large(size: int, most: int) -> str:
    return _("The file is %(size)s MB. The most is %(most)s MB.") % {
        "size": megabytes(size),
        "most": megabytes(most),
    }


def accept(upload) -> CleanFile:
    """Check and clean one uploaded file. Raises FileRefused with a sentence."""
    if upload.size > MAX_BYTES:
        raise FileRefused(_too_large(upload.size, MAX_BYTES))
    data = upload.read()
    if not data:
        raise FileRefused(_("The file is empty. Choose another one."))
    kind = filetype.guess(data)
    content_type = kind.mime if kind else ""
    if content_type not in EXTENSIONS:
        raise FileRefused(_("We can only take PDF, JPG and PNG files."))
    clean = _clean(data, content_type)
    return CleanFile(_public_name(upload.name, content_type), content_type, clean)


def as_it_came(name: str, source) -> CleanFile:
    """Any file, unchanged and unchecked. `source` is bytes or an uploaded file.

    Raises FileRefused only for its size (the setting PRIVATE_MAX_BYTES).
    """
    size = len(source) if isinstance(source, bytes) else source.size
    if size > settings.PRIVATE_MAX_BYTES:
        raise FileRefused(_too_large(size, settings.PRIVATE_MAX_BYTES))
    data = source if isinstance(source, bytes) else source.read()
    return CleanFile(_private_name(name), AS_IT_CAME, data, is_checked=False)


def clean_or_as_it_came(name: str, source) -> CleanFile:
    """What passes the gate is cleaned as ever; what it refuses is kept as it came.

    Takes seconds for a heavy file: call it outside a transaction, and `store()` inside.
    """
    original = as_it_came(name, source)
    try:
        return accept(SimpleUploadedFile(original.name, original.data))
    except FileRefused:
        return original


def _private_name(name: str) -> str:
    """The sender's name of the file without what a path or a file system reads in it."""
    name = clean_line(re.sub(r'[/\\:*?"<>|]', " ", name)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 10:
        return name[:110].strip() or "archivo"
    return f"{stem[:100].strip()}{dot}{extension}"


def check_count(number: int) -> None:
    if number > MAX_FILES:
        raise FileRefused(
            ngettext("Choose at most %(n)s file.", "Choose at most %(n)s files.", MAX_FILES)
            % {"n": MAX_FILES}
        )


def _public_name(name: str, content_type: str) -> str:
    stem = clean_line(name).rsplit(".", 1)[0].replace("/", " ").replace("\\", " ")[:100].strip()
    return f"{stem or 'archivo'}.{EXTENSIONS[content_type]}"


def _clean(data: bytes, content_type: str) -> bytes:
    """What the checks made of the file, or FileRefused in the language of the page."""
    says = _PDF_SAYS if content_type == "application/pdf" else _PICTURE_SAYS
    try:
        answer = CHECKS.run(data, content_type, str(MAX_STORED_BYTES))
    except apart.Busy as error:
        raise FileRefused(_("We are checking other files. Try again in a moment.")) from error
    except apart.TooHeavy as error:
        raise FileRefused(str(says[upload_checks.HEAVY])) from error
    except apart.Failed as error:
        raise FileRefused(str(says[upload_checks.BROKEN])) from error
    word, _line, clean = answer.partition(b"\n")
    if word == upload_checks.CLEAN.encode():
        return clean
    raise FileRefused(str(says.get(word.decode("ascii", "replace"), says[upload_checks.BROKEN])))
