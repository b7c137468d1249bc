"""The order of the day: hours of parts, sums in words, order, levels, two people at once."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from events import schedule
from events.agenda import sums, workflow
from events.models import AgendaItem
from portal.base.dates import clock as hour
from portal.base.machine import MoveRefused, Overtaken
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(event_open):
    """Three hours from 9:00: Uno (60, with two parts), Dos (120)."""
    event_open.agenda.all().delete()
    one = event_open.agenda.create(order=1, title="Uno", minutes=60)
    event_open.agenda.create(order=2, title="Dos", minutes=120)
    event_open.agenda.create(parent=one, order=1, title="Uno A", minutes=20)
    event_open.agenda.create(parent=one, order=2, title="Uno B", minutes=40)
    return event_open


def item(event, title) -> AgendaItem:
    return event.agenda.get(title=title)


def shape(event) -> list[str]:
    """The titles as they are read, parts after a dash."""
    timed = schedule.timed_agenda(event, event.agenda.all())
    lines = []
    for moment in timed:
        lines += [moment.item.title, *(f"- {part.item.title}" for part in moment.parts)]
    return lines


def test_parts_run_inside_the_minutes_of_their_moment(event):
    one, two = schedule.timed_agenda(event, event.agenda.all())
    assert [hour(part.starts_at) for part in one.parts] == [
        "9:00\u00a0a.\u00a0m.", "9:20\u00a0a.\u00a0m.",
    ]  # fmt: skip
    assert hour(one.parts[1].ends_at) == hour(two.starts_at) == "10:00\u00a0a.\u00a0m."
    assert two.parts == ()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ({}, []),
        ({"Dos": 121}, ["El orden del día dura 1 minuto más que la jornada."]),
        ({"Dos": 100}, ["El orden del día dura 20 minutos menos que la jornada."]),
        ({"Uno B": 41}, ["Las partes de «Uno» duran 1 minuto más que él."]),
        ({"Uno B": 10}, []),
        (
            {"Dos": 150, "Uno A": 50},
            [
                "El orden del día dura 30 minutos más que la jornada.",
                "Las partes de «Uno» duran 30 minutos más que él.",
            ],
        ),
    ],
)
def test_what_does_not_fit_is_told_by_how_much(event, minutes, said):
    for title, length in minutes.items():
        event.agenda.filter(title=title).update(minutes=length)
    assert sums.sentences(event) == said


def test_an_event_without_agenda_is_not_told_that_it_is_short(event):
    event.agenda.all().delete()
    assert sums.sentences(event) == []


def moved(event, function, title, actor, **told):
    function(item(event, title), actor=actor, seen=workflow.order_mark(event), **told)
    return shape(event)


def test_up_and_down_stay_on_their_level(event, staff):
    actor = staff.communications
    up = moved(event, workflow.shift_item, "Dos", actor, by=-1)
    assert up == ["Dos", "Uno", "- Uno A", "- Uno B"]
    down = moved(event, workflow.shift_item, "Uno A", actor, by=1)
    assert down == ["Dos", "Uno", "- Uno B", "- Uno A"]
    assert moved(event, workflow.shift_item, "Uno A", actor, by=1) == down
    assert moved(event, workflow.shift_item, "Dos", actor, by=-1) == down


def test_in_and_out(event, staff):
    actor = staff.communications
    inside = moved(event, workflow.put_inside, "Dos", actor)
    assert inside == ["Uno", "- Uno A", "- Uno B", "- Dos"]
    out = moved(event, workflow.take_out, "Uno A", actor)
    assert out == ["Uno", "- Uno B", "- Dos", "Uno A"]
    event.agenda.create(order=3, title="Tres", minutes=1)
    assert moved(event, workflow.take_out, "Uno B", actor)[:3] == ["Uno", "- Dos", "Uno B"]
    orders = event.agenda.filter(parent=None).values_list("title", "order")
    assert list(orders) == [("Uno", 1), ("Uno B", 2), ("Uno A", 3), ("Tres", 4)]


@pytest.mark.parametrize(
    ("function", "title", "word"),
    [
        (workflow.put_inside, "Uno", "No hay un momento antes"),
        (workflow.put_inside, "Uno A", "No hay un momento antes"),
        (workflow.take_out, "Uno", "No es parte de otro momento"),
    ],
)
def test_what_makes_no_sense_is_refused(event, staff, function, title, word):
    before = shape(event)
    with pytest.raises(MoveRefused, match=word):
        moved(event, function, title, staff.communications)
    assert shape(event) == before


def test_a_moment_with_parts_is_no_part(event, staff):
    before = moved(event, workflow.shift_item, "Dos", staff.communications, by=-1)
    with pytest.raises(MoveRefused, match="partes"):
        moved(event, workflow.put_inside, "Uno", staff.communications)
    assert shape(event) == before


def test_a_part_has_no_parts_and_lies_in_its_own_event(event, event_held, staff):
    part, foreign = item(event, "Uno A"), event_held.agenda.first()
    seen = workflow.order_mark(event)
    for parent in (part, foreign):
        new = AgendaItem(title="Z", minutes=5, parent=parent)
        with pytest.raises(MoveRefused):
            workflow.add_item(event, actor=staff.communications, item=new, seen=seen)
    assert not event.agenda.filter(title="Z").exists()


def test_a_new_point_goes_to_the_end_of_its_level(event, staff):
    one = item(event, "Uno")
    for new in (
        AgendaItem(title="Tres", minutes=5), AgendaItem(title="Uno C", minutes=5, parent=one),
    ):  # fmt: skip
        seen = workflow.order_mark(event)
        workflow.add_item(event, actor=staff.communications, item=new, seen=seen)
    assert shape(event) == ["Uno", "- Uno A", "- Uno B", "- Uno C", "Dos", "Tres"]


def test_who_takes_away_a_moment_takes_its_parts_and_keeps_the_documents(event, staff):
    document = event.documents.create(
        title="Informe", url="https://a.example", agenda_item=item(event, "Uno A")
    )
    assert moved(event, workflow.delete_item, "Uno", staff.communications) == ["Dos"]
    document.refresh_from_db()
    assert document.agenda_item is None
    assert event.agenda.get().order == 1


def test_the_second_one_to_order_is_told_and_moves_nothing(event, staff):
    seen = workflow.order_mark(event)
    moved(event, workflow.shift_item, "Dos", staff.root, by=-1)
    before = shape(event)
    for function, told in (
        (workflow.shift_item, {"by": 1}), (workflow.put_inside, {}), (workflow.take_out, {}),
        (workflow.delete_item, {}),
    ):  # fmt: skip
        with pytest.raises(Overtaken, match="el orden"):
            function(item(event, "Uno B"), actor=staff.communications, seen=seen, **told)
    assert shape(event) == before


def test_the_second_one_to_edit_is_told_and_writes_nothing(event, staff):
    mine, other = item(event, "Dos"), item(event, "Dos")
    seen = workflow.item_mark(mine)
    other.title = "Dos, de otra persona"
    workflow.change_item(other, actor=staff.root, seen=seen)
    mine.title = "Dos, mío"
    with pytest.raises(Overtaken):
        workflow.change_item(mine, actor=staff.communications, seen=seen)
    assert shape(event)[-1] == "Dos, de otra persona"


def test_an_edit_moves_nothing_that_was_ordered_meanwhile(event, staff):
    mine = item(event, "Dos")
    seen = workflow.item_mark(mine)
    moved(event, workflow.shift_item, "Dos", staff.root, by=-1)
    mine.title = "Dos, editado"
    workflow.change_item(mine, actor=staff.communications, seen=seen)
    assert shape(event)[0] == "Dos, editado"


@pytest.mark.parametrize(
    "role",
    ["moderation", "office", "approval", "internal_control", "administration"],
)
def test_who_may_not_writes_nothing(event, staff, role):
    actor, point, seen = staff[role], item(event, "Dos"), workflow.order_mark(event)
    before = shape(event)
    for call in (
        lambda: workflow.shift_item(point, actor=actor, by=-1, seen=seen),
        lambda: workflow.put_inside(point, actor=actor, seen=seen),
        lambda: workflow.take_out(item(event, "Uno A"), actor=actor, seen=seen),
        lambda: workflow.delete_item(point, actor=actor, seen=seen),
        lambda: workflow.change_item(point, actor=actor, seen=workflow.item_mark(point)),
        lambda: workflow.add_item(
            event, actor=actor, item=AgendaItem(title="Z", minutes=1), seen=seen
        ),
    ):
        with pytest.raises(PermissionDenied):
            call()
    assert shape(event) == before


def test_each_change_is_seen_on_the_page_at_once(client, event, staff):
    def text():
        return client.get(event.get_absolute_url()).content.decode()

    assert text().index("Uno A") < text().index("Dos")
    moved(event, workflow.shift_item, "Dos", staff.communications, by=-1)
    assert text().index("Dos</h3>") < text().index("Uno A")
    point = item(event, "Uno A")
    seen = workflow.item_mark(point)
    point.presenter, point.started_at = "Dirección", datetime(2031, 1, 1, 9, tzinfo=BOGOTA)
    workflow.change_item(point, actor=staff.communications, seen=seen)
    assert "Dirección" in text()
    moved(event, workflow.delete_item, "Uno A", staff.communications)
    assert "Uno A" not in text()
