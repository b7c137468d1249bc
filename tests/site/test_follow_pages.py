"""The pages behind the links of messages: a button first, one click of mail programs, no traces."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.base import follows
from portal.base.models import OutgoingMail, Subscription
from questions import workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(make_question, staff):
    question = make_question()
    return workflow.publish_text(
        question, actor=staff.moderation, public_text="¿Cuándo revisan?", title="El vertimiento"
    )


@pytest.fixture
def asked(question):
    """The follow that waits, and the path of its link."""
    follows.start(f"question:{question.number}", "ana@example.org")
    text = OutgoingMail.objects.get(key__startswith="follow:").text
    return Subscription.objects.get(), urlsplit(
        re.search(r"https?://\S+/confirmar/\S+", text)[0]
    ).path


def stop_path(row, prefix=""):
    return f"{prefix}/seguir/terminar/{follows.token(row, follows.STOP)}/"


def text_of(response):
    return " ".join(response.content.decode().split())


def test_looking_at_the_link_confirms_nothing(client, asked):
    row, path = asked
    for _time in range(3):
        page = client.get(path)
    assert page.status_code == 200 and "<h1" in text_of(page)
    assert f"La pregunta {row.topic[9:]}" in text_of(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in text_of(page)
    assert client.head(path).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_the_button_confirms_once_and_for_good(client, asked):
    row, path = asked
    page = client.post(path)
    assert "Listo" in text_of(page) and "/preguntas/" in text_of(page)
    row.refresh_from_db()
    first = row.confirmed_at
    client.post(path)
    row.refresh_from_db()
    assert row.confirmed_at == first is not None


def test_confirming_carries_a_token_of_the_page(asked):
    _row, path = asked
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


def test_a_link_that_is_no_more_says_what_to_do(client, asked):
    row, path = asked
    row.delete()
    for response in (client.get(path), client.post(path), client.get("/seguir/confirmar/x/")):
        assert response.status_code == 410
        assert "Este enlace ya no sirve" in text_of(response)


def test_looking_at_the_other_link_ends_nothing(client, asked):
    row, _path = asked
    page = client.get(stop_path(row))
    assert page.status_code == 200 and "csrf" not in text_of(page)
    assert Subscription.objects.filter(pk=row.pk).exists()


def test_a_mail_program_ends_it_with_one_click(asked):
    """RFC 8058: a POST without cookie, without Origin, with this body and nothing else."""
    row, _path = asked
    program = Client(enforce_csrf_checks=True)
    body = {"List-Unsubscribe": "One-Click"}
    for _time in range(2):
        response = program.post(stop_path(row), body)
        assert response.status_code == 200 and not response.cookies
    assert not Subscription.objects.exists()


def test_whether_somebody_follows_is_not_told(client, asked):
    row, _path = asked
    known = client.post(stop_path(row))
    unknown = client.post("/seguir/terminar/no-es.nada/")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert "No le volveremos a escribir" in text_of(known)
    assert "No le volveremos a escribir" in text_of(unknown)


def test_a_reader_of_english_reads_english(client, asked):
    row, _path = asked
    assert "Stop writing to me" in text_of(client.get(stop_path(row, "/en")))


def test_no_page_shows_the_address(client, asked):
    row, path = asked
    for response in (client.get(path), client.post(path), client.get(stop_path(row))):
        assert "ana@example.org" not in text_of(response)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, asked, method):
    row, path = asked
    assert getattr(client, method)(path).status_code == 405
    assert getattr(client, method)(stop_path(row)).status_code == 405
    assert Subscription.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_click_over_a_real_connection(live_portal, entity):
    """As a mail server sends it: bare HTTP, nothing known of us but the address of the header."""
    follows.add("question:18", "ana@example.org", "es-co")
    path = stop_path(Subscription.objects.get())
    connection = http.client.HTTPConnection(urlsplit(live_portal).netloc, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, "List-Unsubscribe=One-Click", headers)
    response = connection.getresponse()
    assert response.status == 200 and response.getheader("Set-Cookie") is None
    assert not Subscription.objects.exists()
