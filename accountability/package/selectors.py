"""The package that the public may take: the newest edition that lies on the disk."""

from accountability.models import ArchivePackage


def newest(**owner) -> ArchivePackage | None:
    """`event__slug=…` or `year=…`; None while none was built."""
    lies = ArchivePackage.objects.public().filter(**owner).exclude(folder="")
    return lies.select_related("event").order_by("-edition").first()
