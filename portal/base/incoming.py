"""Large bodies: they wait on the disk of the files, are hashed piece by piece, and move in."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from portal.base import ledger
from portal.base.models import StoredFile

RESERVE = 512 * 1024 * 1024  # bytes that stay free for the database and the mail
FORGOTTEN = timedelta(days=1)


class NoRoom(SuspiciousOperation):
    """The disk has no room for what somebody wants to send."""


class IncomingFile(TemporaryUploadedFile):
    """As Django's, in a folder of the portal's own that is made when it is needed."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None):
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=_folder())  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class IncomingUploadHandler(TemporaryFileUploadHandler):
    """What is too large for the memory waits where it will stay."""

    def new_file(self, *args, **kwargs):
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = IncomingFile(
            self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )


def _folder() -> Path:
    return Path(settings.INCOMING_DIR)


def demand_room(length: int) -> None:
    """Raises NoRoom where `length` bytes would fill the disk."""
    place = next(one for one in (_folder(), *_folder().parents) if one.exists())
    if shutil.disk_usage(place).free < length + RESERVE:
        raise NoRoom("the disk has no room for this body")


def keep(upload: UploadedFile, *, name: str, content_type: str) -> StoredFile:
    """Store an uploaded file of any size; its type was proved before. Raises OSError."""
    sha256 = ledger.digest_of_upload(upload)
    stored = StoredFile(name=name, content_type=content_type, size=upload.size, sha256=sha256)
    stored.content.save(name, upload, save=False)
    stored.save()
    return stored


def forget_broken_off(at) -> None:
    """Delete what began to come in more than a day ago and never ended."""
    oldest = (at - FORGOTTEN).timestamp()
    for path in _folder().glob("*.upload"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
