"""What anybody without a login may send or ask of an event, and what they never see."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse

from events import publishing, schedule
from events.models import Attendee, Document, Event, Result, Speaker
from events.people import workflow as people
from portal.base import automatic, clock
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail
from tests import cast
from tests.events.desk import change, form_of


@pytest.fixture
def draft(entity):
    """A draft with everything that could show it."""
    starts = clock.now() + timedelta(days=60)
    event = cast.make_event(
        slug="2027-03-03-secreta", title="Jornada secreta", starts_at=starts,
        ends_at=starts + timedelta(hours=1), takes_attendees=True, takes_speakers=True,
        topics_close_on=starts.date(),
    )  # fmt: skip
    Document.objects.create(event=event, title="Informe secreto", url="https://x.example/s")
    Result.objects.create(event=event, number=1, goal="Meta secreta")
    publishing.event_changed(event)
    return event


@pytest.mark.parametrize(
    "page",
    [
        "", "documentos/", "cuentas/", "cuentas.csv", "calendario.ics", "tarjeta/", "tarjeta.png",
        "afiche-a4.pdf", "volante-carta.pdf", "temas/", "inscribirse/", "inscribirse/listo/",
        "intervenir/", "intervenir/listo/", "preguntar/", "preguntas/", "acta/",
    ],
)  # fmt: skip
def test_no_address_of_a_draft_is_there(client, draft, page):
    address = f"{draft.get_absolute_url()}{page}"
    answers = [client.get(address).status_code, client.get(f"/en{address}").status_code]
    assert answers == [404, 404]


@pytest.mark.parametrize(
    "page",
    [
        "/", "/en/", "/eventos/", "/calendario/", "/calendario/2027/", "/proceso/",
        "/calendario.ics", "/novedades.atom", "/mapa-del-sitio/", "/buscar/?q=secreta",
        "/preguntar/?sobre=documento-{document}", "/suscribirse/?evento={slug}",
        "{open}preguntar/?sobre=documento-{document}",
        "{open}preguntas/?sobre=documento-{document}", "{open}",
    ],
)  # fmt: skip
def test_no_other_page_tells_of_a_draft(client, draft, event_open, page):
    told = {
        "document": draft.documents.get().pk, "slug": draft.slug,
        "open": event_open.get_absolute_url(),
    }  # fmt: skip
    response = client.get(page.format(**told), follow=True)
    text = response.content.decode().replace("q=secreta", "").replace('value="secreta"', "")
    assert not re.findall(r"(?:Jornada|Informe|Meta) secret", text)
    assert f"{draft.slug}/" not in text


def test_a_programme_that_nobody_has_is_never_kept(client, event_open):
    """Each kept page costs its rendering and pushes another one out of the store."""
    Result.objects.create(event=event_open, number=1, goal="G", programme="Agua")
    address = reverse("event_results", args=[event_open.slug])
    assert client.get(address, {"programa": "Agua"}).status_code == 200
    kept = len(caches["pages"]._cache)
    for number in range(5):
        response = client.get(address, {"programa": f"Otro {number}"})
        assert (response.status_code, response.headers["Location"]) == (302, address)
    assert len(caches["pages"]._cache) == kept


def test_whoever_proposed_a_topic_is_thanked(client, event_open):
    Event.objects.filter(pk=event_open.pk).update(topics_close_on=clock.local_day())
    page = client.get(f"{event_open.get_absolute_url()}temas/?enviado=1")
    assert "Recibimos su tema." in page.content.decode()


def test_the_page_moves_when_registration_to_speak_closes(event_open):
    closes = clock.now() + timedelta(hours=3)
    Event.objects.filter(pk=event_open.pk).update(speakers_close_at=closes)
    assert closes in list(schedule.clock_marks())


# Registration: the code of a person is drawn from the token of the page.


@pytest.fixture
def taking(event_open):
    """An event where people register."""
    event_open.takes_attendees = event_open.takes_speakers = True
    event_open.speakers_close_at = event_open.starts_at
    event_open.save()
    return event_open


def person(page="t", name="Luz Díaz", **told):
    return people.Person(token=page, name=name, more={"needs": ""}, **told)


def speaker(page="t", name="Luz Díaz", theme="Agua"):
    return people.Person(token=page, name=name, more={"theme": theme})


def test_a_second_press_is_one_registration(taking):
    first, second = (people.register_attendee(taking, person()) for _press in range(2))
    assert first == second


def test_a_page_that_was_used_does_not_give_one_code_to_two(taking):
    people.register_attendee(taking, person())
    with pytest.raises(people.PageUsed):
        people.register_attendee(taking, person(name="Ana Ríos"))
    people.register_speaker(taking, speaker())
    with pytest.raises(people.PageUsed):
        people.register_speaker(taking, speaker(name="Ana Ríos"))
    with pytest.raises(people.PageUsed):
        people.register_speaker(taking, speaker(theme="Bosques"))


def test_a_page_whose_registration_was_cancelled_says_so(taking):
    people.cancel_attendance(people.register_attendee(taking, person()))
    with pytest.raises(people.PageUsed):
        people.register_attendee(taking, person())


def test_a_page_of_another_event_says_so(taking, event_held, staff):
    people.register_attendee(taking, person())
    people.register_speaker(taking, speaker())
    with pytest.raises(MoveRefused):
        people.register_attendee(event_held, person(), actor=staff.communications)
    with pytest.raises(MoveRefused):
        people.register_speaker(event_held, speaker(), actor=staff.communications)
    with pytest.raises(MoveRefused):
        people.walk_in(event_held, person(), actor=staff.communications)


def test_the_used_page_is_drawn_anew_and_the_next_press_works(client, taking, monkeypatch):
    monkeypatch.setattr(automatic, "looks_automatic", lambda post: False)
    address = reverse("event_attend", args=[taking.slug])
    told = {"name": "Luz Díaz", "consent": "on", "started": "a"}
    assert client.post(address, told).status_code == 303
    again = client.post(address, {**told, "name": "Ana Ríos"})
    page = again.content.decode()
    assert "Con esta página ya se inscribió alguien." in page and 'value="Ana Ríos"' in page
    started = re.search(r'name="started" value="([^"]+)"', page)[1]
    assert started != "a"
    assert client.post(address, {**told, "name": "Ana Ríos", "started": started}).status_code == 303
    assert set(Attendee.objects.values_list("name", flat=True)) == {"Luz Díaz", "Ana Ríos"}


def test_the_desk_enters_two_speakers_from_one_page_without_an_error(desk, staff, taking):
    client = desk(staff.communications)
    address = f"/gestion/events/event/{taking.pk}/intervenciones/agregar/"
    told = {
        "name": "Luz Díaz", "theme": "Agua", "in_own_name": "1", "medium": "in_person",
        "consent": "on", "means": "spoken", "started": "",
    }  # fmt: skip
    assert client.post(address, told).status_code == 303
    refused = client.post(address, {**told, "name": "Ana Ríos"})
    assert "Con esta página ya se inscribió alguien." in refused.content.decode()
    assert [row.name for row in Speaker.objects.all()] == ["Luz Díaz"]


def test_nobody_fills_the_mailbox_of_another(taking):
    people.register_attendee(taking, person(email="a@b.example"))
    for number in range(3):
        people.register_attendee(taking, person(page=f"x{number}", email="a@b.example"))
    mails = OutgoingMail.objects.filter(to="a@b.example")
    assert mails.count() == 2  # the registration, and one that tells of the others
    codes = [person(page=f"x{number}").code[:4] for number in range(3)]
    assert not [key for key in mails.values_list("key", flat=True) for c in codes if c in key]


# What is edited at the desk is seen by everybody, wherever it is shown.

EDITED = [
    ("title", "Título nuevo", ("page", "calendar", "news", "card", "home")),
    ("subtitle", "Nombre entero nuevo", ("page", "calendar", "news")),
    ("summary", "Resumen nuevo.", ("page", "calendar")),
    ("venue", "Coliseo nuevo", ("page", "calendar")),
    ("place_address", "Calle 9 n.º 1-1", ("page", "calendar")),
    ("room_access", "Rampa nueva", ("page",)),
    ("about", "Asunto nuevo", ("page",)),
    ("quotation", "Cita nueva", ("page",)),
    ("norms", "Norma nueva", ("page",)),
    ("rules", "Regla nueva", ("page",)),
    ("media_note", "Emisora nueva", ("page",)),
]


@pytest.mark.parametrize(("name", "value", "places"), EDITED)
def test_an_edit_is_seen_wherever_it_is_shown(client, desk, staff, event_open, name, value, places):
    own = event_open.get_absolute_url()
    addresses = {
        "page": own, "calendar": f"{own}calendario.ics", "news": "/novedades.atom",
        "card": f"{own}tarjeta/", "home": "/",
    }  # fmt: skip

    def showing():
        pages = {place: client.get(addresses[place]).content.decode() for place in places}
        unfolded = {place: text.replace("\r\n ", "") for place, text in pages.items()}
        return {place for place, text in unfolded.items() if value in text}

    assert showing() == set()  # and each of them is kept now
    at_desk = type(client)()
    at_desk.force_login(staff.communications)
    told = form_of(event_open, **{"modality": "in_person", "venue": "Sala", name: value})
    assert at_desk.post(change(event_open), told).status_code == 302
    assert showing() == set(places)
