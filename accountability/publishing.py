"""What follows when the archive changes: versions and search rows."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accountability import ledger
from accountability.models import Commitment, Minutes, SessionRecord
from accountability.recording.ledger import recording_changed
from accountability.records import ledger as files
from events.models import Event
from portal.base import clock, document_texts, search, versions
from portal.base.language import default_path


def archive_changed(event: Event) -> None:
    versions.content_changed(event.slug)


def minutes_changed(minutes: Minutes) -> None:
    """Only the newest published edition is found."""
    sections = [f"{s.title}\n{s.body}" for s in minutes.sections.all()]
    search.index(
        "minutes",
        minutes.event_id,
        path=default_path(minutes),
        title=str(minutes),
        body="\n".join(sections),
        label=minutes.event.full_name,
        event_slug=minutes.event.slug,
        dated_on=clock.local_day(minutes.started_at),
    )


def record_changed(record: SessionRecord, *, at=None) -> None:
    archive_changed(record.event)
    document_texts.keep_up(record.event.slug)
    ledger.record_changed(record, at=at)
    files.files_changed(record, at=at)
    recording_changed(record, at=at)
    _index_transcript(record)


def _index_transcript(record: SessionRecord) -> None:
    """What was said is found, and leads to the page of the transcript."""
    is_public = record.status == SessionRecord.Status.PUBLISHED
    if not (is_public and record.transcript):
        return search.remove("record", record.pk)
    event = record.event
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("transcript", args=[event.slug])
        title = _("Transcript: %(event)s") % {"event": event.full_name}
    return search.index(
        "record", record.pk, path=path, title=title, body=record.transcript,
        label=event.kind.name, event_slug=event.slug, dated_on=clock.local_day(event.starts_at),
    )  # fmt: skip


def commitment_changed(commitment: Commitment, *, at=None) -> None:
    versions.content_changed(commitment.event.slug)
    document_texts.keep_up(commitment.event.slug)
    if commitment.status == Commitment.Status.DRAFT:
        search.remove("commitment", commitment.pk)
        return
    ledger.commitment_changed(commitment, at=at)
    updates = [f"{u.title}\n{u.body}" for u in commitment.updates.public()]
    search.index(
        "commitment",
        commitment.pk,
        path=default_path(commitment),
        title=f"{commitment.reference}. {commitment.title}",
        body="\n".join([commitment.promised, *updates]),
        label=commitment.office.name,
        event_slug=commitment.event.slug,
        dated_on=commitment.due_on,
    )
