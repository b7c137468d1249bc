"""Days of checking, news for many at once, and who may end a commitment."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accountability import workflow
from accountability.commitments.reminders import remind
from accountability.models import Commitment, CommitmentUpdate
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail
from tests.accountability.conftest import at
from tests.races import at_once

pytestmark = pytest.mark.django_db
DESK = "/gestion/accountability/commitment/"
MONDAY = "2021-03-15"


@pytest.fixture
def to_check(promise, staff):
    """`to_check(title, day)`: a public commitment with its day of checking, of `staff.office`."""
    assert staff.office.email

    def make(title, day=MONDAY):
        made = promise(title)
        day = date.fromisoformat(day)
        return workflow.plan_check(
            made, actor=staff.communications, next_check_on=day, at=at("2021-03-01")
        )

    return make


def test_the_office_is_reminded_once_on_the_day(to_check, staff):
    to_check("Visitar")
    to_check("Sembrar")
    to_check("Medir", "2021-03-16")
    assert remind(at(MONDAY, 6)) == 0
    assert remind(at(MONDAY, 8)) == 1
    assert remind(at(MONDAY, 9)) == 1
    letter = OutgoingMail.objects.get(key__startswith="check:")
    assert letter.to == staff.office.email
    assert "Visitar" in letter.text
    assert "Sembrar" in letter.text
    assert "Medir" not in letter.text
    assert remind(at("2021-03-16", 8)) == 1
    assert OutgoingMail.objects.filter(key__startswith="check:").count() == 2


def test_a_day_off_is_told_on_the_working_day_after(to_check):
    to_check("Visitar", "2021-03-13")
    assert remind(at("2021-03-13", 8)) == 0
    assert remind(at(MONDAY, 8)) == 1
    assert remind(at("2021-03-16", 8)) == 0


def test_without_people_in_the_office_the_editors_hear(to_check, staff):
    made = to_check("Visitar")
    Commitment.objects.filter(pk=made.pk).update(
        office=staff.other_office.office_memberships.get().office
    )
    staff.other_office.office_memberships.all().delete()
    remind(at(MONDAY, 8))
    told = OutgoingMail.objects.filter(key__startswith="check:").values_list("to", flat=True)
    assert set(told) == {staff.communications.email, staff.approval.email}


def test_published_news_answers_the_check(to_check, told):
    made = to_check("Visitar")
    told(made, done=3)
    made.refresh_from_db()
    assert made.next_check_on is None
    assert remind(at(MONDAY, 8)) == 0


def test_a_check_lies_ahead_and_wants_a_running_one(promise, staff):
    made = promise()
    yesterday = clock.local_day() - timedelta(days=1)
    with pytest.raises(MoveRefused):
        workflow.plan_check(made, actor=staff.communications, next_check_on=yesterday)
    with pytest.raises(PermissionDenied):
        workflow.plan_check(made, actor=staff.office, next_check_on=clock.local_day())
    workflow.withdraw_commitment(made, actor=staff.approval, reason="No hay sede.")
    with pytest.raises(MoveRefused):
        workflow.plan_check(made, actor=staff.approval, next_check_on=clock.local_day())


def act(client, action, chosen, **told):
    keys = [one.pk for one in chosen]
    return client.post(DESK, {"action": action, "_selected_action": keys, **told})


def test_many_get_their_check_at_once_and_the_list_finds_them(client, promise, staff):
    chosen = [promise("Visitar"), promise("Sembrar")]
    promise("Medir")
    client.force_login(staff.communications)
    today = clock.local_day()
    assert "next_check_on" in act(client, "plan_check", chosen).content.decode()
    act(client, "plan_check", chosen, apply="1", next_check_on=today.isoformat())
    page = client.get(f"{DESK}?revision=hoy").content.decode()
    assert "C-01" in page
    assert "C-02" in page
    assert "C-03" not in page
    home = client.get("/gestion/").content.decode()
    assert "revision=hoy" in home


def test_an_office_drafts_news_of_many_of_its_own(client, promise, staff):
    mine, other = promise("Visitar"), promise("Sembrar")
    Commitment.objects.filter(pk=other.pk).update(
        office=staff.other_office.office_memberships.get().office
    )
    client.force_login(staff.office)
    words = {"happened_on": "2021-03-03", "title": "Se contrató el laboratorio", "apply": "1"}
    act(client, "draft_news", [mine, other], **words)
    update = CommitmentUpdate.objects.get()
    assert (update.commitment, update.status, update.done) == (mine, "draft", 0)
    assert update.drafted_by == staff.office
    assert Commitment.objects.get(pk=mine.pk).last_update_on is None


def test_news_of_tomorrow_or_of_a_draft_are_refused(promise, staff):
    tomorrow = clock.local_day() + timedelta(days=1)
    for made, day in ((promise(), tomorrow), (promise("Otro", draft=True), date(2021, 3, 3))):
        with pytest.raises(MoveRefused):
            workflow.draft_update(made, actor=staff.office, happened_on=day, title="x")
    assert not CommitmentUpdate.objects.exists()


@pytest.mark.parametrize("move", ["fulfil_commitment", "close_partly", "withdraw_commitment"])
def test_who_wrote_the_last_news_cannot_end_it(promise, news, staff, move):
    commitment = promise(target=1)
    update = news(commitment, done=1)
    CommitmentUpdate.objects.filter(pk=update.pk).update(drafted_by=staff.root)
    update.refresh_from_db()
    workflow.request_update_approval(update, actor=staff.root)
    workflow.publish_update(update, actor=staff.approval)
    commitment.refresh_from_db()
    told = {} if move == "fulfil_commitment" else {"reason": "Se acabó."}
    with pytest.raises(PermissionDenied):
        getattr(workflow, move)(commitment, actor=staff.root, **told)
    commitment.refresh_from_db()
    assert commitment.status == "in_progress"
    getattr(workflow, move)(commitment, actor=staff.approval, **told)
    assert commitment.closed_on == clock.local_day()


def test_ending_in_part_wants_a_published_proof(promise, told, staff):
    commitment = promise()
    told(commitment, done=0, proof=False)
    commitment.refresh_from_db()
    with pytest.raises(MoveRefused):
        workflow.close_partly(commitment, actor=staff.approval, reason="Se acabó.")
    told(commitment, done=3)
    commitment.refresh_from_db()
    workflow.close_partly(commitment, actor=staff.approval, reason="Se acabó.")
    assert commitment.status == "partly_fulfilled"


@pytest.mark.django_db(transaction=True)
def test_two_who_end_it_at_once_one_is_told(promise, told, staff):
    told(promise(target=1), done=1)
    one, other = (Commitment.objects.get() for _n in range(2))
    refused, faults = at_once(
        lambda: workflow.fulfil_commitment(one, actor=staff.approval),
        lambda: workflow.withdraw_commitment(other, actor=staff.approval, reason="No hay sede."),
    )
    assert (len(refused), faults) == (1, [])
    assert Commitment.objects.get().closed_on == clock.local_day()
