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
from portal.base import clock
from questions import guard
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


def ask(visitor) -> str:
    """A citizen's question through the three steps; gives the page with the receipt."""
    page = visitor.get("/preguntar/")
    first = {**fields_of(page), "kind": "question", "topic": "acueducto"}
    first |= {"text": "¿Cuándo llega el agua al barrio nuevo?", "municipality": "Puerto Nariño"}
    with patch("django.core.signing.time.time", return_value=time.time() - 60):
        first["started"] = guard.opened_now()
    visitor.post("/preguntar/", first)
    second = fields_of(visitor.get("/preguntar/datos/"))
    visitor.post("/preguntar/datos/", {**second, "display": "anonymous"})
    visitor.post("/preguntar/revisar/", fields_of(visitor.get("/preguntar/revisar/")))
    return text(visitor.get("/preguntar/listo/"))


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
