"""Writes a package on the disk, with the Library of Congress's own library for BagIt.

Files are linked where the disk can, else copied in pieces: no more than a piece is in memory.
"""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import bagit
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.models import ArchivePackage
from accountability.package.parts import Part, parts_of_event, parts_of_year
from entity.registry import registry
from portal.base import clock
from portal.base.models import StoredFile

MARGIN = 200 * 1024 * 1024  # what the portal itself needs to go on
MANIFEST = "tagmanifest-sha256.txt"
logging.getLogger("bagit").setLevel(logging.WARNING)


class NotBuilt(Exception):
    """The package can't be built now; the text is a sentence for the staff."""


@dataclass(frozen=True)
class Built:
    """A package on the disk: its folder under `root()`, payload files, bytes, and its SHA-256."""

    folder: str
    files: int
    size: int
    sha256: str


def root() -> Path:
    return Path(settings.DATA_DIR) / "packages"


def path_of(folder: str) -> Path:
    return root() / folder


def build(package: ArchivePackage, at=None) -> Built:
    """Write, bag and validate a package. Raises NotBuilt, OSError where the disk fails.

    It grows in a folder of its own and takes its name when it is whole and valid.
    """
    root().mkdir(mode=0o700, parents=True, exist_ok=True)
    with translation.override(settings.LANGUAGE_CODE):
        parts = list(_parts(package, at))
        _demand_space(parts)
        growing = Path(tempfile.mkdtemp(prefix="growing-", dir=root()))
        try:
            _write(parts, growing)
            sealed = _sealed(growing, package, at)
            name = f"{_owner(package)}-{package.edition}-{package.pk}"
            shutil.rmtree(path_of(name), ignore_errors=True)  # of a worker that died
            growing.rename(path_of(name))
        except BaseException:
            shutil.rmtree(growing, ignore_errors=True)
            raise
    size, files = sealed.info["Payload-Oxum"].split(".")
    return Built(name, int(files), int(size), manifest_digest(name))


def _owner(package) -> str:
    return package.event.slug if package.event_id else str(package.year)


def _parts(package, at) -> Iterable[Part]:
    if package.event_id:
        return parts_of_event(package.event, at)
    return parts_of_year(package.year, at)


def _demand_space(parts: list[Part]) -> None:
    """Every file counts as if it were copied, since not every disk can link."""
    wanted = sum(part.stored.size for part in parts if part.stored) + MARGIN
    free = shutil.disk_usage(root()).free
    if free < wanted:
        raise NotBuilt(
            _("The disk has %(free)s MB free and the package needs %(wanted)s MB.")
            % {"free": free // 1024**2, "wanted": wanted // 1024**2}
        )


def _write(parts: Iterable[Part], folder: Path) -> None:
    for part in parts:
        target = folder / part.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if part.stored:
            _put(part.stored, target)
            continue
        with target.open("xb") as file:
            for piece in part.pieces():
                file.write(piece)


def _put(stored: StoredFile, target: Path) -> None:
    """A link to the stored bytes, which never change, else a copy of them."""
    try:
        os.link(stored.content.path, target)
    except FileNotFoundError as error:
        raise NotBuilt(
            _("The file “%(name)s” is not on the disk any more.") % {"name": stored.name}
        ) from error
    except (OSError, NotImplementedError):  # another disk, or files kept elsewhere
        with stored.content.open("rb") as content, target.open("xb") as file:
            for piece in content.chunks():
                file.write(piece)


def _sealed(folder: Path, package, at) -> bagit.Bag:
    entity = registry().entity
    about = {
        "Source-Organization": entity.name,
        "External-Description": str(package.event or package.year),
        "External-Identifier": f"{settings.SITE_URL}/eventos/{_owner(package)}/",
        "Bagging-Date": clock.local_day(at).isoformat(),
        "Bag-Group-Identifier": _owner(package),
        "Bag-Count": str(package.edition),
    }
    sealed = bagit.make_bag(str(folder), about, checksums=["sha256"])
    try:
        sealed.validate()
    except bagit.BagError as error:
        raise NotBuilt(
            _("A file changed while the package was built. Ask for it again.")
        ) from error
    return sealed


def manifest_digest(folder: str) -> str:
    """The SHA-256 of the list of lists: whoever has it can check every byte of the package."""
    try:
        return hashlib.sha256((path_of(folder) / MANIFEST).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def remove(folder: str) -> None:
    if folder:
        shutil.rmtree(path_of(folder), ignore_errors=True)
