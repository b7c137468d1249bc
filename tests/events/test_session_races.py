"""Two operators press at the same instant: one decides, the other is told, and once is once."""

import pytest

from events.models import Event, FloorTurn, LiveSession, LogLine, Speaker
from events.session import workflow
from tests.events.session_stage import minute, of_the_day, stage
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event(event_open):
    return of_the_day(event_open)


@pytest.fixture
def two(staff):
    """Both operators, with their permissions read: what is raced for is the row."""
    for user in (staff.moderation, staff.communications):
        user.get_all_permissions()
    return staff.moderation, staff.communications


def refused_of(*acts) -> list[str]:
    """What was said to those who were refused; nothing else went wrong."""
    refused, faults = at_once(*acts)
    assert faults == []
    return refused


@pytest.mark.parametrize(("name", "move", "kind"), [
    ("soon", "open_session", "started"), ("live", "next_item", "item"),
    ("live", "end_session", "ended"),
])  # fmt: skip
def test_a_decision_is_made_once(event, two, name, move, kind):
    _live, at = stage(event, name)
    rows = [LiveSession.objects.select_related("event").get() for _user in two]
    refused = refused_of(
        *(
            lambda row=row, user=user: getattr(workflow, move)(row, actor=user, at=at)
            for row, user in zip(rows, two, strict=True)
        )
    )
    assert len(refused) == 1
    assert "llegó primero" in refused[0]
    assert list(LogLine.objects.values_list("kind", flat=True)) == [kind]
    assert LiveSession.objects.get().revision == 1


def test_one_gets_the_floor(event, two):
    _live, at = stage(event, "live")
    speakers = [
        Speaker.objects.create(event=event, name=name, theme="Agua", code_digest=name)
        for name in ("Ana", "Luis")
    ]
    refused = refused_of(
        *(
            lambda row=row, user=user: workflow.give_floor(row, actor=user, at=at)
            for row, user in zip(speakers, two, strict=True)
        )
    )
    assert refused == ["Otra persona tiene la palabra. Detenga primero su turno."]
    assert FloorTurn.objects.count() == LogLine.objects.count() == 1


def test_a_session_is_made_once(event, two):
    events = [Event.objects.get(), Event.objects.get()]
    refused = refused_of(*(lambda row=row: workflow.session_for(row) for row in events))
    assert refused == []
    assert LiveSession.objects.count() == 1
    workflow.open_session(workflow.session_for(events[0]), actor=two[0], at=minute(0))
