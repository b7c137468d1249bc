"""The one door of a status: legal moves, one winner, and nothing written by the loser."""

import pytest
from django.db import transaction

from events.models import Event
from portal.base import rows
from portal.base.machine import Machine, MoveRefused, Overtaken
from portal.base.models import Transition

MACHINE = Machine(
    kind="event",
    column="status",
    moves={
        "postpone": (("announced",), "postponed"),
        "cancel": (("announced", "postponed"), "cancelled"),
        "note": (("announced",), None),
    },
)


def row(event) -> dict:
    return Event.objects.filter(pk=event.pk).values().get()


def moves_of(event):
    return list(Transition.objects.of("event", event.pk).values_list("move", flat=True))


def test_a_legal_move_writes_the_row_its_fields_and_one_trace(event_open, staff):
    event = event_open
    MACHINE.move(
        event, "postpone", actor=staff.communications, reason="Lluvias", status_reason="Lluvias"
    )
    stored = row(event)
    assert (stored["status"], stored["status_reason"], stored["revision"]) == (
        "postponed", "Lluvias", 1,
    )  # fmt: skip
    assert (event.status, event.revision) == ("postponed", 1)
    trace = Transition.objects.of("event", event.pk).get()
    assert (trace.from_state, trace.to_state, trace.actor, trace.reason) == (
        "announced", "postponed", staff.communications, "Lluvias",
    )  # fmt: skip


def test_an_illegal_move_is_refused_with_a_sentence_and_writes_nothing(event_held):
    before = row(event_held)
    with pytest.raises(MoveRefused) as refused:
        MACHINE.move(event_held, "cancel")
    assert str(event_held.get_status_display()) in str(refused.value)
    assert row(event_held) == before
    assert moves_of(event_held) == []


def test_of_two_stale_copies_one_wins_and_the_other_is_overtaken(event_open):
    first, second = (Event.objects.get(pk=event_open.pk) for _ in range(2))
    MACHINE.move(first, "postpone", status_reason="primero")
    after_first = row(event_open)
    with pytest.raises(Overtaken), transaction.atomic():
        MACHINE.move(second, "cancel", status_reason="segundo")
    assert row(event_open) == after_first
    assert moves_of(event_open) == ["postpone"]
    assert (second.status, second.revision) == ("announced", 0)


def test_a_move_that_keeps_the_state_overtakes_too(event_open):
    first, second = (Event.objects.get(pk=event_open.pk) for _ in range(2))
    MACHINE.move(first, "note", status_reason="nota")
    with pytest.raises(Overtaken):
        MACHINE.move(second, "note", status_reason="otra")
    stored = row(event_open)
    assert (stored["status"], stored["status_reason"]) == ("announced", "nota")
    assert moves_of(event_open) == ["note"]


def test_the_trace_and_the_move_stand_or_fall_together(event_open, monkeypatch):
    def fails(_row):
        raise RuntimeError

    monkeypatch.setattr(rows, "insert", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        MACHINE.move(event_open, "postpone")
    assert row(event_open)["status"] == "announced"


def test_a_move_that_does_not_exist_is_a_fault_of_the_code(event_open):
    with pytest.raises(KeyError):
        MACHINE.move(event_open, "explode")
