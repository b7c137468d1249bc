"""The screen of the room: what each choice of the operators shows, and only what is public."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from events.models import LiveSession
from live import screen_content
from portal.base import clock, versions
from questions import workflow
from questions.models import Interest, LiveTurn, Question
from tests.accountability.conftest import promise  # noqa: F401
from tests.conftest import BOGOTA
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.django_db
OWN = {"sec-fetch-site": "same-origin"}
SECRET = "Mi vecino Pedro Pérez, cédula 91.000.000, bota basura"


def shown(event) -> str:
    """The screen as it is a moment later."""
    versions.content_changed(event.slug)
    response = Client().get(f"/eventos/{event.slug}/pantalla/")
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """What can be read of a page, without its head."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<body")[1]).split())


@pytest.fixture
def session(event_open):
    """`session(screen="question")`: the session of the open event, as the operators left it."""

    def make(**fields):
        live, _made = LiveSession.objects.update_or_create(event=event_open, defaults=fields)
        return live

    return make


@pytest.fixture
def on_air(published, event_open):
    """A published contribution that is being answered."""

    def make(**fields):
        question = published(event=event_open, **fields)
        LiveTurn.objects.create(
            event=event_open, question=question, status="on_air", on_air_at=clock.now()
        )
        return question

    return make


def test_without_a_session_it_is_a_poster_for_everybody(event_open, on_air):
    question = on_air()
    page = shown(event_open)
    assert f'dir="auto">{event_open.title}</bdi>' in page
    assert "Pregunte desde su celular" in page and "/ahora" in page and 'class="qr"' in page
    assert question.public_text not in page
    assert "csrf" not in page and "sessionid" not in page


def test_a_question_on_air_with_its_place_and_the_people_it_matters_to(event_open, session, on_air):
    question = on_air(text="¿Qué control hay sobre los vertimientos?")
    Interest.objects.bulk_create(Interest(question=question, person=str(n)) for n in range(24))
    session(screen="question")
    text = words(shown(event_open))
    assert f"Se está respondiendo Pregunta {question.number}" in text
    assert "¿Qué control hay sobre los vertimientos? Oiba Agua y ríos 24 personas" in text


def test_the_summary_for_the_room_goes_before_the_long_text(event_open, session, on_air):
    question = on_air(text="Una pregunta larga con mucho detalle que nadie lee de lejos")
    Question.objects.filter(pk=question.pk).update(room_summary="¿Cuándo vienen?")
    session(screen="question")
    page = shown(event_open)
    assert "¿Cuándo vienen?" in page and "mucho detalle" not in page


def test_only_the_redacted_text_is_ever_there(event_open, session, on_air, staff):
    question = on_air(text=SECRET, public_text="Mi vecino [nombre oculto] bota basura")
    session(screen="question")
    page = shown(event_open)
    assert "Mi vecino [nombre oculto] bota basura" in page
    assert "Pedro" not in page and "91.000" not in page
    workflow.withhold(question, actor=staff.moderation, reason="insults")
    page = shown(event_open)
    assert "bota basura" not in page and "Escriba su pregunta" in page


@pytest.mark.parametrize("screen", LiveSession.Screen.values)
def test_nothing_waiting_for_review_is_ever_there(event_open, session, make_question, screen):
    make_question(event=event_open, text=SECRET)
    session(screen=screen)
    assert "Pedro" not in shown(event_open)


def test_hidden_is_hidden_at_once(event_open, session, on_air):
    question = on_air()
    live = session(screen="question")
    assert question.public_text in shown(event_open)
    LiveSession.objects.filter(pk=live.pk).update(screen_hidden_at=clock.now())
    page = shown(event_open)
    assert question.public_text not in page and event_open.title in page


def test_a_text_cannot_turn_the_page_around(event_open, session, on_air):
    question = on_air()
    hostile = "Precio \u202e000.1\u202c y <b>fuerte</b> \u2067final"
    Question.objects.filter(pk=question.pk).update(public_text=hostile)
    session(screen="question")
    page = shown(event_open)
    assert '<bdi dir="auto">Precio 000.1 y &lt;b&gt;fuerte&lt;/b&gt; final</bdi>' in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [("corta", False), ("palabra " * 60, True), ("x" * 500, True), ("🌳" * 300, True),
     ("GRITO " * 60, True), ("a " + "b" * 400, True)],
)  # fmt: skip
def test_at_most_220_letters_cut_between_words(text, is_cut):
    short = screen_content.shortened(text)
    assert len(short) <= 220
    assert short.endswith("…") is is_cut
    if is_cut and text.startswith("palabra"):
        assert short == "palabra " * 26 + "palabra…"
    assert len(short) > 3


