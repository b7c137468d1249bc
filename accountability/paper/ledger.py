"""What the paper of minutes puts into the publication log: the bytes of each file."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability.models import Minutes
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing
from portal.base.models import StoredFile

PDF, SIGNED = "minutes_pdf", "minutes_signed"


def _reference(kind: str, minutes: Minutes) -> str:
    ending = "pdf" if kind == PDF else "firmada"
    return f"{minutes.event.slug}/acta-{minutes.edition}/{ending}"


def append_file(kind: str, minutes: Minutes, stored: StoredFile, *, at=None) -> None:
    """Append a new file, or the one that took another's place."""
    standing = Standing(_reference(kind, minutes), stored.sha256)
    ledger.keep_up(kind, [(standing, default_path(minutes))], at=at)


def _standing(kind: str, column: str) -> Iterator[Standing]:
    shown = Minutes.objects.public().exclude(**{column: None})
    for minutes in shown.select_related("event", column).iterator(ledger.CHUNK):
        yield Standing(_reference(kind, minutes), ledger.digest_on_disk(getattr(minutes, column)))


ledger.register(PDF, ledger.Kind(lambda: _("Minutes as PDF"), lambda: _standing(PDF, "drawn")))
ledger.register(
    SIGNED, ledger.Kind(lambda: _("Signed minutes"), lambda: _standing(SIGNED, "signed"))
)
