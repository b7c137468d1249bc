"""Two operators at the same instant: one decides, the other is told, and nothing is lost."""

import pytest

from questions.live import workflow
from questions.live.entry import QuickForm, enter
from questions.models import LiveTurn, Question
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queued(published, staff, event_open):
    def make():
        return workflow.queue_question(published(event=event_open), actor=staff.moderation)

    return make


@pytest.fixture
def two(staff):
    """Both operators, with their permissions read: what is raced for is the row."""
    for user in (staff.moderation, staff.communications):
        user.get_all_permissions()
    return staff.moderation, staff.communications


def seen(turn):
    """The row as each operator's own page showed it."""
    return LiveTurn.objects.select_related("event", "question__municipality").get(pk=turn.pk)


def test_one_of_two_questions_goes_on_air(queued, two):
    turns = [seen(queued()), seen(queued())]
    refused, faults = at_once(
        *(
            lambda turn=turn, who=who: workflow.put_on_air(turn, actor=who)
            for turn, who in zip(turns, two, strict=True)
        )
    )
    assert faults == []
    assert len(refused) == 1
    assert LiveTurn.objects.filter(status="on_air").count() == 1
    assert LiveTurn.objects.filter(status="queued").count() == 1


def test_neighbours_that_are_moved_at_once_keep_distinct_places(queued, two, event_open):
    turns = [queued() for _turn in range(3)]
    b, c = seen(turns[1]), seen(turns[2])
    _refused, faults = at_once(
        lambda: workflow.move_up(b, actor=two[0]), lambda: workflow.move_up(c, actor=two[1])
    )
    assert faults == []
    orders = list(LiveTurn.objects.values_list("order", flat=True))
    assert len(set(orders)) == 3


def test_a_question_is_queued_once(published, two, event_open):
    question = published(event=event_open)
    rows = [Question.objects.select_related("event").get(pk=question.pk) for _who in two]
    refused, faults = at_once(
        *(
            lambda row=row, who=who: workflow.queue_question(row, actor=who)
            for row, who in zip(rows, two, strict=True)
        )
    )
    assert faults == []
    assert len(refused) == 1
    assert LiveTurn.objects.count() == 1


def test_hiding_wins_over_whoever_moves_the_question(queued, two):
    turn = workflow.put_on_air(queued(), actor=two[0])
    mine, other = seen(turn), seen(turn)
    _refused, faults = at_once(
        lambda: workflow.hide_now(mine, actor=two[0]),
        lambda: workflow.back_to_queue(other, actor=two[1]),
    )
    assert faults == []
    assert LiveTurn.objects.get().status == "removed"


def test_two_presses_of_the_quick_form_are_one_question(two, event_open):
    def press():
        form = QuickForm({"text": "¿Y el agua de Guane?", "channel": "room"}, user=two[0])
        assert form.is_valid()
        enter(form, event=event_open, actor=two[0])

    refused, faults = at_once(press, press, press)
    assert (refused, faults) == ([], [])
    assert Question.objects.count() == 1
