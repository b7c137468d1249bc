"""Permanent pages and small files: same for everybody, no cookie, 304 for who has them."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entity.models import Entity, PrivacyNotice
from portal.base import versions
from portal.base.models import StoredFile
from questions.models import PetitionType

PAGES = [
    "/", "/buscar/", "/como-participar/", "/accesibilidad/", "/datos-personales/",
    "/correcciones/", "/mapa-del-sitio/", "/preferencias/",
]  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_public_pages(client, event_open, event_held, address, language):
    response = client.get(language + address)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert '<html lang="en"' in page if language else '<html lang="es-CO"' in page
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in page
    assert "max-age=0" in response.headers["Cache-Control"]
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    again = client.get(language + address, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("address", PAGES)
def test_links_of_english_pages_stay_english(client, event_open, address):
    page = client.get(f"/en{address}").content.decode()
    inside = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))
    spanish = address if address != "/" else "/"
    allowed = ("/en/", "/static/", spanish)
    assert not {a for a in inside if not a.startswith(allowed[:2]) and a != spanish}


@pytest.mark.parametrize("address", PAGES[1:])
def test_few_queries(client, event_open, event_held, address):
    client.get("/accesibilidad/" if address != "/accesibilidad/" else "/buscar/")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 8


def test_terms_come_from_their_rows(client, entity):
    PetitionType.objects.create(code="rara", name="Petición rara", working_days=77)
    versions.content_changed()
    page = client.get("/como-participar/").content.decode()
    assert "Petición rara" in page
    assert "<td>77</td>" in page
    assert 'id="ocultar"' in page


def test_the_notice_in_force_is_shown_with_its_fingerprint(client, entity):
    old = PrivacyNotice.objects.get()
    page = client.get("/datos-personales/").content.decode()
    assert old.sha256 in page
    PrivacyNotice.objects.create(
        version="futuro", title="Otro", text="Más adelante", consent_label="Sí",
        in_force_from=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    new = PrivacyNotice.objects.create(
        version="2021-1", title="Nuevo", text="Ahora", consent_label="Sí",
        in_force_from=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    versions.content_changed()
    page = client.get("/datos-personales/").content.decode()
    assert new.sha256 in page
    assert old.sha256 not in page


def test_the_site_map_names_every_public_event(client, event_open, event_held):
    page = client.get("/mapa-del-sitio/").content.decode()
    for event in (event_open, event_held):
        assert f'href="/eventos/{event.slug}/"' in page
        assert f'href="/eventos/{event.starts_at.year}/"' in page


def test_robots_stay_out_of_personal_pages(client, entity):
    text = client.get("/robots.txt").content.decode()
    for address in ("/gestion/", "/cuenta/", "/mi-pregunta/", "/en/mi-pregunta/"):
        assert f"Disallow: {address}\n" in text


def test_the_old_address_of_the_icon(client, db):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/static/img/favicon")


def give_logo(content_type):
    logo = StoredFile(name="logo.png", content_type=content_type, size=len(PNG), sha256="a" * 64)
    logo.content.save("logo.png", ContentFile(PNG), save=False)
    logo.save()
    Entity.objects.update(logo=logo)
    versions.everything_changed()
    return logo


def test_the_logo_is_a_picture_that_cannot_act(client, entity):
    assert client.get("/logo").status_code == 404
    give_logo("image/png")
    response = client.get("/logo")
    assert b"".join(response.streaming_content) == PNG
    assert response.headers["Content-Type"] == "image/png"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    tag = response.headers["ETag"]
    assert client.get("/logo", headers={"if-none-match": tag}).status_code == 304
    assert 'src="/logo"' in client.get("/").content.decode()


@pytest.mark.parametrize("content_type", ["image/svg+xml", "text/html", "application/pdf"])
def test_nothing_else_passes_for_a_logo(client, entity, content_type):
    give_logo(content_type)
    assert client.get("/logo").status_code == 404
