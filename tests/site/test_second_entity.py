"""Another entity, set up through the desk alone: a small municipality far from Santander."""

import re
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from entity.models import Entity
from events.models import Event
from portal.base import automatic, clock
from questions.models import Question
from tests.desk_forms import fields_of, fill_in, text

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/en/", "/preguntar/", "/preguntas/", "/compromisos/", "/eventos/", "/buscar/",
    "/como-participar/", "/accesibilidad/", "/datos-personales/", "/correcciones/",
    "/mapa-del-sitio/", "/mi-pregunta/",
)  # fmt: skip
FIRST_ENTITY = re.compile(r"\bCAS\b|Santander|San Gil|cas\.gov|Corporación Autónoma", re.IGNORECASE)


@pytest.fixture
def desk(monkeypatch):
    """The first administrator, as docs/operations.md makes them; nothing else is there."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "una-clave-bien-larga-91")
    call_command("createsuperuser", "--noinput", username="primera", email="p@example.org")
    call_command("setup_roles", verbosity=0)
    client = Client()
    client.force_login(get_user_model().objects.get(username="primera"))
    return client


def set_up(desk):
    fill_in(
        desk, "/gestion/entity/entity/add/",
        name="Alcaldía de Puerto Nariño", short_name="Puerto Nariño",
        email="alcaldia@puertonarino.example", city="Puerto Nariño", department="Amazonas",
        department_code="91", region_name="Todo el municipio",
        website="https://puertonarino.example/",
        forest="#14304d", action="#1b4f8a", action_dark="#123a66",
    )  # fmt: skip
    fill_in(desk, "/gestion/entity/municipality/add/", code="91540", name="Puerto Nariño")
    fill_in(desk, "/gestion/entity/topic/add/", name="Acueducto", slug="acueducto", order="1")
    fill_in(
        desk, "/gestion/entity/office/add/",
        name="Secretaría de Planeación", short_name="Planeación", code="planeacion",
    )  # fmt: skip
    day = clock.local_day() + timedelta(days=40)
    fill_in(desk, "/gestion/entity/closingday/add/", date=f"{day}", reason="Fiesta del municipio")
    fill_in(
        desk, "/gestion/entity/privacynotice/add/",
        version="1", title="Datos personales", text="Usamos su correo solo para responderle.",
        consent_label="Autorizo a la Alcaldía de Puerto Nariño a usar mis datos para responderme.",
        in_force_from_0="2020-01-01", in_force_from_1="00:00:00",
    )  # fmt: skip


def ask(visitor, form="/preguntar/") -> str:
    """A citizen's question through the three steps; gives the page with the receipt."""
    page = visitor.get(form)
    first = {**fields_of(page), "kind": "question", "topic": "acueducto"}
    first |= {"text": "¿Cuándo llega el agua al barrio nuevo?", "municipality": "Puerto Nariño"}
    with patch("django.core.signing.time.time", return_value=time.time() - 60):
        first["started"] = automatic.opened_now()
    visitor.post(form, first)
    second = fields_of(visitor.get(f"{form}datos/"))
    visitor.post(f"{form}datos/", {**second, "display": "anonymous"})
    visitor.post(f"{form}revisar/", fields_of(visitor.get(f"{form}revisar/")))
    return text(visitor.get(f"{form}listo/"))


def test_the_desk_opens_before_there_is_an_entity(desk):
    """Nothing was run but `createsuperuser` and `setup_roles`: the rest is made at the desk."""
    assert Client().get("/").status_code == 503
    assert 'href="/gestion/entity/entity/add/"' in text(desk.get("/gestion/"))
    set_up(desk)
    assert "entity/add/" not in text(desk.get("/gestion/"))
    assert Entity.objects.get().short_name == "Puerto Nariño"
    for path in PAGES:
        page = Client().get(path)
        assert page.status_code == 200, path
        assert FIRST_ENTITY.search(text(page)) is None, (path, FIRST_ENTITY.search(text(page)))
        assert "Puerto Nariño" in text(page)


def test_a_citizen_asks_the_second_entity(desk):
    set_up(desk)
    receipt = ask(Client())
    question = Question.objects.get()
    assert question.reference in receipt
    assert question.municipality.name == "Puerto Nariño"
    assert FIRST_ENTITY.search(receipt) is None


def announced(desk) -> Event:
    """An event with its agenda, a stream and a document, as the desk makes it."""
    day = clock.local_day() + timedelta(days=20)
    fill_in(
        desk, "/gestion/events/event/add/",
        kind="mesa_de_trabajo", title="Mesa de trabajo del acueducto",
        starts_at=f"{day}T09:00:00", ends_at=f"{day}T10:00:00",
        about="El acueducto y su presupuesto.", venue="Casa de la cultura",
        cutoff_on=f"{day - timedelta(days=30)}",
        questions_open_at="2020-01-01T00:00:00", questions_close_at=f"{day}T08:00:00",
        **{
            "streams-0-kind": "radio", "streams-0-label": "Emisora comunitaria",
            "streams-0-url": "https://radio.example/",
            "documents-0-kind": "budget", "documents-0-title": "Presupuesto del acueducto",
            "documents-0-url": "https://puertonarino.example/presupuesto.pdf",
        },
    )  # fmt: skip
    event = Event.objects.get()
    agenda = f"/gestion/events/event/{event.pk}/agenda/"
    fill_in(desk, agenda, **{"item-title": "Cuentas del acueducto", "item-minutes": "40"})
    fill_in(desk, agenda, **{"item-title": "Preguntas", "item-minutes": "20"})
    announce = f"/gestion/events/event/{event.pk}/mover/announce/"
    fill_in(desk, announce)
    return Event.objects.get()


def test_an_event_is_written_and_announced_at_the_desk_alone(desk):
    set_up(desk)
    event = announced(desk)
    assert event.status == "announced"
    assert [item.title for item in event.agenda.all()] == ["Cuentas del acueducto", "Preguntas"]
    visitor = Client()
    for path in ("/", event.get_absolute_url(), "/calendario/", "/eventos/"):
        page = text(visitor.get(path))
        assert "Mesa de trabajo del acueducto" in page, path
        assert FIRST_ENTITY.search(page) is None, path
    receipt = ask(visitor, f"{event.get_absolute_url()}preguntar/")
    assert Question.objects.get().event == event
    assert Question.objects.get().reference in receipt
