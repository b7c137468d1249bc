"""Home: an invitation, a record or a poster, by what event there is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entity.models import Entity
from portal.base import versions

MOST_QUERIES = 12


def h1(response) -> list[str]:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return [text.strip() for text in found]


def test_a_coming_event_invites(client, event_open, event_held):
    response = client.get("/")
    assert response.status_code == 200
    assert h1(response) == [event_open.title]
    page = response.content.decode()
    assert f'href="/eventos/{event_open.slug}/preguntar/"' in page
    assert f'rel="canonical" href="http://127.0.0.1:8000/eventos/{event_open.slug}/"' in page
    assert f'href="/eventos/{event_held.slug}/"' in page  # the last one, below


def test_without_a_coming_event_the_last_one_is_shown(client, event_held):
    response = client.get("/")
    assert h1(response) == [event_held.full_name]
    assert f'href="/eventos/{event_held.slug}/"' in response.content.decode()


def test_without_any_event_there_is_a_poster(client, entity):
    response = client.get("/")
    assert response.status_code == 200
    assert len(h1(response)) == 1
    assert 'href="/preguntar/"' in response.content.decode()
    assert "fecha__dia" not in response.content.decode()


def test_an_event_nobody_announced_is_not_shown(client, event_open):
    type(event_open).objects.filter(pk=event_open.pk).update(status="draft")
    versions.content_changed(event_open.slug)
    assert event_open.title not in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/en/", "/accesibilidad/", "/como-participar/"])
def test_before_the_set_up_a_sentence_names_the_command(client, db, address):
    response = client.get(address)
    assert response.status_code == 503
    assert "manage.py setup_entity" in response.content.decode()
    assert response.headers["Retry-After"]
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(client, event_open, event_held, rows):
    for number in range(rows):
        event_open.documents.create(title=f"Informe {number}", url="https://files.example/a.pdf")
        event_open.sections.create(title=f"Parte {number}", slug=f"parte-{number}", body="Texto")
    client.get("/buscar/")  # versions, marks and entity are known to the process
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/").status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_english_pages_stay_english(client, event_open):
    page = client.get("/en/").content.decode()
    assert '<html lang="en"' in page
    assert 'href="/en/preguntas/"' in page
    assert f'href="/en/eventos/{event_open.slug}/preguntar/"' in page


def test_own_colours_come_as_a_stylesheet(client, entity):
    assert client.get("/tema.css").content == b""
    Entity.objects.update(forest="#102030")
    versions.everything_changed()
    sheet = client.get("/tema.css")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert sheet.content == b":root{--bosque:#102030}"
    assert 'href="/tema.css"' in client.get("/").content.decode()
