"""The event's machine: the table of legal moves written by hand, who may, and what each asks."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import translation

from events import workflow
from events.models import Event
from portal.base import clock, versions
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import SearchEntry, Transition
from tests.conftest import BOGOTA

LATER = datetime(2030, 5, 6, 9, tzinfo=BOGOTA)
DURING = datetime(2020, 12, 21, 10, tzinfo=BOGOTA)
CALLS = {
    "announce": (workflow.announce, {}),
    "postpone": (workflow.postpone, {"reason": "Lluvias"}),
    "set_new_date": (
        workflow.set_new_date, {"starts_at": LATER, "ends_at": LATER + timedelta(hours=2)},
    ),
    "suspend": (workflow.suspend, {"reason": "Se fue la luz"}),
    "cancel": (workflow.cancel, {"reason": "No hay cuórum"}),
    "hold": (workflow.hold, {}),
}  # fmt: skip
LEGAL = {
    ("draft", "announce"): "announced",
    ("announced", "postpone"): "postponed",
    ("announced", "suspend"): "suspended",
    ("announced", "cancel"): "cancelled",
    ("announced", "hold"): "held",
    ("postponed", "set_new_date"): "announced",
    ("postponed", "cancel"): "cancelled",
    ("suspended", "set_new_date"): "announced",
    ("suspended", "postpone"): "postponed",
    ("suspended", "cancel"): "cancelled",
    ("suspended", "hold"): "held",
}
STATES = ("draft", "announced", "postponed", "suspended", "cancelled", "held")
PAIRS = [(state, move) for state in STATES for move in CALLS]


@pytest.fixture
def event(event_held):
    """The event of 2020, in the state that `in_state` puts it."""
    return event_held


def in_state(event, state):
    Event.objects.filter(pk=event.pk).update(status=state, questions_close_at=event.starts_at)
    event.refresh_from_db()
    return event


def row(event):
    return Event.objects.filter(pk=event.pk).values().get()


def carry_out(event, move, actor, **changes):
    function, told = CALLS[move]
    return function(event, actor=actor, at=DURING, **{**told, **changes})


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_the_table_of_moves(event, staff, state, move):
    in_state(event, state)
    before = row(event)
    target = LEGAL.get((state, move))
    if target is None:
        with pytest.raises(MoveRefused):
            carry_out(event, move, staff.communications)
        assert row(event) == before
        assert not Transition.objects.filter(kind="event").exists()
        return
    carry_out(event, move, staff.communications)
    assert row(event)["status"] == event.status == target
    trace = Transition.objects.get(kind="event")
    assert (trace.move, trace.from_state, trace.to_state) == (move, state, target)
    assert (trace.actor, trace.at) == (staff.communications, DURING)


@pytest.mark.parametrize("move", CALLS)
@pytest.mark.parametrize(
    "role", ["moderation", "office", "approval", "internal_control", "administration"]
)
def test_who_may_not_announce_moves_nothing(event, staff, role, move):
    state = next(state for state, name in LEGAL if name == move)
    before = row(in_state(event, state))
    with pytest.raises(PermissionDenied):
        carry_out(event, move, staff[role])
    with pytest.raises(PermissionDenied):
        carry_out(event, move, AnonymousUser())
    assert row(event) == before


@pytest.mark.parametrize("move", ["postpone", "suspend", "cancel"])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_bad_news_wants_its_reason(event, staff, move, reason):
    before = row(in_state(event, "announced"))
    with pytest.raises(MoveRefused):
        carry_out(event, move, staff.communications, reason=reason)
    assert row(event) == before


@pytest.mark.parametrize("move", ["postpone", "suspend", "cancel"])
def test_the_reason_is_kept_for_the_public_and_for_history(event, staff, move):
    in_state(event, "announced")
    carry_out(event, move, staff.communications, reason="  Lluvias fuertes. ")
    assert row(event)["status_reason"] == "Lluvias fuertes."
    assert Transition.objects.get(kind="event").reason == "Lluvias fuertes."


@pytest.mark.parametrize(
    ("take_away", "word"),
    [
        (lambda event: event.agenda.all().delete(), "the agenda"),
        (lambda event: event.streams.all().delete(), "a place or a stream"),
        (lambda event: setattr(event, "about", ""), "what accounts are rendered about"),
        (lambda event: setattr(event, "cutoff_on", None), "the cut-off day"),
        (lambda event: setattr(event, "questions_close_at", None), "on which questions close"),
    ],
)
def test_an_event_is_announced_whole(event, staff, take_away, word):
    in_state(event, "draft")
    take_away(event)
    with translation.override("en"), pytest.raises(MoveRefused, match=word):
        workflow.announce(event, actor=staff.communications)
    assert row(event)["status"] == "draft"


def test_a_place_is_enough_without_a_stream(event, staff):
    in_state(event, "draft").streams.all().delete()
    event.venue = "Casa de la Cultura"
    workflow.announce(event, actor=staff.communications, at=DURING)
    assert row(event)["announced_at"] == DURING


def test_it_is_not_held_before_it_begins(event, staff):
    in_state(event, "announced")
    early = event.starts_at - timedelta(seconds=1)
    with pytest.raises(MoveRefused):
        workflow.hold(event, actor=staff.communications, at=early)
    workflow.hold(event, actor=staff.communications, at=event.starts_at)
    assert event.status == "held"


@pytest.mark.parametrize("hours", [0, -1])
def test_the_new_end_comes_after_the_new_start(event, staff, hours):
    in_state(event, "postponed")
    with pytest.raises(MoveRefused):
        carry_out(
            event, "set_new_date", staff.communications, ends_at=LATER + timedelta(hours=hours)
        )


def test_the_new_date_lies_ahead(event, staff):
    in_state(event, "postponed")
    dates = {"starts_at": DURING, "ends_at": DURING + timedelta(hours=1)}
    with pytest.raises(MoveRefused):
        carry_out(event, "set_new_date", staff.communications, **dates)


def test_a_new_date_takes_the_bad_news_away_and_leaves_the_address(event, staff):
    in_state(event, "announced")
    carry_out(event, "postpone", staff.communications)
    carry_out(event, "set_new_date", staff.communications)
    stored = row(event)
    assert (stored["starts_at"], stored["status_reason"]) == (LATER, "")
    assert stored["slug"] == "2020-12-21-jornada"


def test_the_second_of_two_people_is_told(event, staff):
    in_state(event, "announced")
    second = Event.objects.get(pk=event.pk)
    workflow.suspend(event, actor=staff.communications, reason="Se fue la luz")
    with pytest.raises(Overtaken):
        workflow.cancel(second, actor=staff.communications, reason="No hay cuórum")
    assert row(event)["status"] == "suspended"


def test_a_move_is_public_at_once(event, staff):
    in_state(event, "draft")
    SearchEntry.objects.all().delete()
    before = versions.read(versions.SITE, versions.event_name(event.slug))
    workflow.announce(event, actor=staff.communications, at=clock.now())
    after = versions.read(versions.SITE, versions.event_name(event.slug))
    assert all(new > old for new, old in zip(after, before, strict=True))
    assert SearchEntry.objects.filter(kind="event").count() == 1
