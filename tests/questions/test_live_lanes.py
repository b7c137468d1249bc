"""The lanes of the console and the wall of the public: what stands in them, and what never does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from events.models import LogLine
from portal.base import clock
from portal.base.machine import MoveRefused
from questions import voices
from questions import workflow as cases
from questions.live import workflow
from questions.live.selectors import lanes, wall
from questions.models import LiveTurn, Question

pytestmark = pytest.mark.django_db


def numbers(cards):
    return [card.number for card in cards]


@pytest.fixture
def here(make_question, event_open):
    """A contribution of the event that nobody reviewed."""
    return lambda **fields: make_question(event=event_open, **fields)


@pytest.fixture
def queued(published, staff, event_open):
    def make(**fields):
        question = published(event=event_open, **fields)
        return workflow.queue_question(question, actor=staff.moderation)

    return make


def drawn(tag, event) -> str:
    template = Template("{% load live_questions %}{% " + tag + " event %}")
    return template.render(Context({"event": event, "request": RequestFactory().get("/")}))


def test_the_lanes_hold_what_waits_in_the_order_in_which_it_is_taken(
    here, published, queued, staff, event_open, event_held, make_question
):
    now = clock.now()
    newer, older = here(at=now), here(at=now - timedelta(minutes=12))
    make_question(event=event_held)
    plain, wanted = published(event=event_open), published(event=event_open)
    voices.add_interest(wanted, person="somebody")
    first, second, third = queued(), queued(), queued()
    workflow.put_on_air(second, actor=staff.moderation)
    workflow.mark_answered(third_on_air(second, third, staff), actor=staff.moderation)
    found = lanes(event_open, staff.moderation, at=now + timedelta(minutes=1))
    assert numbers(found.review) == [older.number, newer.number]
    assert [card.minutes for card in found.review] == [13, 1]
    assert found.waiting_minutes == 13
    assert numbers(found.approved) == [wanted.number, plain.number]
    assert found.approved[0].supports == 1
    assert numbers(found.queue) == [second.question.number, first.question.number]
    assert found.on_air is None
    assert numbers(found.answered) == [third.question.number]
    card = found.review[0]
    assert (card.place, card.channel, card.locked_by) == ("Oiba", "Este portal", "")


def test_what_was_hidden_from_the_screen_stays_in_sight_of_the_operators(queued, staff, event_open):
    turn = queued()
    workflow.hide_now(turn, actor=staff.moderation)
    found = lanes(event_open, staff.moderation)
    assert (numbers(found.approved), found.approved_total) == ([turn.question.number], 1)
    assert found.queue == []


def third_on_air(second, third, staff):
    """The second goes back, the third goes on air."""
    workflow.back_to_queue(second, actor=staff.moderation)
    return workflow.put_on_air(third, actor=staff.moderation)


def test_a_card_shows_the_proposal_with_its_marks_and_who_has_it(here, staff, event_open):
    question = here(text="Llámeme al 310 555 12 34, ¿cuándo arreglan la quebrada?")
    cases.leases.take(question, actor=staff.moderation)
    card = lanes(event_open, staff.moderation_blind).review[0]
    assert card.text == "Llámeme al [teléfono oculto], ¿cuándo arreglan la quebrada?"
    assert (card.flags, card.undecided) == (("Teléfono",), ())
    assert card.locked_by == "Moderation"
    assert lanes(event_open, staff.moderation).review[0].locked_by == ""


def test_who_may_not_read_unreviewed_texts_sees_none(here, published, staff, event_open):
    here()
    ready = published(event=event_open)
    found = lanes(event_open, staff.communications)
    assert (found.review, found.review_total) == ([], 0)
    assert numbers(found.approved) == [ready.number]


def test_a_flood_is_cut_and_counted(here, staff, event_open):
    for number in range(63):
        here(text="¿Por qué no hay agua? " * 5, token=f"flood-{number}")
    found = lanes(event_open, staff.moderation)
    assert (len(found.review), found.review_total) == (60, 63)


def queries_of(read) -> int:
    """How many queries it took, without those of the content versions, kept for a second."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return sum("base_contentversion" not in query["sql"] for query in captured)


def test_reading_the_lanes_and_the_wall_costs_the_same_for_one_and_for_many(
    here, published, queued, staff, event_open
):
    staff.moderation.has_perm("x")  # permissions are read once for a request
    for rows in (1, 12):
        for _row in range(rows):
            here()
            published(event=event_open)
            queued()
        assert queries_of(lambda: lanes(event_open, staff.moderation)) == 7
        assert queries_of(lambda: wall(event_open)) == 3


