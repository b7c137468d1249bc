"""What is written down of a convocation: proofs, marks of the checklist, looks at the evidence.

Nothing here tells anybody. Every function raises PermissionDenied to who may not.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from events.convocation import checklist
from events.legal_calendar import Duty, rules_of
from events.models import ChecklistMark, DutyProof, Event
from portal.base import clock, versions
from portal.base.machine import MoveRefused, record
from portal.base.models import AccessEntry
from portal.base.texts import clean_line

SEE = "events.view_dutyproof"
PROVE = "events.add_dutyproof"
MARK = "events.change_checklistmark"
MISSING = "missing"
LONG_BEFORE = timedelta(days=2 * 365)
MOST_REASON = ChecklistMark._meta.get_field("reason").max_length


def _demand(actor, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def add_proof(
    event: Event, *, actor, duty: Duty, done_on, url="", file=None, note="", at=None
) -> DutyProof:
    """Write a proof of a duty; it is never changed. `file` is a CleanFile of the upload gate.

    The same proof sent twice by one person, as a second press does, is one. Raises MoveRefused for
    a duty the event does not have, a day to come, or a proof of nothing.
    """
    _demand(actor, PROVE)
    if duty not in rules_of(event.kind):
        raise MoveRefused(_("This event has no such duty."))
    if done_on > clock.local_day(at):
        raise MoveRefused(_("The day it was done can't be in the future."))
    if done_on < clock.local_day(event.starts_at) - LONG_BEFORE:
        raise MoveRefused(_("Check the year: that day lies long before the event."))
    if not (url or file or note.strip()):
        raise MoveRefused(_("Give an address, a file or a note as proof."))
    fields = {"duty": duty, "done_on": done_on, "url": url, "note": note.strip()}
    before = _same(event.proofs.filter(recorded_by=actor, wrong_at=None, **fields), file)
    if before:
        return before
    stored = file.store() if file else None
    return DutyProof.objects.create(
        event=event, stored=stored, recorded_by=actor, recorded_at=clock.now(at), **fields
    )


def _same(proofs, file) -> DutyProof | None:
    if file is None:
        return proofs.filter(stored=None).first()
    return proofs.filter(stored__sha256=file.sha256).first()


@transaction.atomic
def call_wrong(proof: DutyProof, *, actor, reason: str, at=None) -> DutyProof:
    """Say that a proof is wrong and why; it stays and counts no more.

    Raises MoveRefused without a reason, and where somebody said so before.
    """
    _demand(actor, PROVE)
    if not reason.strip():
        raise MoveRefused(_("Write why this proof is wrong."))
    told = {"wrong_reason": reason.strip()[:300], "wrong_by": actor, "wrong_at": clock.now(at)}
    if not DutyProof.objects.filter(pk=proof.pk, wrong_at=None).update(**told):
        raise MoveRefused(_("This proof was called wrong already."))
    for name, value in told.items():
        setattr(proof, name, value)
    return proof


@transaction.atomic
def mark_task(event: Event, *, actor, code: str, state: str, reason="", at=None) -> None:
    """Mark one task as done or not applicable, or take its mark away (`missing`).

    The history keeps each mark. Raises MoveRefused for a task that the portal checks by itself,
    for one that is not there, and for "not applicable" without a reason.
    """
    _demand(actor, MARK)
    task = checklist.TASKS.get(code)
    if task is None or state not in (*ChecklistMark.State.values, MISSING):
        raise MoveRefused(_("There is no such task."))
    if state == ChecklistMark.State.DONE and not task.may_be_ticked:
        raise MoveRefused(_("The portal checks this task by itself."))
    reason = clean_line(reason) if state == ChecklistMark.State.NOT_APPLICABLE else ""
    if state == ChecklistMark.State.NOT_APPLICABLE and not reason:
        raise MoveRefused(_("Write why it does not apply."))
    if len(reason) > MOST_REASON:
        words = _("The reason is longer than %(most)s letters. Make it shorter.")
        raise MoveRefused(words % {"most": MOST_REASON})
    _write_mark(event, code, state, reason, actor, at)


def _write_mark(event, code, state, reason, actor, at) -> None:
    before = event.marks.filter(code=code).first()
    if (before.state if before else MISSING) == state and (not before or before.reason == reason):
        return
    if state == MISSING:
        before.delete()
    else:
        told = {"state": state, "reason": reason, "marked_by": actor}
        ChecklistMark.objects.update_or_create(
            event=event, code=code, defaults={**told, "marked_at": clock.now(at)}
        )
    record(
        "event", event.pk, "checklist", "mark_task", actor=actor, at=at, reason=reason, detail=code,
        before=before.state if before else MISSING, after=state,
    )  # fmt: skip
    versions.content_changed(event.slug)  # the home of the desk counts the tasks anew


def open_evidence(event: Event, *, actor, at=None) -> None:
    """Write down who took the evidence folder of an event, before it is handed out."""
    _demand(actor, SEE)
    AccessEntry.objects.create(
        actor=actor, kind="event", object_id=event.pk, reference=event.slug[:40],
        what="evidence", at=clock.now(at),
    )  # fmt: skip
