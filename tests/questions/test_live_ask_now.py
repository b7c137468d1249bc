"""Pregunte ahora: the short form of the live page, without a token and with a receipt."""

import re

import pytest
from django.urls import reverse

from entity.models import Consent, PrivacyNotice
from portal.base import addresses
from questions import guard
from questions.models import Draft, LiveTurn, Question

pytestmark = pytest.mark.django_db

OWN = {"HTTP_ORIGIN": "http://testserver"}
TEXT = "¿Cuándo llega el agua limpia a la vereda El Pencal?"


def address(event):
    return f"/eventos/{event.slug}/preguntar/ya/"


def send(client, event, **typed):
    data = {"text": TEXT, "municipality": "Oiba", "name": "", **typed}
    return client.post(address(event), data, **OWN)


def errors(response) -> str:
    return " ".join(re.findall(r'mensaje-error"[^§]*?</p>', response.content.decode()))


def test_it_files_what_was_typed_and_opens_the_receipt_for_this_browser_alone(client, event_open):
    response = send(client, event_open)
    assert response.status_code == 303
    receipt = f"/eventos/{event_open.slug}/preguntar/listo/"
    assert response["Location"] == f"{receipt}#contenido"
    question = Question.objects.get()
    assert question.original_text == TEXT
    assert (question.channel, question.event, question.place) == ("web", event_open, "Oiba")
    assert question.visibility == "unmoderated"
    assert question.display == "municipality"
    assert not hasattr(question, "author")
    page = client.get(receipt)
    assert question.reference in page.content.decode()
    other = type(client)()
    assert other.get(receipt).status_code == 302
    assert not Draft.objects.exists()


def test_who_opens_the_address_gets_the_whole_form(client, event_open):
    response = client.get(address(event_open))
    assert response["Location"] == f"/eventos/{event_open.slug}/preguntar/"


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://elsewhere.example"}])
def test_no_other_site_sends_it(client, event_open, origin):
    data = {"text": TEXT, "municipality": "Oiba"}
    assert client.post(address(event_open), data, **origin).status_code == 403
    assert not Question.objects.exists()


def test_an_event_that_is_not_public_has_none(client, event_open):
    event_open.status = "draft"
    event_open.save()
    assert send(client, event_open).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Escriba su pregunta"),
        ({"text": "¿Y el agua?"}, "Es muy corto. Cuéntenos un poco más"),
        ({"text": "a" * 281}, "El texto tiene 281 letras"),
        ({"text": "ñ" * 10_000}, "El texto tiene 10.000 letras"),
        ({"municipality": ""}, "Escriba el municipio, por ejemplo Oiba"),
        ({"municipality": "Oyba"}, "No encontramos «Oyba». ¿Quiso decir Oiba?"),
        (
            {"name": "Ana Ruiz"},
            "Marque la casilla para que podamos usar su nombre, o quite el nombre",
        ),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(
    client, event_open, typed, sentence
):
    response = send(client, event_open, **typed)
    assert response.status_code == 200
    assert sentence in errors(response)
    html = response.content.decode()
    kept = {"text": TEXT, "municipality": "Oiba", **typed}
    assert all(value in html for value in kept.values())
    assert not Question.objects.exists()


def test_a_name_is_kept_with_the_notice_that_was_agreed_to(client, event_open):
    notice = PrivacyNotice.objects.get()
    send(client, event_open, name="Ana Ruiz", consent="on", notice=notice.pk)
    question = Question.objects.get()
    assert (question.display, question.public_name) == ("name", "Ana Ruiz")
    assert Consent.objects.get(object_id=question.pk).notice == notice


def test_without_a_name_no_consent_is_kept(client, event_open):
    send(client, event_open, consent="on", notice=PrivacyNotice.objects.get().pk)
    assert not Consent.objects.exists()


def test_a_program_that_fills_the_hidden_field_presses_once_more(client, event_open):
    response = send(client, event_open, sitio_web="x")
    assert response.status_code == 200
    assert "Lea su texto una vez más" in response.content.decode()
    assert not Question.objects.exists()


def test_two_presses_of_one_page_are_one_question_with_its_receipt(client, event_open):
    press = "0123456789abcdef" * 2
    first, second = (send(client, event_open, press=press) for _press in range(2))
    assert first["Location"] == second["Location"]
    assert Question.objects.count() == 1
    other_words = send(client, event_open, press=press, text="¿Quién revisa las canteras?")
    assert other_words.status_code == 303
    assert Question.objects.count() == 2


def test_the_same_words_once_more_lead_this_browser_to_its_receipt(client, event_open):
    send(client, event_open)
    again = send(client, event_open, text=TEXT.upper())
    assert again["Location"].endswith("/listo/#contenido")
    assert Question.objects.count() == 1


def test_the_same_words_from_the_same_connection_are_refused_kindly(client, event_open):
    send(client, event_open)
    response = send(type(client)(), event_open)
    assert response.status_code == 409
    assert "Ya tenemos esta pregunta." in response.content.decode()
    assert TEXT in response.content.decode()
    assert Question.objects.count() == 1


def test_many_from_one_connection_are_asked_a_sum_and_keep_their_words(client, event_open):
    key = f"{addresses.limit_key('127.0.0.1')}|{event_open.slug}"
    addresses.count("submission", key, window=guard.WINDOW, add=guard.ASK_FROM)
    response = send(client, event_open)
    html = response.content.decode()
    assert response.status_code == 200
    assert "¿Cuánto es" in html
    assert TEXT in html
    assert not Question.objects.exists()
    words = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}
    one, other = re.search(r"¿Cuánto es (\w+) más (\w+)\?", html).groups()
    signed = re.search(r'name="simple_signed" value="([^"]+)"', html)[1]
    send(client, event_open, simple_answer=words[one] + words[other], simple_signed=signed)
    assert Question.objects.count() == 1


def test_a_flood_from_one_connection_waits_with_its_words(client, event_open):
    key = f"{addresses.limit_key('127.0.0.1')}|{event_open.slug}"
    addresses.count("submission", key, window=guard.WINDOW, add=guard.REFUSE_FROM)
    response = send(client, event_open)
    assert response.status_code == 429
    assert TEXT in response.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Vea \u202eetinu\u202c la quebrada sin agua", "Vea etinu la quebrada sin agua"),
        ("<script>alert(1)</script> ¿y el agua?", "<script>alert(1)</script> ¿y el agua?"),
        ("Gane dinero en https://estafa.example hoy", "Gane dinero en https://estafa.example hoy"),
    ],
)
def test_whatever_comes_is_held_for_review(client, event_open, text, kept):
    send(client, event_open, text=text)
    question = Question.objects.get()
    assert question.original_text == kept
    assert (question.visibility, LiveTurn.objects.count()) == ("unmoderated", 0)
    assert client.get(reverse("event_questions", args=[event_open.slug])).status_code == 200


def test_typed_markup_comes_back_as_letters(client, event_open):
    html = send(client, event_open, text='"><script>x()</script>').content.decode()
    assert "<script>x()" not in html
