"""Events are moved from the desk by their workflow alone, and no edit undoes a move."""

from datetime import datetime, timedelta
from html import unescape

import pytest

from events import workflow
from events.models import Event
from tests.conftest import BOGOTA
from tests.events.desk import DESK, act, change, draft_of, errors, form_of, said


def test_actions_move_each_event_and_tell_each_refusal(desk, staff, event_open, event_held):
    draft_of(event_open)
    _response, words = act(desk(staff.communications), "announce", event_open, event_held)
    event_open.refresh_from_db()
    assert event_open.status == "announced"
    assert event_open.announced_at
    assert f"{event_open}: Anunciado." in words
    refused = f"{event_held}: Esto no se puede hacer ahora: su estado es «Realizado»."
    assert refused in words


def test_an_incomplete_event_says_what_is_missing(desk, staff, event_open):
    draft_of(event_open).agenda.all().delete()
    _response, words = act(desk(staff.communications), "announce", event_open)
    assert words == [f"{event_open}: Antes de anunciarla, agregue: el orden del día."]


@pytest.mark.parametrize(
    ("action", "status"),
    [("postpone", "postponed"), ("suspend", "suspended"), ("cancel", "cancelled")],
)
def test_a_reason_is_asked_for(desk, staff, event_open, action, status):
    client = desk(staff.communications)
    for told in ({}, {"apply": "1", "reason": "  "}):
        response, _words = act(client, action, event_open, **told)
        assert response.status_code == 200
        assert 'name="reason"' in response.content.decode()
        event_open.refresh_from_db()
        assert event_open.status == "announced"
    act(client, action, event_open, apply="1", reason="Por las lluvias.")
    event_open.refresh_from_db()
    assert (event_open.status, event_open.status_reason) == (status, "Por las lluvias.")


def test_a_held_event_is_marked_so_from_the_list(desk, staff, event_held):
    Event.objects.filter(pk=event_held.pk).update(status="announced")
    act(desk(staff.communications), "mark_held", event_held)
    event_held.refresh_from_db()
    assert event_held.status == "held"


def new_date(start: str, end: str, **told) -> dict:
    return {"apply": "1", "starts_at": start, "ends_at": end, **told}


def test_a_new_date_by_its_button(desk, staff, event_open):
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias")
    client, path = desk(staff.communications), f"{DESK}{event_open.pk}/mover/set_new_date/"
    assert path in client.get(change(event_open)).content.decode()
    assert 'type="datetime-local"' in client.get(path).content.decode()
    wrong = client.post(path, new_date("2030-05-06T09:00", "2030-05-06T08:00", reason="Vías"))
    assert set(wrong.context["form"].errors) == {"ends_at"}
    past = client.post(path, new_date("2020-05-06T09:00", "2020-05-06T10:00", reason="Vías"))
    assert ">\nVías</textarea>" in past.content.decode()
    assert "La nueva fecha debe ser futura" in said(past)[0]
    done = client.post(path, new_date("2030-05-06T09:00", "2030-05-06T10:00"))
    assert (done.status_code, done.url) == (303, change(event_open))
    event_open.refresh_from_db()
    assert event_open.starts_at == datetime(2030, 5, 6, 9, tzinfo=BOGOTA)
    assert (event_open.status, event_open.status_reason) == ("announced", "")


def test_two_events_do_not_share_a_new_date(desk, staff, event_open, event_held):
    told = new_date("2030-05-06T09:00", "2030-05-06T10:00")
    _response, words = act(
        desk(staff.communications), "set_new_date", event_open, event_held, **told
    )
    assert words == ["Elija una sola jornada: cada una tiene su propia fecha."]


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("draft", {"announce"}),
        ("announced", {"postpone", "suspend", "cancel", "hold"}),
        ("postponed", {"set_new_date", "cancel"}),
        ("suspended", {"set_new_date", "postpone", "cancel", "hold"}),
        ("cancelled", set()),
        ("held", set()),
    ],
)
def test_only_the_buttons_of_the_state_are_there(desk, staff, event_open, status, names):
    Event.objects.filter(pk=event_open.pk).update(status=status)
    client = desk(staff.communications)
    text = client.get(change(event_open)).content.decode()
    found = {part.split("/")[0] for part in text.split(f"{DESK}{event_open.pk}/mover/")[1:]}
    assert found == names
    for name in names:
        assert client.get(f"{DESK}{event_open.pk}/mover/{name}/").status_code == 200


def test_there_is_no_other_move(desk, staff, event_open):
    client = desk(staff.communications)
    assert client.get(f"{DESK}{event_open.pk}/mover/archivar/").status_code == 404
    assert client.get(f"{DESK}999/mover/cancel/").status_code == 404


def test_the_second_of_two_people_is_told_and_keeps_the_reason(desk, staff, event_open):
    client, path = desk(staff.communications), f"{DESK}{event_open.pk}/mover/cancel/"
    seen = f'name="revision-{event_open.pk}" value="{event_open.revision}"'
    assert seen in client.get(path).content.decode()
    told = {
        "apply": "1", "reason": "No hay cuórum", f"revision-{event_open.pk}": event_open.revision,
    }  # fmt: skip
    workflow.suspend(event_open, actor=staff.communications, reason="Se fue la luz")
    response = client.post(path, told)
    assert "Otra persona lo cambió hace un momento." in said(response)[0]
    assert "No hay cuórum" in unescape(response.content.decode())
    event_open.refresh_from_db()
    assert event_open.status == "suspended"


def test_an_old_form_does_not_bring_the_old_date_back(desk, staff, event_open):
    old = form_of(event_open, title="Otro título")
    starts = datetime(2030, 5, 6, 9, tzinfo=BOGOTA)
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias")
    workflow.set_new_date(
        event_open,
        actor=staff.communications,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )
    client = desk(staff.communications)
    response = client.post(change(event_open), old)
    assert set(errors(response)) == {"starts_at", "ends_at"}
    assert 'value="Otro título"' in response.content.decode()
    event_open.refresh_from_db()
    assert event_open.starts_at == starts


def test_an_edit_does_not_undo_a_move(desk, staff, event_open, monkeypatch):
    """The form was read before somebody cancelled the event: the move stays."""
    save = Event.save

    def slow_save(self, *args, **kwargs):
        fresh = Event.objects.get(pk=self.pk)
        if fresh.status == "announced":
            workflow.cancel(fresh, actor=staff.communications, reason="Lluvias")
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Event, "save", slow_save)
    client = desk(staff.communications)
    client.post(change(event_open), form_of(event_open, title="Otro"))
    event_open.refresh_from_db()
    assert (event_open.title, event_open.status) == ("Otro", "cancelled")


def test_a_date_that_was_taken_off_is_not_written_in_the_form(desk, staff, event_open):
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias")
    starts = event_open.starts_at
    data = form_of(event_open, starts_at="2031-01-01T09:00:00", ends_at="2031-01-01T10:00:00")
    desk(staff.communications).post(change(event_open), data)
    event_open.refresh_from_db()
    assert event_open.starts_at == starts
