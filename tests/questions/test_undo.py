"""Undoing a moderation move: within fifteen seconds, by its author, as if it had never been."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict

from entity.models import Office, Topic
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import OutgoingMail, SearchEntry, Transition
from questions import chores, selectors, workflow
from questions.models import Clarification, PetitionType, Question, UndoStep
from questions.workflow.undo import forget_old

NOW = datetime(2020, 12, 9, 10, tzinfo=ZoneInfo("America/Bogota"))
SOON = NOW + timedelta(seconds=5)
OVER = NOW + timedelta(seconds=15)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    return staff.office.office_memberships.get().office


@pytest.fixture
def received(make_question):
    return make_question(at=NOW - timedelta(days=1), email="ana@example.org", name="Ana")


@pytest.fixture
def assigned(received, staff, office):
    return workflow.assign_question(
        received, actor=staff.moderation, office=office, at=NOW - timedelta(hours=1)
    )


@pytest.fixture
def public(assigned, staff):
    return workflow.publish_text(
        assigned, actor=staff.moderation, public_text="Texto público", at=NOW - timedelta(hours=1)
    )


@pytest.fixture
def other(make_question):
    return make_question(at=NOW - timedelta(days=2))


def row(question) -> dict:
    """What the database holds of a case, but for its revision."""
    values = model_to_dict(Question.objects.get(pk=question.pk))
    values.pop("revision")
    return values


def queued(question) -> list[OutgoingMail]:
    """Messages about a case that still wait, but for its receipt."""
    mails = OutgoingMail.objects.filter(key__startswith=f"question:{question.number}:")
    return [m for m in mails.filter(status="queued") if ":received:" not in m.key]


# The move, the fixture it starts from, what it is told.
MOVES = [
    ("publish_text", "received", {"public_text": "Otro texto", "title": "Un título"}),
    ("publish_text", "assigned", {"public_text": "Otro texto"}),
    ("withhold", "received", {"reason": "insults"}),
    ("withhold", "public", {"reason": "advertising"}),
    ("assign_question", "received", {"office": "regional-velez"}),
    ("assign_question", "assigned", {"office": "regional-velez"}),
    ("publish_and_assign", "received", {"public_text": "Texto", "office": "regional-velez"}),
    ("return_to_moderation", "public", {"reason": "No es nuestra"}),
    ("merge_question", "received", {"into": "other"}),
    ("merge_question", "public", {"into": "other"}),
    ("transfer_question", "public", {"body": "CDMB", "letter": "10-2"}),
    ("move_to_pqrsd", "assigned", {"reference": "P-1"}),
    ("propose_archive", "received", {"reason": "Insultos"}),
    ("classify_question", "assigned", {"topic": "mineria", "petition": "information"}),
    ("ask_for_clarification", "received", {"asked": "¿Dónde?"}),
    ("ask_for_clarification", "public", {"asked": "¿Dónde?"}),
]


def make(request, move, question, actor, told, at=NOW):
    """Call the move with rows in the place of their names."""
    find = {
        "office": lambda code: Office.objects.get(code=code),
        "into": request.getfixturevalue,
        "topic": lambda slug: Topic.objects.get(slug=slug),
        "petition": lambda pk: PetitionType.objects.get(pk=pk),
    }
    words = {name: find.get(name, str)(value) for name, value in told.items()}
    return getattr(workflow, move)(question, actor=actor, at=at, **words)


@pytest.mark.parametrize(("move", "start", "told"), MOVES)
def test_everything_is_as_it_was(request, staff, move, start, told):
    question = request.getfixturevalue(start)
    OutgoingMail.objects.all().delete()
    before, clarifications = row(question), Clarification.objects.count()
    read_before = [m.pk for m in selectors.public_history(question)]
    found_before = SearchEntry.objects.filter(kind="question", object_id=question.pk).values()
    found_before = [{**entry, "id": 0} for entry in found_before]
    make(request, move, question, staff.moderation, told)
    assert row(question) != before
    assert all(mail.due_at >= OVER for mail in queued(question))
    workflow.undo_last(question, actor=staff.moderation, at=SOON)
    assert row(question) == before
    assert queued(question) == []
    assert Clarification.objects.count() == clarifications
    assert [m.pk for m in selectors.public_history(question)] == read_before
    found = SearchEntry.objects.filter(kind="question", object_id=question.pk).values()
    assert [{**entry, "id": 0} for entry in found] == found_before


def test_a_separated_case_is_joined_again(staff, received, other):
    workflow.merge_question(received, actor=staff.moderation, into=other, at=NOW)
    before = row(received)
    workflow.split_question(received, actor=staff.moderation, at=NOW)
    workflow.undo_last(received, actor=staff.moderation, at=SOON)
    assert row(received) == before
    assert received.merged_into == other


def test_mails_of_moderation_wait_and_are_cancelled(staff, received):
    workflow.publish_text(received, actor=staff.moderation, public_text="Texto", at=NOW)
    (mail,) = queued(received)
    assert mail.due_at == OVER
    workflow.undo_last(received, actor=staff.moderation, at=SOON)
    mail.refresh_from_db()
    assert mail.status == OutgoingMail.Status.CANCELLED
    workflow.publish_text(received, actor=staff.moderation, public_text="Otro", at=SOON)
    assert [m.status for m in queued(received)] == ["queued"]


def test_the_desk_reads_of_the_move_and_of_its_undoing(staff, received, office):
    workflow.publish_and_assign(
        received, actor=staff.moderation, office=office, public_text="Texto", at=NOW
    )
    workflow.undo_last(received, actor=staff.moderation, at=SOON)
    moves = Transition.objects.of("question", received.pk)
    assert [(m.move, m.from_state, m.to_state, m.detail) for m in moves[1:]] == [
        ("publish_text", "unmoderated", "published", ""),
        ("assign_question", "received", "assigned", office.name),
        ("undo_move", "published", "unmoderated", "publish_text"),
        ("undo_move", "assigned", "received", "assign_question"),
    ]
    assert {m.actor for m in moves[3:]} == {staff.moderation}
    assert [m.move for m in selectors.public_history(received)] == ["submit_question"]


def test_publish_and_assign_is_all_or_nothing(staff, received, office):
    office.is_active = False
    office.save()
    with pytest.raises(MoveRefused):
        workflow.publish_and_assign(
            received, actor=staff.moderation, office=office, public_text="Texto", at=NOW
        )
    assert Question.objects.get(pk=received.pk).visibility == "unmoderated"
    assert not UndoStep.objects.exists()


def test_the_office_takes_back_what_it_returned(staff, assigned):
    workflow.return_to_moderation(assigned, actor=staff.office, reason="No es nuestra", at=NOW)
    assert not Question.objects.visible_to(staff.office).exists()
    workflow.undo_last(assigned, actor=staff.office, at=SOON)
    assert Question.objects.visible_to(staff.office).get() == assigned


def test_only_the_last_move_is_undone(staff, received, office):
    workflow.assign_question(received, actor=staff.moderation, office=office, at=NOW)
    workflow.publish_text(received, actor=staff.moderation, public_text="Texto", at=NOW)
    workflow.undo_last(received, actor=staff.moderation, at=SOON)
    assert (received.status, received.visibility) == ("assigned", "unmoderated")
    with pytest.raises(MoveRefused):
        workflow.undo_last(received, actor=staff.moderation, at=SOON)


def refused(question, actor, at) -> str:
    before = row(question), Transition.objects.count(), len(queued(question))
    with pytest.raises(MoveRefused) as refusal:
        workflow.undo_last(question, actor=actor, at=at)
    assert (row(question), Transition.objects.count(), len(queued(question))) == before
    return str(refusal.value)


def test_after_fifteen_seconds_it_is_too_late(staff, received):
    workflow.withhold(received, actor=staff.moderation, reason="insults", at=NOW)
    assert "15 segundos" in refused(received, staff.moderation, OVER)
    workflow.undo_last(received, actor=staff.moderation, at=OVER - timedelta(milliseconds=1))


def test_another_person_is_refused(staff, received):
    second = staff.make("moderation", username="second")
    workflow.withhold(received, actor=staff.moderation, reason="insults", at=NOW)
    assert "Otra persona" in refused(received, second, SOON)


@pytest.mark.parametrize("role", ["approval", "communications", "internal_control"])
def test_who_moderates_nothing_undoes_nothing(staff, received, role):
    workflow.withhold(received, actor=staff.moderation, reason="insults", at=NOW)
    with pytest.raises(PermissionDenied):
        workflow.undo_last(received, actor=staff[role], at=SOON)


def test_the_loser_learns_that_somebody_moved_it_meanwhile(staff, received, office):
    second = staff.make("moderation", username="second")
    workflow.publish_text(received, actor=staff.moderation, public_text="Texto", at=NOW)
    fresh = Question.objects.get(pk=received.pk)
    workflow.assign_question(fresh, actor=second, office=office, at=NOW + timedelta(seconds=2))
    assert "Otra persona" in refused(received, staff.moderation, SOON)
    workflow.undo_last(fresh, actor=second, at=SOON)
    assert fresh.visibility == "published" and fresh.status == "received"


def test_a_reply_of_the_author_is_never_undone(staff, received):
    workflow.ask_for_clarification(received, actor=staff.moderation, asked="¿Dónde?", at=NOW)
    workflow.answer_clarification(
        Question.objects.get(pk=received.pk), reply="En Oiba", at=NOW + timedelta(seconds=2)
    )
    with pytest.raises(Overtaken):
        workflow.undo_last(received, actor=staff.moderation, at=SOON)
    assert Clarification.objects.get().reply == "En Oiba"


def test_a_stale_row_overwrites_nothing_when_it_is_undone(staff, received):
    """The form of an older revision is refused, so nothing old can come back through an undo."""
    stale = Question.objects.get(pk=received.pk)
    workflow.publish_text(received, actor=staff.moderation, public_text="Texto", at=NOW)
    with pytest.raises(MoveRefused):
        workflow.withhold(stale, actor=staff.moderation, reason="insults", at=NOW)
    assert UndoStep.objects.count() == 1


def test_old_steps_are_forgotten(staff, received):
    workflow.withhold(received, actor=staff.moderation, reason="insults", at=NOW)
    assert forget_old(SOON) == 0
    assert forget_old(OVER + timedelta(seconds=1)) == 1
    assert chores.forget_old is forget_old