def test_the_wall_shows_what_is_public_and_nothing_else(here, published, queued, staff, event_open):
    here()
    published(event=event_open)  # approved, and not queued by it
    turns = [queued(public_text=f"¿Y la quebrada número {n}?") for n in range(8)]
    workflow.set_hint(turns[0], actor=staff.moderation, hint="Diga que hubo 47 permisos")
    workflow.put_on_air(turns[0], actor=staff.moderation)
    cases.withhold(turns[1].question, actor=staff.moderation, reason="insults")
    workflow.needs_written(turns[2], actor=staff.moderation)
    shown = wall(event_open)
    assert shown.on_air.text == "¿Y la quebrada número 0?"
    assert numbers(shown.queue) == [turn.question.number for turn in turns[3:8]]
    assert shown.waiting == 5
    page = drawn("on_air", event_open) + drawn("live_wall", event_open)
    assert "47 permisos" not in page + repr(shown)
    assert "número 1" not in page
    Question.objects.filter(pk=turns[0].question_id).update(visibility="withheld")
    assert wall(event_open).on_air is None


def test_the_summary_for_the_room_is_read_where_there_is_one(queued, staff, event_open):
    turn = queued()
    Question.objects.filter(pk=turn.question_id).update(room_summary="¿Cuándo habrá agua?")
    workflow.put_on_air(LiveTurn.objects.get(), actor=staff.moderation)
    assert wall(event_open).on_air.text == "¿Cuándo habrá agua?"


def test_answered_today_is_of_today(queued, staff, event_open):
    yesterday = clock.now() - timedelta(days=1)
    for at in (yesterday, clock.now()):
        turn = workflow.put_on_air(queued(), actor=staff.moderation, at=at)
        workflow.mark_answered(turn, actor=staff.moderation, at=at)
    assert numbers(wall(event_open).answered) == [turn.question.number]


def test_approving_publishes_the_proposal_and_queues_nothing(here, staff, event_open):
    question = here(text="Soy vecino de Oiba, mi correo es ana@correo.example. ¿Y el agua?")
    workflow.approve(question, actor=staff.moderation)
    question.refresh_from_db()
    assert question.visibility == "published"
    assert "[correo oculto]" in question.public_text
    assert question.title == question.public_text
    assert not LiveTurn.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Vivo en la vereda El Pencal con mi familia. ¿Quién vigila?", "datos personales"),
        ("¿Y el agua? " * 830, "es muy larga"),
    ],
)
def test_what_somebody_must_look_at_is_not_approved_from_a_card(
    here, staff, event_open, text, sentence
):
    question = here(text=text)
    with pytest.raises(workflow.NeedsReview, match=sentence) as refusal:
        workflow.approve(question, actor=staff.moderation)
    assert refusal.value.address == f"/gestion/questions/question/{question.pk}/change/"
    assert Question.objects.get().visibility == "unmoderated"
    card = lanes(event_open, staff.moderation).review[0]
    assert len(card.text) <= 601


def test_decisions_about_a_text_need_its_permission_and_its_lease(here, staff):
    question, other = here(), here()
    for move, extra in (
        ("approve", {}),
        ("withhold", {"reason": "insults"}),
        ("merge", {"into": other}),
    ):
        with pytest.raises(PermissionDenied):
            getattr(workflow, move)(question, actor=staff.communications, **extra)
    cases.leases.take(question, actor=staff.moderation)
    with pytest.raises(MoveRefused, match="Moderation"):
        workflow.approve(question, actor=staff.moderation_blind)
    assert Question.objects.get(pk=question.pk).visibility == "unmoderated"


@pytest.mark.parametrize("decision", ["withhold", "merge"])
def test_what_is_withheld_or_joined_leaves_the_queue_and_the_air(
    queued, staff, event_open, decision
):
    turn, other = queued(), queued()
    workflow.put_on_air(turn, actor=staff.moderation)
    extra = {"reason": "insults"} if decision == "withhold" else {"into": other.question}
    question = Question.objects.get(pk=turn.question_id)
    getattr(workflow, decision)(question, actor=staff.moderation, **extra)
    taken = LiveTurn.objects.get(pk=turn.pk)
    assert taken.status == "removed"
    assert taken.ended_at is not None
    assert wall(event_open).on_air is None


def test_nothing_is_joined_to_a_question_of_another_event(here, published, staff, event_held):
    with pytest.raises(MoveRefused, match="otra jornada"):
        workflow.merge(here(), actor=staff.moderation, into=published(event=event_held))


def test_hostile_words_are_letters_on_the_wall(queued, staff, event_open):
    text = "<img src=x onerror=alert(1)> \u202eagua\u202c https://estafa.example"
    turn = queued(public_text=text)
    workflow.put_on_air(turn, actor=staff.moderation)
    page = drawn("on_air", event_open) + drawn("live_wall", event_open)
    assert "<img" not in page
    assert "\u202e" not in page
    assert 'href="https://estafa' not in page
    assert "estafa" not in LogLine.objects.get().text
