"""Every pair of state and move, written by hand: the legal ones go where they should, all others
are refused with a sentence and write nothing."""

import itertools

import pytest

from questions.models import Answer, Question
from questions.workflow.machines import ANSWER, CASE, VISIBILITY

# state -> {move: state after it}; "same" keeps the state, "choice" is given by the workflow
CASE_TABLE = {
    "received": {
        "assign_question": "assigned",
        "ask_for_clarification": "needs_clarification",
        "merge_question": "merged",
        "transfer_question": "transferred",
        "move_to_pqrsd": "moved_to_pqrsd",
        "propose_archive": "same",
        "decline_archive": "same",
        "archive_question": "archived",
        "withdraw_question": "withdrawn",
        "extend_term": "same",
        "classify_question": "same",
        "recount_term": "same",
        "undo_move": "choice",
    },
    "assigned": {
        "assign_question": "assigned",
        "return_to_moderation": "received",
        "ask_for_clarification": "needs_clarification",
        "merge_question": "merged",
        "transfer_question": "transferred",
        "move_to_pqrsd": "moved_to_pqrsd",
        "withdraw_question": "withdrawn",
        "publish_answer": "answered",
        "extend_term": "same",
        "classify_question": "same",
        "recount_term": "same",
        "undo_move": "choice",
    },
    "needs_clarification": {
        "answer_clarification": "choice",
        "lapse_question": "lapsed",
        "extend_clarification": "same",
        "withdraw_question": "withdrawn",
        "classify_question": "same",
        "undo_move": "choice",
    },
    "answered": {"publish_answer": "answered", "reopen_question": "assigned"},
    "merged": {"split_question": "received", "undo_move": "choice"},
    "transferred": {"undo_move": "choice"},
    "moved_to_pqrsd": {"undo_move": "choice"},
    "archived": {"restore_question": "received"},
    "withdrawn": {},
    "lapsed": {},
}
VISIBILITY_TABLE = {
    "unmoderated": {"publish_text": "published", "withhold": "withheld"},
    "published": {"withhold": "withheld", "undo_move": "choice"},
    "withheld": {"publish_text": "published", "undo_move": "choice"},
}
ANSWER_TABLE = {
    "draft": {"request_approval": "awaiting_approval"},
    "awaiting_approval": {
        "return_answer": "draft",
        "schedule_answer": "scheduled",
        "publish_answer": "published",
    },
    "scheduled": {"return_answer": "draft", "publish_answer": "published"},
    "published": {},
}


def legal_of(machine):
    """What the code allows, in the shape of the hand-written tables."""
    table = {}
    for move, (sources, target) in machine.moves.items():
        for source in sources:
            table.setdefault(str(source), {})[move] = str(target) if target else None
    return table


@pytest.mark.parametrize(
    ("machine", "states", "table"),
    [
        (CASE, Question.Status.values, CASE_TABLE),
        (VISIBILITY, Question.Visibility.values, VISIBILITY_TABLE),
        (ANSWER, Answer.Status.values, ANSWER_TABLE),
    ],
    ids=["case", "visibility", "answer"],
)
def test_the_code_allows_exactly_what_the_table_says(machine, states, table):
    assert set(table) == set(states)
    coded = legal_of(machine)
    for state in states:
        expected = {
            move: (None if after in ("same", "choice") else after)
            for move, after in table[state].items()
        }
        assert coded.get(state, {}) == expected, state


def illegal_pairs():
    for state, move in itertools.product(CASE_TABLE, CASE.moves):
        if move not in CASE_TABLE[state]:
            yield state, move


@pytest.mark.django_db
def test_every_other_move_is_refused_with_a_sentence(make_question):
    from portal.base.machine import MoveRefused
    from portal.base.models import Transition

    other = make_question()
    question = make_question()
    for state, move in illegal_pairs():
        Question.objects.filter(pk=question.pk).update(
            status=state, merged_into=other if state == "merged" else None
        )
        question.refresh_from_db()
        before = Transition.objects.count()
        with pytest.raises(MoveRefused) as refusal:
            CASE.move(question, move)
        assert len(str(refusal.value)) > 20
        question.refresh_from_db()
        assert question.status == state
        assert Transition.objects.count() == before
