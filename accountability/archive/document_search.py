"""Which files of the archive search reads: proofs of commitments, papers of the session."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accountability.models import Evidence, RecordFile
from portal.base import clock, document_texts
from portal.base.document_texts import PublicDocument


def proofs(event_slug: str) -> Iterator[PublicDocument]:
    """The stored proofs of an event's commitments, or of all of them; one query."""
    stored = Evidence.objects.public().filter(stored__isnull=False)
    found = stored.filter(update__commitment__event__slug=event_slug) if event_slug else stored
    with translation.override(settings.LANGUAGE_CODE):
        for proof in found.select_related("update__commitment__event").order_by("pk"):
            yield _of_proof(proof)


def _of_proof(proof: Evidence) -> PublicDocument:
    commitment = proof.update.commitment
    return PublicDocument(
        proof.stored_id,
        reverse("evidence_file", kwargs={"pk": proof.pk}),
        proof.title,
        f"{commitment.reference}. {commitment.title}",
        commitment.event.slug,
        proof.update.happened_on,
    )


def papers(event_slug: str) -> Iterator[PublicDocument]:
    """Presentations and documents handed in at a session, of one event or of all; one query."""
    public = RecordFile.objects.public()
    found = public.filter(record__event__slug=event_slug) if event_slug else public
    with translation.override(settings.LANGUAGE_CODE):
        for file in found.select_related("record__event").order_by("pk"):
            event = file.record.event
            yield PublicDocument(
                file.stored_id, reverse("record_file", kwargs={"pk": file.pk}), file.title,
                event.full_name, event.slug, clock.local_day(event.starts_at),
            )  # fmt: skip


document_texts.register("proof", proofs)
document_texts.register("record", papers)
