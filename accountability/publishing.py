"""What follows when the archive changes: versions and search rows."""

from accountability import ledger
from accountability.archive import passages
from accountability.models import Commitment, Minutes, SessionRecord
from accountability.recording.ledger import recording_changed
from accountability.records import ledger as files
from events.models import Event
from portal.base import document_texts, search, search_rebuild, versions
from portal.base.language import default_path


def archive_changed(event: Event) -> None:
    versions.content_changed(event.slug)


def minutes_changed(minutes: Minutes) -> None:
    """Only the newest published edition is found."""
    passages.index_minutes(minutes.event)


def record_changed(record: SessionRecord, *, at=None) -> None:
    archive_changed(record.event)
    document_texts.keep_up(record.event.slug)
    ledger.record_changed(record, at=at)
    files.files_changed(record, at=at)
    recording_changed(record, at=at)
    passages.index_transcript(record)


def commitment_changed(commitment: Commitment, *, at=None) -> None:
    versions.content_changed(commitment.event.slug)
    document_texts.keep_up(commitment.event.slug)
    if commitment.status != Commitment.Status.DRAFT:
        ledger.commitment_changed(commitment, at=at)
    _index(commitment)


def _index(commitment: Commitment) -> None:
    if commitment.status == Commitment.Status.DRAFT:
        return search.remove("commitment", commitment.pk)
    updates = [f"{u.title}\n{u.body}" for u in commitment.updates.public()]
    return search.index(
        "commitment",
        commitment.pk,
        path=default_path(commitment),
        title=f"{commitment.reference}. {commitment.title}",
        body="\n".join([commitment.promised, *updates]),
        label=commitment.office.name,
        event_slug=commitment.event.slug,
        dated_on=commitment.due_on,
    )


def _put(key: int) -> None:
    rows = Commitment.objects.select_for_update(of=["self"])
    _index(rows.select_related("office", "event").get(pk=key))


def _keys():
    return Commitment.objects.values_list("pk", flat=True)


search_rebuild.register("commitment", search_rebuild.Kind(_keys, _put))
