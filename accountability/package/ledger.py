"""What packages put into the publication log: the SHA-256 of the manifest of each edition."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability.models import ArchivePackage
from accountability.package import bag
from portal.base import ledger
from portal.base.ledger import Standing

KIND = "package"


def reference(package: ArchivePackage) -> str:
    owner = package.event.slug if package.event_id else package.year
    return f"{owner}/paquete-{package.edition}"


def package_built(package: ArchivePackage, *, at=None) -> None:
    ledger.append(KIND, reference(package), package.sha256, at=at)


def _packages() -> Iterator[Standing]:
    """The manifests as they lie on the disk; of a folder that was taken away, what was noted."""
    ready = ArchivePackage.objects.filter(status=ArchivePackage.Status.READY)
    for package in ready.select_related("event").order_by("pk"):
        lies = bag.manifest_digest(package.folder) if package.folder else package.sha256
        yield Standing(reference(package), lies)


ledger.register(KIND, ledger.Kind(lambda: _("Archive package"), _packages))