def test_the_agenda_marks_the_item_of_now(event_open, session):
    first, second = event_open.agenda.order_by("order")
    session(screen="agenda", current_item=second)
    page = shown(event_open)
    assert page.count('aria-current="true"') == 1
    marked = page.split('aria-current="true"')[1].split("</li>")[0]
    assert "9:15" in marked and second.title in marked and "Ahora" in marked
    assert first.title in page.split('aria-current="true"')[0]


def test_commitments_only_when_they_are_published(event_open, session, promise):  # noqa: F811
    session(screen="commitments")
    promise("Sembrar mil árboles", event=event_open, draft=True)
    text = words(shown(event_open))
    assert "Sembrar" not in text and "aparece aquí cuando se publique" in text
    promise("Visitar el río", event=event_open)
    text = words(shown(event_open))
    assert "Visitar el río" in text and "31 de marzo de 2021" in text and "Sembrar" not in text


def test_the_pause_says_when_it_goes_on(event_open, session):
    session(screen="pause", resumes_at=datetime(2026, 12, 1, 10, 55, tzinfo=BOGOTA))
    assert "Hacemos una pausa Seguimos a las 10:55 a. m." in words(shown(event_open))
    session(resumes_at=None)
    assert "Seguimos en unos minutos" in words(shown(event_open))


def test_the_end_thanks(event_open, session, on_air):
    question = on_air()
    session(screen="question", opened_at=event_open.starts_at, ended_at=event_open.ends_at)
    page = shown(event_open)
    assert "Gracias por participar" in page and question.public_text not in page


def test_a_cancelled_event_shows_no_question(event_open, session, on_air):
    question = on_air()
    session(screen="question")
    event_open.status = "cancelled"
    event_open.save()
    page = shown(event_open)
    assert "se canceló" in page and question.public_text not in page


def test_a_draft_has_no_screen(event_open, client):
    event_open.status = "draft"
    event_open.save()
    assert client.get(f"/eventos/{event_open.slug}/pantalla/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(
    event_open, session, on_air, published, django_assert_num_queries, number
):
    on_air()
    for _n in range(number):
        question = published(event=event_open)
        LiveTurn.objects.create(event=event_open, question=question, status="queued")
    session(screen="question")
    shown(event_open)
    versions.move(versions.event_name(event_open.slug))
    with django_assert_num_queries(5):  # versions, event with session, three of the wall
        Client().get(f"/eventos/{event_open.slug}/pantalla/")


def test_the_same_answer_is_304(event_open, session, client):
    session(screen="pause")
    first = client.get(f"/eventos/{event_open.slug}/pantalla/")
    again = client.get(
        f"/eventos/{event_open.slug}/pantalla/", headers={"if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_it_says_that_it_is_open_at_most_once_in_ten_seconds(event_open, session, client):
    live = session(screen="pause")
    address = f"/eventos/{event_open.slug}/pantalla/viva/"
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    response = client.post(address, headers=OWN)
    assert (response.status_code, response.content, len(response.cookies)) == (204, b"", 0)
    live.refresh_from_db()
    seen = live.screen_seen_at
    assert clock.now() - seen < timedelta(seconds=5)
    screen_content.screen_seen(event_open.slug, seen + timedelta(seconds=9))
    live.refresh_from_db()
    assert live.screen_seen_at == seen
    screen_content.screen_seen(event_open.slug, seen + timedelta(seconds=10))
    live.refresh_from_db()
    assert live.screen_seen_at == seen + timedelta(seconds=10)


def test_an_open_screen_of_an_event_without_session_writes_nothing(event_open, client):
    response = client.post(f"/eventos/{event_open.slug}/pantalla/viva/", headers=OWN)
    assert response.status_code == 204
    assert not LiveSession.objects.exists()
