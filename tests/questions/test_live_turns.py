"""The turn of a question in the session: every state, every move, every role."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from events.models import LiveSession, LogLine
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import Transition
from questions import workflow as cases
from questions.live import workflow
from questions.live.selectors import wall
from questions.models import LiveTurn, Question
from questions.status import public_status

pytestmark = pytest.mark.django_db
T = LiveTurn.Status

# (from, move): to. Written by hand: nothing else is legal.
LEGAL = {
    ("queued", "put_on_air"): "on_air",
    ("queued", "needs_written"): "written",
    ("queued", "hide_now"): "removed",
    ("queued", "move_up"): "queued",
    ("queued", "move_down"): "queued",
    ("queued", "set_hint"): "queued",
    ("on_air", "mark_answered"): "answered",
    ("on_air", "needs_written"): "written",
    ("on_air", "back_to_queue"): "queued",
    ("on_air", "hide_now"): "removed",
    ("on_air", "set_hint"): "on_air",
    ("answered", "back_on_air"): "on_air",
    ("written", "queue_question"): "queued",
    ("removed", "queue_question"): "queued",
}
MOVES = [
    "queue_question", "put_on_air", "mark_answered", "needs_written", "back_to_queue",
    "back_on_air", "hide_now", "move_up", "move_down", "set_hint",
]  # fmt: skip
MAY = {
    "moderation": True, "moderation_blind": True, "communications": True, "office": False,
    "approval": False, "internal_control": False, "administration": False,
}  # fmt: skip


@pytest.fixture
def queued(published, staff, event_open):
    """A turn in the queue of the event."""

    def make(**fields):
        question = published(event=event_open, **fields)
        return workflow.queue_question(question, actor=staff.moderation)

    return make


@pytest.fixture
def on_air(queued, staff):
    return lambda: workflow.put_on_air(queued(), actor=staff.moderation)


def make(turn, move, actor):
    """The move, as the console makes it."""
    if move == "queue_question":
        return workflow.queue_question(turn.question, actor=actor)
    extra = {"hint": "47 permisos"} if move == "set_hint" else {}
    return getattr(workflow, move)(turn, actor=actor, **extra)


@pytest.mark.parametrize("status", [s.value for s in T])
@pytest.mark.parametrize("move", MOVES)
def test_only_the_listed_moves_are_legal(queued, staff, status, move):
    """The row stands between two others in the queue, so that both neighbours are there."""
    _first, turn, _last = queued(), queued(), queued()
    LiveTurn.objects.filter(pk=turn.pk).update(status=status)
    turn.refresh_from_db()
    if wanted := LEGAL.get((status, move)):
        make(turn, move, staff.moderation)
        turn.refresh_from_db()
        assert turn.status == wanted
        return
    before = Transition.objects.count()
    with pytest.raises(MoveRefused), transaction.atomic():
        make(turn, move, staff.moderation)
    turn.refresh_from_db()
    assert turn.status == status
    assert Transition.objects.count() == before


@pytest.mark.parametrize(("role", "may"), MAY.items())
@pytest.mark.parametrize("move", MOVES)
def test_who_runs_the_session_moves_the_queue(queued, staff, role, may, move):
    _first, turn, _last = queued(), queued(), queued()
    before = next(state for state, name in LEGAL if name == move)
    LiveTurn.objects.filter(pk=turn.pk).update(status=before)
    turn.refresh_from_db()
    if may:
        make(turn, move, staff[role])
        return
    with pytest.raises(PermissionDenied):
        make(turn, move, staff[role])
    assert LiveTurn.objects.get(pk=turn.pk).status == before


def test_the_own_office_gives_the_hint_and_no_other(queued, staff):
    turn = queued()
    office = staff.office.office_memberships.get().office
    cases.assign_question(turn.question, actor=staff.moderation, office=office)
    workflow.set_hint(turn, actor=staff.office, hint=" 47  permisos en 2020 ")
    assert LiveTurn.objects.get(pk=turn.pk).hint == "47 permisos en 2020"
    with pytest.raises(PermissionDenied):
        workflow.set_hint(turn, actor=staff.other_office, hint="Otra")


def test_a_hint_overtakes_only_another_hint(queued, staff):
    turn = queued()
    same = LiveTurn.objects.get(pk=turn.pk)
    workflow.set_hint(turn, actor=staff.moderation, hint="47 permisos")
    with pytest.raises(Overtaken, match="otra pista"):
        workflow.set_hint(same, actor=staff.communications, hint="48 permisos")
    workflow.put_on_air(same, actor=staff.communications)
    assert LiveTurn.objects.get(pk=turn.pk).hint == "47 permisos"
    with pytest.raises(MoveRefused, match="300 letras"):
        workflow.set_hint(turn, actor=staff.moderation, hint="x" * 301)


def test_only_what_is_public_open_and_of_an_event_is_queued(
    make_question, published, answered, staff, event_open
):
    other = published(event=event_open)
    merged = cases.merge_question(published(event=event_open), actor=staff.moderation, into=other)
    refused = {
        "no está publicada": make_question(event=event_open),
        "no es de ninguna jornada": published(),
        f"se unió a la {other.number}": merged,
        "está cerrada (Respondida)": answered(event=event_open),
    }
    for sentence, question in refused.items():
        with pytest.raises(MoveRefused) as refusal:
            workflow.queue_question(question, actor=staff.moderation)
        assert sentence in str(refusal.value)
    assert not LiveTurn.objects.exists()


def test_what_is_queued_already_is_not_queued_again(queued, staff):
    turn = queued()
    with pytest.raises(MoveRefused, match="En la cola"):
        workflow.queue_question(turn.question, actor=staff.moderation)


def test_one_question_is_on_air_at_a_time(on_air, queued, staff, event_open, event_held, published):
    first, second = on_air(), queued()
    with pytest.raises(MoveRefused, match=f"La pregunta {first.question.number} está al aire"):
        workflow.put_on_air(second, actor=staff.communications)
    assert LiveTurn.objects.get(pk=second.pk).status == "queued"
    elsewhere = workflow.queue_question(published(event=event_held), actor=staff.moderation)
    assert workflow.put_on_air(elsewhere, actor=staff.moderation).status == "on_air"


def test_the_constraint_is_the_last_word_when_both_looked_before(
    on_air, queued, staff, monkeypatch
):
    first, second = on_air(), queued()
    monkeypatch.setattr(workflow, "_demand_free_air", lambda event: None)
    with pytest.raises(Overtaken, match=f"La pregunta {first.question.number} está al aire"):
        workflow.put_on_air(second, actor=staff.communications)
    assert LiveTurn.objects.get(pk=second.pk).status == "queued"
    assert not LogLine.objects.filter(about_id=second.question_id).exists()


def test_a_stale_row_is_overtaken(queued, staff):
    turn = queued()
    same = LiveTurn.objects.get(pk=turn.pk)
    workflow.needs_written(turn, actor=staff.moderation)
    with pytest.raises(Overtaken):
        workflow.put_on_air(same, actor=staff.communications)
    assert LiveTurn.objects.get(pk=turn.pk).status == "written"


def test_what_was_withheld_meanwhile_does_not_go_on_air(queued, staff):
    turn = queued()
    cases.withhold(turn.question, actor=staff.moderation, reason="insults")
    with pytest.raises(MoveRefused, match="no está publicada"):
        workflow.put_on_air(LiveTurn.objects.get(pk=turn.pk), actor=staff.moderation)


def test_answered_aloud_leads_to_the_second_in_which_it_was_read(queued, staff, event_open):
    start = clock.now() - timedelta(hours=1)
    LiveSession.objects.create(event=event_open, opened_at=start)
    turn = queued()
    workflow.put_on_air(turn, actor=staff.moderation, at=start + timedelta(seconds=600))
    workflow.mark_answered(turn, actor=staff.communications, at=start + timedelta(seconds=760))
    question = Question.objects.get(pk=turn.question_id)
    assert question.live_second == 600
    assert question.status == "received"  # its clock runs until the written edition
    assert turn.ended_at == start + timedelta(seconds=760)
    lines = LogLine.objects.filter(about_kind="question", about_id=question.pk).order_by("pk")
    number = question.number
    assert [(line.kind, line.text, line.second, line.is_public) for line in lines] == [
        ("on_air", f"Se lee la pregunta {number}, de Oiba.", 600, True),
        ("answered", f"Se respondió la pregunta {number}.", 760, True),
    ]


def test_the_log_names_no_place_that_nobody_said(queued, staff):
    turn = queued()
    Question.objects.filter(pk=turn.question_id).update(municipality=None, scope="region")
    workflow.put_on_air(LiveTurn.objects.get(pk=turn.pk), actor=staff.moderation)
    line = LogLine.objects.get(about_kind="question")
    assert line.text == f"Se lee la pregunta {turn.question.number}."


def test_its_page_says_so_before_the_written_edition(queued, staff, event_open):
    start = clock.now()
    LiveSession.objects.create(event=event_open, opened_at=start)
    turn = workflow.put_on_air(queued(), actor=staff.moderation, at=start + timedelta(seconds=5))
    workflow.mark_answered(turn, actor=staff.moderation, at=start + timedelta(seconds=90))
    question = Question.objects.get(pk=turn.question_id)
    assert public_status(question).label == "Respondida en vivo"
    words = "Se respondió en la jornada. La respuesta escrita llega a más tardar el "
    assert public_status(question).sentence.startswith(words)
    late = public_status(question, at=start + timedelta(days=90))
    assert late.is_late
    assert late.sentence.startswith("Se respondió en la jornada. La respuesta debió llegar el ")
    question.status, question.reopened_on = "assigned", clock.local_day()
    assert "jornada" not in public_status(question).sentence


def test_back_from_the_air_it_is_the_first_again(queued, staff, event_open):
    first, second, third = queued(), queued(), queued()
    workflow.put_on_air(second, actor=staff.moderation)
    workflow.back_to_queue(second, actor=staff.moderation)
    assert order(event_open) == [second.pk, first.pk, third.pk]


def test_the_end_of_the_session_takes_the_question_off_the_air(on_air, event_open):
    turn = on_air()
    assert workflow.return_on_air(event_open).pk == turn.pk
    assert LiveTurn.objects.get().status == "queued"
    assert workflow.return_on_air(event_open) is None


def test_after_the_end_nothing_is_queued_or_goes_on_air(queued, published, staff, event_open):
    turn = queued()
    now = clock.now()
    LiveSession.objects.create(event=event_open, opened_at=now, ended_at=now)
    fresh = LiveTurn.objects.get(pk=turn.pk)
    with pytest.raises(MoveRefused, match="La jornada terminó"):
        workflow.put_on_air(fresh, actor=staff.moderation)
    with pytest.raises(MoveRefused, match="La jornada terminó"):
        workflow.queue_question(
            Question.objects.get(pk=published(event=event_open).pk), actor=staff.moderation
        )


def test_hiding_at_once_waits_for_nobody(on_air, staff, event_open):
    turn = on_air()
    stale = LiveTurn.objects.get(pk=turn.pk)
    stale.revision -= 1
    workflow.hide_now(stale, actor=staff.communications)
    assert stale.status == "removed"
    assert wall(event_open).on_air is None
    assert Question.objects.get(pk=turn.question_id).visibility == "published"
    assert "sigue pública" in workflow.after_hiding(stale)
    assert not LogLine.objects.filter(kind="note").get().is_public


def order(event):
    return list(LiveTurn.objects.filter(event=event).queued().values_list("pk", flat=True))


def test_an_answered_pressed_by_mistake_is_taken_back(on_air, queued, staff, event_open):
    LiveSession.objects.create(event=event_open, opened_at=clock.now() - timedelta(seconds=90))
    turn = on_air()
    read_at = turn.on_air_at
    workflow.mark_answered(turn, actor=staff.moderation)
    assert Question.objects.get(pk=turn.question_id).live_second == 90
    workflow.back_on_air(turn, actor=staff.communications)
    stored = LiveTurn.objects.get()
    assert (stored.status, stored.on_air_at, stored.ended_at) == (T.ON_AIR, read_at, None)
    assert Question.objects.get(pk=turn.question_id).live_second is None
    assert wall(event_open).on_air.number == turn.question.number
    assert wall(event_open).answered == []
    workflow.mark_answered(turn, actor=staff.moderation)
    assert Question.objects.get(pk=turn.question_id).live_second == 90
    workflow.put_on_air(queued(), actor=staff.moderation)
    with pytest.raises(MoveRefused, match="está al aire"):
        workflow.back_on_air(turn, actor=staff.moderation)


def test_turns_change_places(queued, staff, event_open):
    a, b, c = (queued() for _turn in range(3))
    workflow.move_up(c, actor=staff.moderation)
    assert order(event_open) == [a.pk, c.pk, b.pk]
    workflow.move_down(LiveTurn.objects.get(pk=a.pk), actor=staff.moderation)
    assert order(event_open) == [c.pk, a.pk, b.pk]
    with pytest.raises(MoveRefused, match="Ya es la primera"):
        workflow.move_up(LiveTurn.objects.get(pk=c.pk), actor=staff.moderation)
    with pytest.raises(MoveRefused, match="Es la última"):
        workflow.move_down(LiveTurn.objects.get(pk=b.pk), actor=staff.moderation)


def test_two_operators_who_move_one_turn_move_it_once(queued, staff, event_open):
    a, b, c = (queued() for _turn in range(3))
    same = LiveTurn.objects.get(pk=c.pk)
    workflow.move_up(c, actor=staff.moderation)
    with pytest.raises(Overtaken):
        workflow.move_up(same, actor=staff.communications)
    assert order(event_open) == [a.pk, c.pk, b.pk]


def test_turns_queued_in_one_moment_still_change_places(queued, staff, event_open):
    a, b, c = (queued() for _turn in range(3))
    LiveTurn.objects.update(order=7)
    workflow.move_up(LiveTurn.objects.get(pk=c.pk), actor=staff.moderation)
    assert order(event_open) == [a.pk, c.pk, b.pk]
