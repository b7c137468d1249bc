"""The desk's page of the agenda: without JavaScript, nothing typed is lost, clashes are told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import AgendaItem
from tests.events.desk import DESK, draft_of, form_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(desk, staff, event_open):
    """`page(act, **typed)`: press a button of the page as the browser sends it."""
    client = desk(staff.communications)
    address = f"{DESK}{event_open.pk}/agenda/"

    def press(act="save", key="", *, seen=None, editing="", item_seen=None, **typed):
        shown = client.get(address).context
        sent = {
            "act": f"{act}-{key}" if key else act,
            "order_seen": shown["order_seen"] if seen is None else seen,
            "editing": editing,
            "item_seen": item_seen or "",
            "item-kind": "talk",
            **{f"item-{name}": value for name, value in typed.items()},
        }
        return client.post(address, sent)

    press.client, press.address = client, address
    return press


def titles(event) -> list[str]:
    return list(event.agenda.filter(parent=None).values_list("title", flat=True))


def point(event, title) -> AgendaItem:
    return event.agenda.get(title=title)


def test_a_point_is_added_and_the_sum_is_told(page, event_open):
    response = page(title="Cierre", minutes="121", presenter="Dirección", description="Se cierra.")
    assert response.status_code == 303
    assert point(event_open, "Cierre").minutes == 121
    assert "El orden del día dura 1 minuto más que la jornada." in said(response)
    text = page.client.get(page.address).content.decode()
    assert "El orden del día suma 181 minutos." in text
    assert "10:00\u00a0a.\u00a0m." in text


def test_a_second_press_adds_nothing_twice(page, event_open):
    seen = page.client.get(page.address).context["order_seen"]
    first = page(seen=seen, title="Cierre", minutes="5")
    second = page(seen=seen, title="Cierre", minutes="5")
    assert (first.status_code, second.status_code) == (303, 409)
    assert titles(event_open).count("Cierre") == 1
    assert "agréguelo otra vez" in second.content.decode()
    assert 'value="Cierre"' in second.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"title": "", "minutes": "5"}, "title", "Este campo es obligatorio."),
        ({"title": "X", "minutes": ""}, "minutes", "Escriba cuántos minutos dura."),
        ({"title": "X", "minutes": "0"}, "minutes", "Dura al menos un minuto."),
        ({"title": "X", "minutes": "-3"}, "minutes", "Dura al menos un minuto."),
        ({"title": "X", "minutes": "media hora"}, "minutes", "Escriba los minutos con un número"),
        ({"title": "X", "minutes": "99999"}, "minutes", "no dura más de un día: 1440 minutos"),
        ({"title": "X" * 121, "minutes": "5"}, "title", "120"),
        ({"title": "X", "minutes": "5", "office": "nadie"}, "office", "válida"),
        (
            {"title": "X", "minutes": "5", "started_at": "9999-12-31T23:30:00"},
            "started_at",
            "Revise el año",
        ),
        (
            {"title": "X", "minutes": "5", "recording_second": "9" * 30},
            "recording_second",
            "menor o igual",
        ),
        ({"title": "X", "minutes": "5", "parent": "99999999999999999999"}, "parent", "válida"),
    ],
)
def test_mistakes_are_told_beside_their_field(page, event_open, typed, field, words):
    response = page(**{"description": "Lo que escribí", **typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    text = response.content.decode()
    assert words in text
    assert f'aria-describedby="id_item-{field}-error"' in text
    assert "Lo que escribí" in text
    assert titles(event_open) == ["Instalación", "Diálogo con la ciudadanía"]


def test_a_part_is_added_to_its_moment(page, event_open):
    moment = point(event_open, "Instalación")
    assert page(title="Himno", minutes="5", parent=str(moment.pk)).status_code == 303
    assert point(event_open, "Himno").parent == moment
    below = page(title="Z", minutes="5", parent=str(point(event_open, "Himno").pk))
    assert list(below.context["form"].errors) == ["parent"]


def test_the_buttons_order_the_points(page, event_open):
    second = point(event_open, "Diálogo con la ciudadanía")
    assert page("up", second.pk).status_code == 303
    assert titles(event_open) == ["Diálogo con la ciudadanía", "Instalación"]
    page("down", second.pk)
    page("in", second.pk)
    assert point(event_open, second.title).parent == point(event_open, "Instalación")
    page("out", second.pk)
    assert titles(event_open) == ["Instalación", "Diálogo con la ciudadanía"]


def test_what_is_being_typed_survives_every_button(page, event_open):
    first, second = event_open.agenda.all()
    for act, item in (("up", second), ("down", second), ("edit", first), ("ask", first)):
        response = page(act, item.pk, title="A medias", minutes="no sé", presenter="Planeación")
        text = response.content.decode()
        assert response.status_code == 200
        assert 'value="A medias"' in text
        assert 'value="no sé"' in text
        assert 'value="Planeación"' in text
        assert response.context["form"].errors == {}


def test_a_point_is_edited(page, event_open):
    item = point(event_open, "Instalación")
    opened = page("edit", item.pk)
    assert 'value="Instalación"' in opened.content.decode()
    seen = opened.context["item_seen"]
    typed = {"title": "Apertura", "minutes": "20", "started_at": "2031-03-05T09:02:00"}
    response = page(editing=str(item.pk), item_seen=seen, recording_second="120", **typed)
    assert response.status_code == 303
    item.refresh_from_db()
    assert (item.title, item.minutes, item.recording_second) == ("Apertura", 20, 120)
    assert item.started_at is not None
    late = page(editing=str(item.pk), item_seen=seen, title="Otra", minutes="20")
    assert late.status_code == 409
    assert "Otra persona cambió este punto" in late.content.decode()
    assert 'value="Otra"' in late.content.decode()
    item.refresh_from_db()
    assert item.title == "Apertura"


def test_an_edition_that_was_overtaken_stays_overtaken_until_it_is_opened_anew(page, event_open):
    item = point(event_open, "Instalación")
    seen = page("edit", item.pk).context["item_seen"]
    event_open.agenda.filter(pk=item.pk).update(title="De otra persona")
    typed = {"editing": str(item.pk), "title": "Mío", "minutes": "20"}
    refused = page(item_seen=seen, **typed)
    again = page(item_seen=refused.context["item_seen"], **typed)
    assert (refused.status_code, again.status_code) == (409, 409)
    assert titles(event_open)[0] == "De otra persona"


def test_an_order_that_somebody_changed_meanwhile(page, event_open):
    seen = page.client.get(page.address).context["order_seen"]
    first, second = event_open.agenda.all()
    page("up", second.pk)
    response = page("delete", first.pk, seen=seen, title="A medias")
    assert response.status_code == 409
    assert any("Otra persona cambió el orden" in words for words in said(response))
    assert 'value="A medias"' in response.content.decode()
    assert event_open.agenda.count() == 2


def test_taking_away_asks_first(page, event_open):
    item = point(event_open, "Instalación")
    asked = page("ask", item.pk).content.decode()
    assert f'value="delete-{item.pk}"' in asked
    assert event_open.agenda.count() == 2
    assert page("keep", item.pk).status_code == 200
    assert page("delete", item.pk).status_code == 303
    assert titles(event_open) == ["Diálogo con la ciudadanía"]
    gone = page("up", item.pk, title="A medias")
    assert gone.status_code == 409
    assert 'value="A medias"' in gone.content.decode()


@pytest.mark.parametrize("act", ["fly-1", "up-", "up-x", "up-" + "9" * 40, "up-٣", "delete"])
def test_what_no_button_sends_is_refused(page, act):
    assert page(act).status_code == 400


def test_a_point_of_another_event_is_not_moved(page, event_held):
    foreign = event_held.agenda.order_by("order")[1]
    assert page("up", foreign.pk).status_code == 409
    assert titles(event_held) == ["Instalación", "Diálogo con la ciudadanía"]


def test_what_happened_is_asked_once_it_is_public(page, event_open):
    assert 'name="item-started_at"' in page.client.get(page.address).content.decode()
    draft_of(event_open)
    assert 'name="item-started_at"' not in page.client.get(page.address).content.decode()


@pytest.mark.parametrize(
    ("role", "sees"),
    [("internal_control", 200), ("administration", 200), ("office", 200), ("moderation", 200)],
)
def test_who_reads_events_sees_the_agenda_and_no_button(desk, staff, event_open, role, sees):
    client = desk(staff[role])
    address = f"{DESK}{event_open.pk}/agenda/"
    response = client.get(address)
    assert response.status_code == sees
    assert 'value="up-' not in response.content.decode()
    assert 'name="item-title"' not in response.content.decode()
    sent = {"act": "save", "item-title": "X", "item-minutes": "5", "item-kind": "talk"}
    assert client.post(address, sent).status_code == 403
    assert event_open.agenda.count() == 2


def test_a_stranger_sees_nothing(client, event_open):
    for word in ("agenda", "transmision", "copiar"):
        assert client.get(f"{DESK}{event_open.pk}/{word}/").status_code == 302


def test_a_new_event_leads_to_its_agenda(desk, staff):
    client = desk(staff.communications)
    response = client.post(f"{DESK}add/", {**form_of(), "_save": "1"})
    assert response.url.endswith("/agenda/")
    assert "Todavía no hay puntos" in client.get(response.url).content.decode()


def test_the_page_costs_the_same_with_many_points(page, event_open):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page.client.get(page.address)
        return len(captured)

    event_open.documents.create(
        title="A", url="https://a.example", agenda_item=event_open.agenda.first()
    )
    queries()  # the process knows the entity and the versions by now
    few = queries()
    for number in range(3, 60):
        item = event_open.agenda.create(order=number, title=f"Punto {number}", minutes=1)
        event_open.documents.create(title="A", url="https://a.example", agenda_item=item)
    assert queries() == few
