"""NUL, which PostgreSQL's texts can't hold, reaches no view; numbers of addresses have a bound."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.base.plain_input import PlainInputMiddleware

pytestmark = pytest.mark.django_db

LONG = "9" * 30


def seen_by_view(request):
    """The request as a view gets it."""
    middleware = PlainInputMiddleware(lambda given: given)
    seen = middleware(request)
    middleware.process_view(seen, None, (), {})
    return seen


@pytest.mark.parametrize(
    ("query", "q"),
    [
        ("q=a%00b", "a b"),
        ("q=%%0000", "% 00"),
        ("q=%2500", "%00"),
        ("q=agua", "agua"),
        ("q=%00", " "),
    ],
)
def test_an_address_without_nul(query, q):
    assert seen_by_view(RequestFactory().get(f"/?{query}")).GET["q"] == q


def test_a_form_without_nul_and_with_all_its_words():
    sent = RequestFactory().post("/", {"text": "Agua\x00 y río", "many": ["a\x00", "b"], "x": "á"})
    seen = seen_by_view(sent).POST
    assert (seen["text"], seen.getlist("many"), seen["x"]) == ("Agua y río", ["a", "b"], "á")


def test_a_cookie_with_nul_is_none():
    request = RequestFactory().get("/")
    request.COOKIES |= {"sesion": "abcdefgh\x00", "lectura": "1n"}
    assert seen_by_view(request).COOKIES == {"lectura": "1n"}


def test_a_path_with_nul_is_not_found(client, entity):
    for path in ("/%00", "/gestion/questions/petitiontype/a%00/change/", "/eventos/a%00/"):
        assert client.get(path).status_code == 404


def test_a_session_cookie_with_nul_signs_nobody_in(entity):
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\x00ijkl"
    assert client.get("/gestion/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        f"/preguntas/{LONG}/", f"/preguntas/{LONG}-a/", f"/preguntas/{LONG}/pregunta.pdf",
        f"/preguntas/1/anexos/{LONG}/", f"/preguntas/{LONG}/anexos/1/pequena/",
        f"/compromisos/pruebas/{LONG}/", f"/eventos/{LONG}/", "/eventos/10000/", "/eventos/0/",
        f"/gestion/questions/question/{LONG}/archivo/9/",
        f"/gestion/questions/question/1/archivo/{LONG}/",
        f"/gestion/questions/question/formularios/1-{LONG}/",
        f"/gestion/questions/question/importar/{LONG}/",
        f"/gestion/questions/answer/{LONG}/escribir/",
        f"/gestion/questions/answer/1/anexo/{LONG}/",
        f"/gestion/events/event/{LONG}/mover/announce/",
        f"/gestion/r/{LONG}/1/", f"/gestion/r/1/{LONG}/",
    ],
)  # fmt: skip
def test_a_number_of_thirty_digits_is_not_found(staff, entity, address):
    client = Client(raise_request_exception=False)
    client.force_login(staff.root)
    assert client.get(address).status_code == 404


def test_no_address_of_ours_takes_a_number_without_a_bound():
    """Django's `int` takes any; `number` and `year` of the house do not."""
    rooms = ("portal", "entity", "events", "questions", "accountability")
    sources = [path for room in rooms for path in Path(settings.BASE_DIR, room).rglob("*.py")]
    found = [path.name for path in sources if re.search(r"<int:", path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_bounded_numbers_lead_where_they_should():
    assert reverse("question_number", args=[18]) == "/preguntas/18/"
    assert reverse("events_year", args=[2020]) == "/eventos/2020/"
