"""The form over HTTP: steps, bad input, lost cookies, double taps, floods."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from entity.models import Consent
from portal.base import automatic
from portal.base.models import OutgoingMail, StoredFile
from questions import codes, guard
from questions.models import Author, Draft, Question

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.fixture
def ask(client, event_open):
    return Walk(client, event_open.slug)


class Walk:
    """A citizen with a browser that has no JavaScript."""

    def __init__(self, client, slug):
        self.client, self.root = client, f"/eventos/{slug}/preguntar/"

    def started(self):
        with mock.patch("time.time", return_value=1_700_000_000):
            return automatic.opened_now()

    def question(self, client=None, **changes):
        data = {
            "kind": "question",
            "text": "¿Quién vigila los vertimientos a la quebrada de la vereda?",
            "topic": "agua",
            "municipality": "oiba",
            "started": self.started(),
        } | changes
        return (client or self.client).post(self.root, data)

    def author(self, **data):
        return self.client.post(self.root + "datos/", {"display": "anonymous"} | data)

    def send(self, client=None, **data):
        token = data.pop("draft", None) or Draft.objects.latest("changed_at").token
        return (client or self.client).post(self.root + "revisar/", {"draft": token} | data)

    def whole(self, **author):
        assert self.question().status_code == 303
        assert self.author(**author).status_code == 303
        return self.send()


def test_the_whole_walk_files_one_question_and_shows_the_code(ask, client):
    response = ask.whole()
    assert response.status_code == 303
    question = Question.objects.get()
    page = client.get(response.url).content.decode()
    assert question.reference in page
    shown = re.search(r'class="secreto">([0-9A-Z]{5}-[0-9A-Z]{5})<', page).group(1)
    assert codes.matches(shown, question.code_digest)
    assert question.municipality.name == "Oiba"
    assert question.status == "received"
    assert question.visibility == "unmoderated"
    assert not Draft.objects.exists()
    assert not Author.objects.exists()


def test_pages_of_the_form_are_stored_nowhere(ask, client):
    ask.whole()
    for tail in ("", "datos/", "revisar/", "listo/"):
        response = client.get(ask.root + tail)
        assert response.headers["Cache-Control"] == "private, no-store"


def test_a_second_press_shows_the_same_receipt(ask, client):
    ask.question()
    ask.author()
    token = Draft.objects.get().token
    first, second = ask.send(draft=token), ask.send(draft=token)
    assert first.url == second.url
    assert Question.objects.count() == 1
    assert client.get(second.url).content == client.get(first.url).content


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "", "Escriba su pregunta"),
        ("text", "corta", "Es muy corto. Cuéntenos un poco más"),
        ("text", "a" * 1620, "El texto tiene 1.620 letras. El máximo es 1.500"),
        ("topic", "", "Escoja el tema de su pregunta"),
        ("municipality", "", "Escriba el municipio, por ejemplo Oiba"),
        ("municipality", "Oyba", "¿Quiso decir Oiba?"),
        ("municipality", "París", "No encontramos «París»"),
    ],
)
def test_bad_input_gets_a_sentence_twice_and_keeps_the_rest(ask, field, value, sentence):
    response = ask.question(**{field: value})
    assert response.status_code == 200
    page = response.content.decode()
    summary = page.split('id="errores"')[1].split("</ul>")[0]
    beside = page.split(f'id="id_{field}-error"')[1].split("</p>")[0]
    assert sentence in summary
    assert sentence in beside
    assert 'id="errores"' in page
    assert "<title>Error: " in page
    if field != "text":
        assert "¿Quién vigila los vertimientos a la quebrada de la vereda?" in page
    if field != "municipality":
        assert 'value="oiba"' in page


@pytest.mark.parametrize("typed", ["OIBA", " oiba ", "Óiba", "Santander", "fuera de santander"])
def test_places_are_read_kindly(ask, typed):
    assert ask.question(municipality=typed).status_code == 303


def test_whole_region_and_outside_are_no_municipality(ask):
    ask.question(municipality="santander")
    ask.author()
    ask.send()
    question = Question.objects.get()
    assert (question.scope, question.municipality) == ("region", None)


def test_control_characters_go_and_every_script_stays(ask):
    text = "Agua \x00limpia\x07 para todos \u202e 🌊 Ѡ 水 — ¿cuándo?"
    assert ask.question(text=text).status_code == 303
    ask.author()
    ask.send()
    assert Question.objects.get().original_text == "Agua limpia para todos  🌊 Ѡ 水 — ¿cuándo?"


def test_consent_is_demanded_with_an_email_and_kept_with_the_notice(ask, entity):
    ask.question()
    refused = ask.author(email="persona@example.org")
    assert "Marque la casilla para que podamos usar su correo" in refused.content.decode()
    assert 'value="persona@example.org"' in refused.content.decode()
    assert ask.author(email="persona@example.org", consent="on").status_code == 303
    ask.send()
    consent = Consent.objects.get()
    assert consent.notice_sha256 == consent.notice.sha256
    assert consent.object_id == Question.objects.get().pk


def test_the_receipt_mail_has_the_number_and_a_link_but_never_the_code_nor_the_text(ask, client):
    response = ask.whole(email="persona@example.org", consent="on")
    question, mail = Question.objects.get(), OutgoingMail.objects.get()
    code = re.search(r'secreto">([^<]+)<', client.get(response.url).content.decode()).group(1)
    assert question.reference in mail.text
    assert "vertimientos" not in mail.text + mail.html + mail.subject
    assert code not in mail.text + mail.html
    token = mail.secrets[0]
    assert f"/mi-pregunta/enlace/{token}/" in mail.text


def test_a_name_is_published_only_by_choice(ask):
    ask.whole(name="Junta de ejemplo", consent="on")
    assert Question.objects.get().public_name == ""


def test_choosing_to_appear_without_a_name_is_told(ask):
    ask.question()
    page = ask.author(display="name").content.decode()
    assert "Escriba el nombre que debe aparecer" in page


def test_a_childs_name_is_never_published(ask):
    ask.whole(display="name", name="Una persona menor", is_minor="on", consent="on")
    assert Question.objects.get().public_name == ""


def test_files_go_through_the_gate_and_can_be_taken_away(ask):
    ask.question()
    bad = SimpleUploadedFile("plano.pdf", b"<html><script>alert(1)</script>")
    page = ask.author(files=bad, consent="on").content.decode()
    assert "PDF, JPG" in page
    assert not StoredFile.objects.exists()
    good = SimpleUploadedFile("../../foto.png", PNG)
    assert ask.author(files=good, consent="on").status_code == 303
    stored = StoredFile.objects.get()
    assert "/" not in stored.name
    again = ask.author(drop_file=str(stored.pk))
    assert again.status_code == 303
    assert not StoredFile.objects.exists()


def test_four_files_are_too_many(ask):
    ask.question()
    files = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(4)]
    assert "3" in ask.author(files=files, consent="on").content.decode()
    assert not StoredFile.objects.exists()


def test_filled_in_a_moment_or_with_the_hidden_field_is_asked_once_more(ask):
    quick = ask.question(started=automatic.opened_now())
    assert quick.status_code == 200
    assert "vertimientos" in quick.content.decode()
    assert ask.question(sitio_web="http://spam.example").status_code == 200
    assert ask.question(started="forged").status_code == 200
    assert not Draft.objects.exists()


WORDS = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}


def answer_of(response) -> tuple[str, str]:
    """What a person answers to the simple question of a page, and its hidden field."""
    page = response.content.decode()
    one, other = re.search(r"Cuánto es (\w+) más (\w+)", page).groups()
    signed = re.search(r'name="simple_signed" value="([^"]+)"', page).group(1)
    return str(WORDS[one] + WORDS[other]), signed


def test_the_eleventh_from_one_address_answers_a_simple_question_and_the_61st_waits(ask):
    for number in range(10):
        ask.question(text=f"¿Quién vigila el vertimiento número {number} de la quebrada?")
        ask.author()
        assert ask.send().status_code == 303
    asked = ask.whole()
    assert asked.status_code == 200
    _right, signed = answer_of(asked)
    wrong = ask.send(simple_answer="99", simple_signed=signed)
    assert wrong.status_code == 200
    right, signed = answer_of(wrong)
    assert ask.send(simple_answer=right, simple_signed=signed).status_code == 303
    assert Question.objects.count() == 11
    with mock.patch.object(guard, "REFUSE_FROM", 5):
        refused = ask.whole()
    assert refused.status_code == 429
    assert Draft.objects.count() == 1  # what was typed is still there


def test_a_lost_cookie_shows_the_form_again_with_what_was_typed(event_open):
    strict = Client(enforce_csrf_checks=True)
    walk = Walk(strict, event_open.slug)
    response = walk.question()
    page = response.content.decode()
    assert response.status_code == 200
    assert "¿Quién vigila los vertimientos" in page
    assert "La página estuvo abierta mucho tiempo" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    assert walk.question(csrfmiddlewaretoken=token).status_code == 303


def test_the_draft_goes_on_in_another_browser_by_its_token(ask):
    ask.question()
    draft = Draft.objects.get()
    other = Client()
    response = other.post(ask.root + "datos/", {"draft": draft.token, "display": "anonymous"})
    assert response.status_code == 303
    assert ask.send(client=other, draft=draft.token).status_code == 303


def test_after_the_close_the_form_stays_and_says_in_writing(ask, event_open):
    event_open.questions_close_at = event_open.questions_open_at + timedelta(minutes=1)
    event_open.save()
    page = ask.client.get(ask.root).content.decode()
    assert "la respuesta será por escrito" in page
    assert ask.whole().status_code == 303


def test_a_contribution_without_an_event(client, entity):
    walk = Walk(client, "x")
    walk.root = "/preguntar/"
    assert walk.whole().status_code == 303
    assert Question.objects.get().event is None


def test_no_draft_no_step_two(client, event_open):
    for tail in ("datos/", "revisar/"):
        response = client.get(f"/eventos/{event_open.slug}/preguntar/{tail}")
        assert response.url == f"/eventos/{event_open.slug}/preguntar/"
    assert client.get(f"/eventos/{event_open.slug}/preguntar/listo/").url == "/mi-pregunta/"


def test_a_topic_that_was_closed_meanwhile_sends_back_to_step_one(ask, entity):
    from entity.models import Topic
    from portal.base import versions

    ask.question()
    ask.author()
    Topic.objects.filter(slug="agua").update(is_active=False)
    versions.everything_changed()
    response = ask.send()
    assert response.url == ask.root
    assert not Question.objects.exists()
