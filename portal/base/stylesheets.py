"""Stylesheets: one small file per component, joined in a written order into one hashed file."""

from pathlib import Path

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("portal", "pages", "live", "staff")
ORDER_FILE = "_order.txt"


def parts(sheet: str) -> list[Path]:
    """The files of a sheet in their written order."""
    folder = Path(settings.BASE_DIR) / "static" / "css" / sheet
    lines = (folder / ORDER_FILE).read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [folder / name for name in names]


def joined(sheet: str) -> str:
    return rcssmin.cssmin("\n".join(part.read_text(encoding="utf-8") for part in parts(sheet)))


class JoinedStylesheetFinder(FileSystemFinder):
    """Finds the files of `static/`, with each folder of parts replaced by its joined sheet."""

    def list(self, ignore_patterns):
        for path, storage in super().list(ignore_patterns):
            if not path.startswith(tuple(f"css/{sheet}/" for sheet in SHEETS)):
                yield path, storage
        built = InMemoryStorage()
        for sheet in SHEETS:
            name = f"css/{sheet}.css"
            built.save(name, ContentFile(joined(sheet).encode()))
            yield name, built


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files; a name that is missing fails where it is used."""

    manifest_strict = True
