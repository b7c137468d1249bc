"""Which files of events search reads: what was published for an event or for an agenda item."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from events.models import Document, Event
from portal.base import clock, document_texts
from portal.base.document_texts import PublicDocument


def documents(event_slug: str) -> Iterator[PublicDocument]:
    """The stored documents of an event that is public, or of all of them; one query."""
    stored = Document.objects.filter(event__in=Event.objects.public(), stored__isnull=False)
    found = stored.filter(event__slug=event_slug) if event_slug else stored
    with translation.override(settings.LANGUAGE_CODE):
        for document in found.select_related("event"):
            yield _public(document)


def _public(document: Document) -> PublicDocument:
    event = document.event
    return PublicDocument(
        document.stored_id,
        reverse("event_document", kwargs={"event_slug": event.slug, "pk": document.pk}),
        document.title,
        event.full_name,
        event.slug,
        document.published_on or clock.local_day(event.starts_at),
    )


document_texts.register("event", documents)
