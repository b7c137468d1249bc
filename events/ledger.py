"""What events put into the publication log: the files that were published as information."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from events.models import Document, Event
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing

DOCUMENT = "document"


def _standing(document: Document) -> Standing:
    reference = f"{document.event.slug}/documento-{document.pk}"
    return Standing(reference, document.stored.sha256)


def _public():
    documents = Document.objects.filter(event__in=Event.objects.public(), stored__isnull=False)
    return documents.select_related("event", "stored")


def documents_changed(event: Event, *, at=None) -> None:
    """Append what was added, replaced or taken away of an event's files."""
    now = {item.reference: item for item in map(_standing, _public().filter(event=event))}
    begins = f"{event.slug}/documento-"
    entries = ledger.PublicationEntry.objects.filter(kind=DOCUMENT, reference__startswith=begins)
    known = set(entries.values_list("reference", flat=True))
    path = default_path(event)
    ledger.keep_up(
        DOCUMENT, [(item, path) for item in now.values()], gone=sorted(known - now.keys()), at=at
    )


def _documents() -> Iterator[Standing]:
    for document in _public().iterator(ledger.CHUNK):
        yield _standing(document)


ledger.register(DOCUMENT, ledger.Kind(lambda: _("Document of an event"), _documents))
