"""Who may move what, from where; what is demanded; what is never lost."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accountability import workflow
from accountability.minutes import workflow as editions
from accountability.models import Commitment, Minutes
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import SearchEntry, Transition
from tests.accountability.conftest import at

# Written by hand from docs/architecture.md, not read from the machine.
LEGAL = {
    "publish_commitment": {"draft"},
    "fulfil_commitment": {"pending", "in_progress"},
    "close_partly": {"pending", "in_progress"},
    "withdraw_commitment": {"pending", "in_progress"},
    "change_date": {"pending", "in_progress"},
}
TOLD = {
    "publish_commitment": {},
    "fulfil_commitment": {},
    "close_partly": {"reason": "Se acabó el contrato."},
    "withdraw_commitment": {"reason": "La ley cambió."},
    "change_date": {"reason": "Llovió.", "to_date": date(2021, 9, 1)},
}
STATES = ["draft", "pending", "in_progress", "fulfilled", "partly_fulfilled", "withdrawn"]


@pytest.mark.parametrize("move", LEGAL)
@pytest.mark.parametrize("state", STATES)
def test_moves_of_a_commitment(promise, told, staff, move, state):
    commitment = promise(target=1)
    told(commitment, done=1)
    Commitment.objects.filter(pk=commitment.pk).update(status=state)
    commitment.refresh_from_db()
    moved = Transition.objects.filter(move=move).count()
    if state in LEGAL[move]:
        getattr(workflow, move)(commitment, actor=staff.approval, **TOLD[move])
        assert Transition.objects.filter(move=move).count() == moved + 1
    else:
        with pytest.raises(MoveRefused):
            getattr(workflow, move)(commitment, actor=staff.approval, **TOLD[move])
        commitment.refresh_from_db()
        assert commitment.status == state
        assert Transition.objects.filter(move=move).count() == moved


@pytest.mark.parametrize("role", ["communications", "office", "moderation", "internal_control"])
@pytest.mark.parametrize("move", LEGAL)
def test_only_approval_moves_commitments(promise, staff, role, move):
    commitment = promise(draft=move == "publish_commitment")
    with pytest.raises(PermissionDenied):
        getattr(workflow, move)(commitment, actor=staff[role], **TOLD[move])


def test_references_grow_and_drafts_are_not_public(promise):
    first, second = promise("Uno", draft=True), promise("Dos")
    assert (first.reference, second.reference) == ("C-01", "C-02")
    assert list(Commitment.objects.public()) == [second]
    assert not SearchEntry.objects.filter(kind="commitment", object_id=first.pk).exists()
    assert SearchEntry.objects.filter(kind="commitment", object_id=second.pk).exists()


def test_a_commitment_of_a_draft_event_stays_a_draft(promise, staff, event_held):
    commitment = promise(draft=True)
    type(event_held).objects.filter(pk=event_held.pk).update(status="draft")
    commitment.event.refresh_from_db()
    with pytest.raises(MoveRefused):
        workflow.publish_commitment(commitment, actor=staff.approval)


def test_the_drafter_cannot_publish(promise, news, staff):
    update = news(promise())
    update.drafted_by = staff.approval
    update.save()
    workflow.request_update_approval(update, actor=staff.office)
    with pytest.raises(PermissionDenied):
        workflow.publish_update(update, actor=staff.approval)
    second = staff.make("approval")
    assert workflow.publish_update(update, actor=second).approved_by == second


def test_progress_wants_a_proof(promise, news, staff):
    update = news(promise(), proof=False)
    with pytest.raises(MoveRefused):
        workflow.request_update_approval(update, actor=staff.office)


def test_news_without_progress_need_no_proof(promise, news, staff):
    update = news(promise(), done=0, proof=False)
    assert (
        workflow.request_update_approval(update, actor=staff.office).status == "awaiting_approval"
    )


def test_published_news_move_the_progress(promise, told):
    commitment = promise()
    told(commitment, done=9)
    commitment.refresh_from_db()
    assert (commitment.status, commitment.done, commitment.percent) == ("in_progress", 9, 60)
    assert commitment.last_update_on == date(2021, 3, 3)


def test_late_told_older_news_leave_the_progress(promise, told):
    commitment = promise()
    told(commitment, done=9, day="2021-03-03")
    commitment.refresh_from_db()
    told(commitment, done=6, day="2021-02-12")
    commitment.refresh_from_db()
    assert (commitment.done, commitment.last_update_on) == (9, date(2021, 3, 3))


def test_news_given_back_are_drafts_again_and_want_a_comment(promise, news, staff):
    update = news(promise())
    workflow.request_update_approval(update, actor=staff.office)
    with pytest.raises(MoveRefused):
        workflow.return_update(update, actor=staff.approval, comment="  ")
    assert workflow.return_update(update, actor=staff.approval, comment="Falta.").status == "draft"


def test_fulfilled_wants_everything_done_and_proved(promise, told, staff):
    commitment = promise()
    with pytest.raises(MoveRefused):
        workflow.fulfil_commitment(commitment, actor=staff.approval)
    told(commitment, done=15)
    commitment.refresh_from_db()
    workflow.fulfil_commitment(commitment, actor=staff.approval, at=at("2021-03-30"))
    assert (commitment.status, commitment.closed_on) == ("fulfilled", date(2021, 3, 30))


@pytest.mark.parametrize("move", ["close_partly", "withdraw_commitment"])
def test_ending_otherwise_wants_a_reason(promise, staff, move):
    with pytest.raises(MoveRefused):
        getattr(workflow, move)(promise(), actor=staff.approval, reason=" ")


def test_a_changed_date_keeps_the_first_one(promise, staff):
    commitment = promise(due="2021-03-31")
    for to_date in (date(2021, 4, 30), date(2021, 6, 30)):
        workflow.change_date(commitment, actor=staff.approval, to_date=to_date, reason="Lluvias.")
    commitment.refresh_from_db()
    assert commitment.original_due_on == date(2021, 3, 31)
    assert commitment.due_on == date(2021, 6, 30)
    changes = commitment.date_changes.order_by("pk").values_list("from_date", "to_date")
    assert list(changes) == [
        (date(2021, 3, 31), date(2021, 4, 30)),
        (date(2021, 4, 30), date(2021, 6, 30)),
    ]


@pytest.mark.parametrize(
    "told", [{"reason": " ", "to_date": date(2021, 5, 1)}, {"reason": "x", "to_date": None}]
)
def test_a_date_is_not_changed_without_reason_or_to_the_same_day(promise, staff, told):
    commitment = promise(due="2021-03-31")
    told = {**told, "to_date": told["to_date"] or commitment.due_on}
    with pytest.raises(MoveRefused):
        workflow.change_date(commitment, actor=staff.approval, **told)
    assert not commitment.date_changes.exists()


def test_the_second_of_two_people_is_told(promise, told, staff):
    mine = promise()
    told(mine)
    theirs = Commitment.objects.get(pk=mine.pk)
    workflow.withdraw_commitment(theirs, actor=staff.approval, reason="La ley cambió.")
    with pytest.raises(Overtaken):
        workflow.close_partly(mine, actor=staff.approval, reason="Se acabó.")


def test_minutes_go_through_approval(draft_minutes, staff):
    with pytest.raises(MoveRefused):
        editions.publish_minutes(draft_minutes, actor=staff.approval)
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    editions.publish_minutes(draft_minutes, actor=staff.approval)
    assert draft_minutes.status == "published"


def test_a_new_edition_copies_and_the_old_one_stays(minutes, staff):
    fresh = editions.new_edition(minutes, actor=staff.communications, change_note="Una hora.")
    assert (fresh.edition, fresh.status) == (2, "draft")
    assert [s.body for s in fresh.sections.all()] == [s.body for s in minutes.sections.all()]
    assert fresh.signatories.count() == minutes.signatories.count() == 1
    assert list(Minutes.objects.public()) == [minutes]
    with pytest.raises(MoveRefused):
        editions.new_edition(minutes, actor=staff.communications, change_note="Otra.")


def test_a_record_wants_a_recording_or_a_reason(record, staff):
    record.recording_url = ""
    with pytest.raises(MoveRefused):
        workflow.publish_record(record, actor=staff.communications)
    record.no_recording_reason = "Se dañó el disco."
    assert workflow.publish_record(record, actor=staff.communications).status == "published"


def test_a_record_wants_its_event_held(record, staff):
    record.event.status = "announced"
    with pytest.raises(MoveRefused):
        workflow.publish_record(record, actor=staff.communications)
