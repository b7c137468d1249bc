"""What frozen matrices put into the publication log: the bytes of each edition."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability.models import FrozenMatrix
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing

KIND = "matrix"


def reference(frozen: FrozenMatrix) -> str:
    return f"{frozen.record.event.slug}/matriz-{frozen.edition}"


def matrix_frozen(frozen: FrozenMatrix, *, at=None) -> None:
    path = default_path(frozen.record.event)
    ledger.append(KIND, reference(frozen), frozen.stored.sha256, path=path, at=at)


def _all() -> Iterator[Standing]:
    for frozen in FrozenMatrix.objects.select_related("record__event", "stored").order_by("pk"):
        yield Standing(reference(frozen), ledger.digest_on_disk(frozen.stored))


ledger.register(KIND, ledger.Kind(lambda: _("Frozen matrix"), _all))
