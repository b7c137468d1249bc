"""The only writer of the states of records, commitments and their updates."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accountability import attendance, publishing
from accountability.commitments import notifications
from accountability.conditions import APPROVE, PUBLISH, demand, needed
from accountability.matrix.workflow import freeze
from accountability.models import (
    Commitment,
    CommitmentDateChange,
    CommitmentUpdate,
    SessionRecord,
)
from accountability.package import workflow as packages
from events.models import Event
from events.session import log
from portal.base import clock
from portal.base.machine import Machine, MoveRefused
from portal.base.models import Sequence
from portal.base.texts import short_slug

R, C, U = SessionRecord.Status, Commitment.Status, CommitmentUpdate.Status

RECORD = Machine("record", "status", {"publish_record": ((R.DRAFT,), R.PUBLISHED)})
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
        "plan_check": ((C.DRAFT, *C.UNFINISHED), None),
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


@transaction.atomic
def publish_record(record, *, actor, at=None) -> SessionRecord:
    """Publish what remains of a held event; it is archived from then on, its matrix
    is frozen, and a package of it is asked for.
    """
    demand(actor, PUBLISH)
    if record.event.status != Event.Status.HELD:
        raise MoveRefused(_("The event must be marked as held first."))
    if not record.recording_address and not record.no_recording_reason:
        raise MoveRefused(_("Add the recording, or say why there is none."))
    RECORD.move(record, "publish_record", actor=actor, at=at, published_at=clock.now(at))
    publishing.record_changed(record, at=at)
    freeze(record, actor=actor, at=at)
    packages.ask_after_publishing(record.event, actor=actor, at=at)
    return record


@transaction.atomic
def bring_attendance(record, *, actor) -> SessionRecord:
    """Fill a record that has no attendance with the most people counted in each channel.

    Raises MoveRefused where it has attendance already, or nobody was counted.
    """
    demand(actor, PUBLISH)
    if record.attendance.exists():
        raise MoveRefused(_("The record has its attendance already: correct it there."))
    if not attendance.bring_counts(record):
        raise MoveRefused(_("Nobody was counted at this event."))
    publishing.record_changed(record)
    return record


@transaction.atomic
def add_commitment(*, actor, municipalities=(), at=None, **fields) -> Commitment:
    """Write a commitment as a draft under the next reference (C-07)."""
    demand(actor, "accountability.add_commitment")
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
    """Make a commitment public; whoever asked what led to it follows it from now on.

    Raises MoveRefused while its event is a draft.
    """
    demand(actor, APPROVE)
    if commitment.event.status == Event.Status.DRAFT:
        raise MoveRefused(_("Its event is not public yet."))
    if not commitment.unit:
        raise MoveRefused(_("Write first what is counted, for example visits with report."))
    COMMITMENT.move(commitment, "publish_commitment", actor=actor, at=at)
    log.publish_about(commitment.event, "commitment", commitment.pk)
    publishing.commitment_changed(commitment, at=at)
    notifications.published(commitment, at=at)
    return commitment


@transaction.atomic
def change_date(commitment, *, actor, to_date, reason, approved_by_post="", at=None) -> Commitment:
    """Move the present date, with a reason the public reads; the first date stays in sight.

    Tells its followers.
    """
    demand(actor, APPROVE)
    reason = needed(reason, _("Write the reason: it is shown to the public."))
    if to_date == commitment.due_on:
        raise MoveRefused(_("Choose another date than the present one."))
    before = commitment.due_on
    CommitmentDateChange.objects.create(
        commitment=commitment,
        changed_on=clock.local_day(at),
        from_date=before,
        to_date=to_date,
        reason=reason,
        approved_by_post=approved_by_post,
    )
    COMMITMENT.move(commitment, "change_date", actor=actor, at=at, reason=reason, due_on=to_date)
    publishing.commitment_changed(commitment, at=at)
    notifications.date_changed(commitment, before, reason, at=at)
    return commitment


@transaction.atomic
def plan_check(commitment, *, actor, next_check_on, at=None) -> Commitment:
    """Set the day on which somebody looks how it goes; the office is reminded of it that day.

    Raises MoveRefused for a day that is over, or a commitment that has ended.
    """
    demand(actor, "accountability.change_commitment")
    if next_check_on < clock.local_day(at):
        raise MoveRefused(_("Choose today or a later day for the next check."))
    return COMMITMENT.move(
        commitment, "plan_check", actor=actor, at=at, next_check_on=next_check_on
    )


@transaction.atomic
def draft_update(commitment, *, actor, happened_on, title, body="", at=None) -> CommitmentUpdate:
    """Write news as a draft that leaves the progress as it is. Tells nobody.

    Raises MoveRefused where the commitment is not running, or for a day that has not come.
    """
    demand(actor, "accountability.add_commitmentupdate")
    if commitment.status not in C.UNFINISHED:
        raise MoveRefused(_("News are written of commitments that are public and go on."))
    if happened_on > clock.local_day(at):
        raise MoveRefused(_("News tell what happened: choose today or an earlier day."))
    return CommitmentUpdate.objects.create(
        commitment=commitment, happened_on=happened_on, title=title, body=body,
        done=commitment.done, drafted_by=actor,
    )  # fmt: skip


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
    demand(actor, APPROVE)
    comment = needed(comment, _("Write what should change."))
    return UPDATE.move(update, "return_update", actor=actor, at=at, reason=comment)


@transaction.atomic
def publish_update(update, *, actor, at=None) -> CommitmentUpdate:
    """Publish news of a commitment and move its progress; the drafter cannot do it.

    News older than what is published joins the timeline and leaves the progress as it is. A check
    whose day has come is answered by it. Tells the followers.
    """
    demand(actor, APPROVE)
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
    if commitment.next_check_on and commitment.next_check_on <= clock.local_day(at):
        progress["next_check_on"] = None
    COMMITMENT.move(
        commitment, "record_progress", actor=actor, at=at, detail=update.title, **progress
    )
    publishing.commitment_changed(commitment, at=at)
    notifications.update_published(update, at=at)
    return update


def _demand_published_proof(commitment) -> None:
    if not commitment.updates.public().filter(evidence__isnull=False).exists():
        raise MoveRefused(_("Publish an update with its proof first."))


def _close(commitment, name, actor, at, reason="") -> Commitment:
    """End it; whoever wrote its last news does not say that it is over. Tells its followers."""
    last = commitment.updates.public().order_by("-published_at", "-pk").first()
    if last and last.drafted_by_id == actor.pk:
        raise PermissionDenied(_("Another person must close it: you drafted its last news."))
    COMMITMENT.move(
        commitment, name, actor=actor, at=at, reason=reason,
        status_reason=reason, closed_on=clock.local_day(at),
    )  # fmt: skip
    publishing.commitment_changed(commitment, at=at)
    notifications.closed(commitment, at=at)
    return commitment


@transaction.atomic
def fulfil_commitment(commitment, *, actor, at=None) -> Commitment:
    """Everything was done and the proof is published."""
    demand(actor, APPROVE)
    if commitment.done < commitment.target:
        raise MoveRefused(_("It is not complete yet. Publish an update with what is missing."))
    _demand_published_proof(commitment)
    return _close(commitment, "fulfil_commitment", actor, at)


@transaction.atomic
def close_partly(commitment, *, actor, reason, at=None) -> Commitment:
    """It ends without everything done; the proof of what was done is published, and why."""
    demand(actor, APPROVE)
    reason = needed(reason, _("Write the reason: it is shown to the public."))
    _demand_published_proof(commitment)
    return _close(commitment, "close_partly", actor, at, reason)


@transaction.atomic
def withdraw_commitment(commitment, *, actor, reason, at=None) -> Commitment:
    """It is given up; the public reads why."""
    demand(actor, APPROVE)
    reason = needed(reason, _("Write the reason: it is shown to the public."))
    return _close(commitment, "withdraw_commitment", actor, at, reason)
