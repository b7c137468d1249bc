"""What the archive puts into the publication log: records, minutes, commitments and their news."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability.models import Commitment, CommitmentUpdate, Evidence, Minutes, SessionRecord
from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing

RECORD, MINUTES, COMMITMENT, UPDATE, EVIDENCE = (
    "record", "minutes", "commitment", "update", "evidence",
)  # fmt: skip


def _of_record(record: SessionRecord) -> Standing:
    content = ledger.canonical(
        event=record.event.slug,
        recording=record.recording_url,
        audio=record.audio_url,
        no_recording=record.no_recording_reason,
        summary=record.summary,
        transcript=record.transcript,
        attendance={row.channel: row.count for row in record.attendance.all()},
        **_told_of_files(record),
    )
    return Standing(f"{record.event.slug}/registro", ledger.digest(content))


def _told_of_files(record: SessionRecord) -> dict[str, list]:
    """The words beside each file. A record without files says nothing of them, as it always did."""
    files = sorted(record.files.all(), key=lambda file: file.pk)
    told = [[file.pk, file.kind, file.title, file.alternative, file.origin] for file in files]
    return {"files": told} if told else {}


def minutes_content(minutes: Minutes) -> bytes:
    return ledger.canonical(
        event=minutes.event.slug,
        edition=minutes.edition,
        number=minutes.number,
        place=minutes.place,
        started=minutes.started_at.isoformat(),
        ended=minutes.ended_at.isoformat(),
        president=minutes.president,
        secretary=minutes.secretary,
        change=minutes.change_note,
        sections=[[part.title, part.body] for part in minutes.sections.all()],
        signatories=[[one.role, one.position] for one in minutes.signatories.all()],
    )


def _of_minutes(minutes: Minutes) -> Standing:
    reference = f"{minutes.event.slug}/acta-{minutes.edition}"
    return Standing(reference, ledger.digest(minutes_content(minutes)))


def _of_commitment(item: Commitment) -> Standing:
    """What was promised, every date it had, and how it ended: progress comes with the news."""
    dates = sorted(item.date_changes.all(), key=lambda change: change.pk)
    content = ledger.canonical(
        reference=item.reference,
        title=item.title,
        promised=item.promised,
        first_date=item.original_due_on.isoformat(),
        dates=[[d.from_date.isoformat(), d.to_date.isoformat(), d.reason] for d in dates],
        target=item.target,
        unit=item.unit,
        end=item.status if item.status in Commitment.Status.CLOSED else "",
        reason=item.status_reason,
    )
    return Standing(item.reference, ledger.digest(content))


def _of_update(update: CommitmentUpdate) -> Standing:
    content = ledger.canonical(
        commitment=update.commitment.reference,
        day=update.happened_on.isoformat(),
        title=update.title,
        body=update.body,
        done=update.done,
    )
    return Standing(_update_reference(update), ledger.digest(content))


def _update_reference(update: CommitmentUpdate) -> str:
    return f"{update.commitment.reference}/novedad-{update.pk}"


def _of_evidence(proof: Evidence) -> Standing:
    content = ledger.canonical(title=proof.title, address=proof.url)
    sha256 = proof.stored.sha256 if proof.stored else ledger.digest(content)
    return Standing(f"{_update_reference(proof.update)}/prueba-{proof.pk}", sha256)


def record_changed(record: SessionRecord, *, at=None) -> None:
    """Append a published record when it is new or another."""
    if record.status == SessionRecord.Status.PUBLISHED:
        fresh = _records().get(pk=record.pk)
        ledger.keep_up(RECORD, [(_of_record(fresh), default_path(fresh))], at=at)


def minutes_published(minutes: Minutes, *, at=None) -> None:
    fresh = _minutes().get(pk=minutes.pk)  # instants as the database gives them
    ledger.keep_up(MINUTES, [(_of_minutes(fresh), default_path(fresh))], at=at)


def commitment_changed(commitment: Commitment, *, at=None) -> None:
    """Append what is new or another of a public commitment and of its published news."""
    fresh = _commitments().get(pk=commitment.pk)
    path = default_path(fresh)
    ledger.keep_up(COMMITMENT, [(_of_commitment(fresh), path)], at=at)
    news = _updates().filter(commitment=fresh)
    ledger.keep_up(UPDATE, [(_of_update(update), path) for update in news], at=at)
    proofs = _proofs().filter(update__commitment=fresh)
    ledger.keep_up(EVIDENCE, [(_of_evidence(proof), path) for proof in proofs], at=at)


def _records():
    public = SessionRecord.objects.public().select_related("event")
    return public.prefetch_related("attendance", "files")


def _minutes():
    published = Minutes.objects.public().select_related("event")
    return published.prefetch_related("sections", "signatories")


def _commitments():
    return Commitment.objects.public().prefetch_related("date_changes")


def _updates():
    public = CommitmentUpdate.objects.public().filter(commitment__in=Commitment.objects.public())
    return public.select_related("commitment").order_by("pk")


def _proofs():
    return Evidence.objects.public().select_related("update__commitment", "stored").order_by("pk")


def _all(rows, standing) -> Iterator[Standing]:
    for row in rows().iterator(ledger.CHUNK):
        yield standing(row)


def minutes_of(reference: str) -> bytes | None:
    """The words of a published edition of minutes."""
    slug, _slash, edition = reference.rpartition("/acta-")
    if not edition.isdecimal():
        return None
    found = _minutes().filter(event__slug=slug, edition=int(edition[:4]))
    return next((minutes_content(minutes) for minutes in found), None)


for _kind, _label, _rows, _standing, _content in (
    (RECORD, _("Session record"), _records, _of_record, None),
    (MINUTES, _("Minutes"), _minutes, _of_minutes, minutes_of),
    (COMMITMENT, _("Commitment"), _commitments, _of_commitment, None),
    (UPDATE, _("Update"), _updates, _of_update, None),
    (EVIDENCE, _("Proof"), _proofs, _of_evidence, None),
):
    ledger.register(
        _kind,
        ledger.Kind(
            lambda label=_label: label,
            lambda rows=_rows, standing=_standing: _all(rows, standing),
            _content,
        ),
    )
