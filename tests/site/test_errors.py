"""Error pages: our words and headers, whatever is broken, the database included."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import path

from portal import urls as portal_urls
from portal.base import versions
from portal.site import errors

PUBLIC = ["/", "/en/", "/buscar/?q=agua", "/como-participar/", "/datos-personales/", "/tema.css"]


def break_it(request):
    raise ValueError


def forbid(request):
    raise PermissionDenied


def wait(request):
    return errors.too_many(request, 10)


urlpatterns = [
    path("romper/", break_it),
    path("prohibir/", forbid),
    path("esperar/", wait),
    *portal_urls.urlpatterns,
]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500, handler503 = errors.not_found, errors.server_error, errors.unavailable


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away():
    """Every query fails as when the server is gone."""
    calls = []

    def refuse(execute, sql, params, many, context):
        calls.append(sql)
        raise OperationalError("gone")

    versions.forget()
    with connection.execute_wrapper(refuse):
        yield calls


def assert_our_page(response, status):
    assert response.status_code == status
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert re.search(rf'error-pagina__cod"[^>]*>{status}<', page)
    assert 'lang="es-CO"' in page
    assert "Traceback" not in page
    headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert not response.cookies


def test_each_error_has_our_page(visitor, entity):
    assert_our_page(visitor.get("/nada/"), 404)
    assert_our_page(visitor.get("/prohibir/"), 403)
    assert_our_page(visitor.get("/esperar/"), 429)
    assert_our_page(visitor.get("/romper/"), 500)
    assert_our_page(visitor.get("/", headers={"host": "other.example"}), 400)
    assert visitor.get("/esperar/").headers["Retry-After"] == "600"


def test_a_broken_page_still_names_the_entity(visitor, entity):
    visitor.get("/")
    assert entity.email in visitor.get("/romper/").content.decode()


def test_faults_ask_the_database_nothing(entity, django_assert_num_queries):
    versions.forget()
    for page in (errors.server_error, errors.unavailable):
        with django_assert_num_queries(0):
            assert page(RequestFactory().get("/")).status_code >= 500


@pytest.mark.parametrize("address", PUBLIC)
def test_a_database_that_is_away_is_a_pause(visitor, entity, database_away, address):
    response = visitor.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("address", PUBLIC[:5])
def test_away_after_the_versions_were_read(visitor, entity, address):
    visitor.get("/accesibilidad/")

    def refuse(*args):
        raise InterfaceError("closed")

    with connection.execute_wrapper(refuse):
        response = visitor.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


def test_away_on_pages_with_a_session(visitor, entity, staff):
    visitor.force_login(staff.moderation)
    versions.forget()

    def refuse(*args):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        for address in ("/cuenta/login/", "/gestion/", "/mi-pregunta/", "/nada/"):
            assert visitor.get(address).status_code in (404, 503)
    assert visitor.get("/").status_code == 200  # and it comes back by itself


def test_an_unknown_page_needs_no_database(visitor, entity, database_away):
    assert_our_page(visitor.get("/nada/"), 404)


def test_forms_that_cannot_be_read(visitor, entity):
    own = {"HTTP_ORIGIN": "http://testserver"}
    kind = "application/x-www-form-urlencoded; charset=utf-7"
    assert_our_page(visitor.post("/preferencias/", b"size=3", content_type=kind, **own), 400)
    assert_our_page(visitor.post("/cuenta/login/", b"login=x", content_type=kind), 400)


def test_too_much_is_told_so(visitor, entity, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    own = {"HTTP_ORIGIN": "http://testserver"}
    assert_our_page(visitor.post("/preferencias/", {"next": "x" * 2000}, **own), 413)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    many = {f"f{n}": "1" for n in range(20)}
    assert_our_page(visitor.post("/preferencias/", many, **own), 400)


def test_a_lost_token_is_told_so(entity, settings):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert_our_page(strict.post("/cuenta/login/", {"login": "x"}), 403)


def test_english_errors_are_english(visitor, entity):
    assert 'lang="en"' in visitor.get("/en/nada/").content.decode()
