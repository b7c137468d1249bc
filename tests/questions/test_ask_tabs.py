"""Two tabs, a press too many, files chosen twice: what is sent is what was read."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.base.models import StoredFile
from questions.models import Draft, Question
from tests.questions.test_ask import PNG, Walk

pytestmark = pytest.mark.django_db
FIRST = "¿Quién vigila los vertimientos a la quebrada de la vereda?"
SECOND = "¿Cuándo atiende la sede de Málaga los sábados por la mañana?"


@pytest.fixture
def ask(client, event_open):
    return Walk(client, event_open.slug)


def mark_of(page):
    return re.search(r'name="shown" value="([^"]+)"', page).group(1)


def review(ask):
    return ask.client.get(ask.root + "revisar/").content.decode()


def test_what_another_tab_wrote_is_read_before_it_is_sent(ask):
    ask.question(text=FIRST)
    ask.author()
    shown = mark_of(review(ask))
    ask.question(text=SECOND, draft=Draft.objects.get().token)
    again = ask.send(shown=shown)
    page = again.content.decode()
    assert again.status_code == 200
    assert "Su texto cambió en otra pestaña." in page
    assert SECOND in page
    assert not Question.objects.exists()
    assert ask.send(shown=mark_of(page)).status_code == 303
    assert Question.objects.get().original_text == SECOND


def test_looking_at_the_form_again_changes_no_mark(ask):
    ask.question(text=FIRST)
    ask.author()
    shown = mark_of(review(ask))
    ask.question(text=FIRST, draft=Draft.objects.get().token)
    assert ask.send(shown=shown).status_code == 303


def test_sent_already_and_the_cookie_lost_leads_to_the_receipt(event_open, client):
    walk = Walk(client, event_open.slug)
    walk.question()
    walk.author()
    token = Draft.objects.get().token
    walk.send()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(walk.root + "revisar/", {"draft": token})
    assert (response.status_code, Question.objects.count()) == (303, 1)
    assert Question.objects.get().reference in strict.get(response.url).content.decode()


def test_a_draft_that_is_gone_shows_no_errors_for_what_was_never_typed(event_open):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/eventos/{event_open.slug}/preguntar/revisar/", {"draft": "gone"})
    assert response.status_code == 302
    assert response.url == f"/eventos/{event_open.slug}/preguntar/"


def test_a_file_chosen_again_is_kept_once(ask):
    def photo():
        return SimpleUploadedFile("foto.png", PNG)

    ask.question()
    bad = SimpleUploadedFile("carta.docx", b"no es una imagen")
    ask.author(files=[photo(), bad], consent="on")
    ask.author(files=[photo(), photo()], consent="on")
    assert StoredFile.objects.count() == 1
    assert len(Draft.objects.get().data["files"]) == 1


def test_a_wrong_sum_says_so_beside_the_field(ask):
    for number in range(10):
        ask.question(text=f"¿Quién vigila el vertimiento número {number} de la quebrada?")
        ask.author()
        ask.send()
    first = ask.whole().content.decode()
    assert "Todavía no se ha enviado." in first
    assert "mensaje-error" not in first
    signed = re.search(r'name="simple_signed" value="([^"]+)"', first).group(1)
    wrong = ask.send(simple_answer="99", simple_signed=signed).content.decode()
    assert 'aria-describedby="simple-hint simple-error" aria-invalid="true"' in wrong
    assert "Ese no era el resultado." in wrong


def test_a_municipality_with_its_department_is_understood(ask):
    assert ask.question(municipality="Oiba, Santander").status_code == 303
    assert Draft.objects.get().data["municipality"] == "Oiba"


def test_a_place_elsewhere_is_told_what_to_write(ask):
    page = ask.question(municipality="Bogotá").content.decode()
    assert (
        "No encontramos «Bogotá». Si no queda en Santander, escriba «Fuera de Santander»." in page
    )
