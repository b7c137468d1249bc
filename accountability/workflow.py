"""The only writer of the states of records, minutes, commitments and their updates."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accountability import attendance, ledger, notifications, publishing
from accountability.models import (
    Commitment,
    CommitmentDateChange,
    CommitmentUpdate,
    Minutes,
    SessionRecord,
)
from events.models import Event
from events.session import log
from portal.base import clock
from portal.base.machine import Machine, MoveRefused
from portal.base.models import Sequence
from portal.base.texts import clean_text, short_slug

R, M, C, U = (
    SessionRecord.Status,
    Minutes.Status,
    Commitment.Status,
    CommitmentUpdate.Status,
)

RECORD = Machine("record", "status", {"publish_record": ((R.DRAFT,), R.PUBLISHED)})
MINUTES = Machine(
    "minutes",
    "status",
    {
        "open_to_remarks": ((M.DRAFT,), M.IN_REMARKS),
        "approve_minutes": ((M.DRAFT, M.IN_REMARKS), M.APPROVED),
        "publish_minutes": ((M.APPROVED,), M.PUBLISHED),
    },
)
COMMITMENT = Machine(
    "commitment",
    "status",
    {
        "publish_commitment": ((C.DRAFT,), C.PENDING),
        # progress leads to in_progress; closing wants everything done and proof
        "record_progress": (C.UNFINISHED, C.IN_PROGRESS),
        "fulfil_commitment": (C.UNFINISHED, C.FULFILLED),
        "close_partly": (C.UNFINISHED, C.PARTLY_FULFILLED),
        "withdraw_commitment": (C.UNFINISHED, C.WITHDRAWN),
        "change_date": (C.UNFINISHED, None),
    },
)
UPDATE = Machine(
    "update",
    "status",
    {
        "request_approval": ((U.DRAFT,), U.AWAITING_APPROVAL),
        "return_update": ((U.AWAITING_APPROVAL,), U.DRAFT),
        "publish_update": ((U.AWAITING_APPROVAL,), U.PUBLISHED),
    },
)

PUBLISH = "accountability.publish_record"
APPROVE = "accountability.approve_commitment"


def _demand(actor, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


def _needed(text: str, sentence: str) -> str:
    text = clean_text(text)
    if not text:
        raise MoveRefused(sentence)
    return text


@transaction.atomic
def publish_record(record, *, actor, at=None) -> SessionRecord:
    """Publish what remains of a held event; it is archived from then on."""
    _demand(actor, PUBLISH)
    if record.event.status != Event.Status.HELD:
        raise MoveRefused(_("The event must be marked as held first."))
    if not record.recording_url and not record.no_recording_reason:
        raise MoveRefused(_("Add the recording, or say why there is none."))
    RECORD.move(record, "publish_record", actor=actor, at=at, published_at=clock.now(at))
    publishing.record_changed(record, at=at)
    return record


@transaction.atomic
def bring_attendance(record, *, actor) -> SessionRecord:
    """Fill a record that has no attendance with the most people counted in each channel.

    Raises MoveRefused where it has attendance already, or nobody was counted.
    """
    _demand(actor, PUBLISH)
    if record.attendance.exists():
        raise MoveRefused(_("The record has its attendance already: correct it there."))
    if not attendance.bring_counts(record):
        raise MoveRefused(_("Nobody was counted at this event."))
    publishing.record_changed(record)
    return record


@transaction.atomic
def approve_minutes(minutes, *, actor, at=None) -> Minutes:
    """The minutes are approved and wait for publication."""
    _demand(actor, PUBLISH)
    if not minutes.sections.exists() or not minutes.signatories.exists():
        raise MoveRefused(_("The minutes need their sections and who signs them."))
    return MINUTES.move(minutes, "approve_minutes", actor=actor, at=at)


@transaction.atomic
def publish_minutes(minutes, *, actor, at=None) -> Minutes:
    """Publish an approved edition; from then on it never changes. Tells who follows the event."""
    _demand(actor, PUBLISH)
    MINUTES.move(minutes, "publish_minutes", actor=actor, at=at, published_at=clock.now(at))
    publishing.archive_changed(minutes.event)
    publishing.minutes_changed(minutes)
    ledger.minutes_published(minutes, at=at)
    notifications.minutes_published(minutes, at=at)
    return minutes


@transaction.atomic
def new_edition(minutes, *, actor, change_note) -> Minutes:
    """Copy a published edition into a draft of the next one: the published one never changes."""
    _demand(actor, "accountability.add_minutes")
    note = _needed(change_note, _("Write what the new edition changes: it is shown to the public."))
    if minutes.status != M.PUBLISHED:
        raise MoveRefused(_("Only published minutes need a new edition."))
    editions = minutes.event.minutes_editions
    if editions.exclude(status=M.PUBLISHED).exists():
        raise MoveRefused(_("There is already an edition in preparation."))
    last = editions.first()
    copied = ("event", "number", "place", "started_at", "ended_at", "president", "secretary")
    fresh = Minutes.objects.create(
        edition=last.edition + 1, change_note=note, **{name: getattr(last, name) for name in copied}
    )
    for row in [*last.sections.all(), *last.signatories.all()]:
        row.pk, row._state.adding, row.minutes = None, True, fresh
        row.save()
    return fresh


@transaction.atomic
def add_commitment(*, actor, municipalities=(), at=None, **fields) -> Commitment:
    """Write a commitment as a draft under the next reference (C-07)."""
    _demand(actor, "accountability.add_commitment")
    number = Sequence.take("commitment")
    commitment = Commitment.objects.create(
        reference=f"C-{number:02d}",
        slug=short_slug(fields["title"]),
        due_on=fields["original_due_on"],
        **fields,
    )
    commitment.municipalities.set(municipalities)
    return commitment


@transaction.atomic
def publish_commitment(commitment, *, actor, at=None) -> Commitment:
    """Make a commitment public. Raises MoveRefused while its event is a draft."""
    _demand(actor, APPROVE)
    if commitment.event.status == Event.Status.DRAFT:
        raise MoveRefused(_("Its event is not public yet."))
    if not commitment.unit:
        raise MoveRefused(_("Write first what is counted, for example visits with report."))
    COMMITMENT.move(commitment, "publish_commitment", actor=actor, at=at)
    log.publish_about(commitment.event, "commitment", commitment.pk)
    publishing.commitment_changed(commitment, at=at)
    return commitment


@transaction.atomic
def change_date(commitment, *, actor, to_date, reason, approved_by_post="", at=None) -> Commitment:
    """Move the present date, with a reason the public reads; the first date stays in sight."""
    _demand(actor, APPROVE)
    reason = _needed(reason, _("Write the reason: it is shown to the public."))
    if to_date == commitment.due_on:
        raise MoveRefused(_("Choose another date than the present one."))
    CommitmentDateChange.objects.create(
        commitment=commitment,
        changed_on=clock.local_day(at),
        from_date=commitment.due_on,
        to_date=to_date,
        reason=reason,
        approved_by_post=approved_by_post,
    )
    COMMITMENT.move(commitment, "change_date", actor=actor, at=at, reason=reason, due_on=to_date)
    publishing.commitment_changed(commitment, at=at)
    return commitment


@transaction.atomic
def request_update_approval(update, *, actor, at=None) -> CommitmentUpdate:
    """The update is ready for the second person. More progress wants a proof."""
    if not actor.has_perm("accountability.change_commitmentupdate"):
        raise PermissionDenied
    _demand_proof(update)
    return UPDATE.move(update, "request_approval", actor=actor, at=at)


def _demand_proof(update) -> None:
    if update.done > update.commitment.done and not update.evidence.exists():
        raise MoveRefused(_("Add a proof: progress without proof is not published."))


@transaction.atomic
def return_update(update, *, actor, comment, at=None) -> CommitmentUpdate:
    """Give the update back with a comment."""
    _demand(actor, APPROVE)
    comment = _needed(comment, _("Write what should change."))
    return UPDATE.move(update, "return_update", actor=actor, at=at, reason=comment)


@transaction.atomic
def publish_update(update, *, actor, at=None) -> CommitmentUpdate:
    """Publish news of a commitment and move its progress; the drafter cannot do it.

    News older than what is published joins the timeline and leaves the progress as it is.
    """
    _demand(actor, APPROVE)
    if update.drafted_by_id == actor.pk:
        raise PermissionDenied(_("Another person must approve what you drafted."))
    _demand_proof(update)
    commitment = update.commitment
    UPDATE.move(
        update, "publish_update", actor=actor, at=at,
        approved_by=actor, published_at=clock.now(at),
    )  # fmt: skip
    newest = not commitment.last_update_on or update.happened_on >= commitment.last_update_on
    progress = {"done": update.done, "last_update_on": update.happened_on} if newest else {}
    COMMITMENT.move(
        commitment, "record_progress", actor=actor, at=at, detail=update.title, **progress
    )
    publishing.commitment_changed(commitment, at=at)
    return update


def _close(commitment, name, actor, at, reason="") -> Commitment:
    COMMITMENT.move(
        commitment, name, actor=actor, at=at, reason=reason,
        status_reason=reason, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.commitment_changed(commitment, at=at)
    return commitment


@transaction.atomic
def fulfil_commitment(commitment, *, actor, at=None) -> Commitment:
    """Everything was done and the proof is published."""
    _demand(actor, APPROVE)
    if commitment.done < commitment.target:
        raise MoveRefused(_("It is not complete yet. Publish an update with what is missing."))
    if not commitment.updates.public().filter(evidence__isnull=False).exists():
        raise MoveRefused(_("Publish an update with its proof first."))
    return _close(commitment, "fulfil_commitment", actor, at)


@transaction.atomic
def close_partly(commitment, *, actor, reason, at=None) -> Commitment:
    """It ends without everything done; the public reads why."""
    _demand(actor, APPROVE)
    reason = _needed(reason, _("Write the reason: it is shown to the public."))
    return _close(commitment, "close_partly", actor, at, reason)


@transaction.atomic
def withdraw_commitment(commitment, *, actor, reason, at=None) -> Commitment:
    """It is given up; the public reads why."""
    _demand(actor, APPROVE)
    reason = _needed(reason, _("Write the reason: it is shown to the public."))
    return _close(commitment, "withdraw_commitment", actor, at, reason)
