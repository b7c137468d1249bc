"""A whole session: two operators, a citizen with a phone, the screen, and the record."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accountability.models import Commitment, SessionRecord
from evaluation.models import Choice, Survey, SurveyQuestion
from events.models import Event
from portal.base import clock
from questions.models import Question
from tests.live.desk import begin_soon, console_of

pytestmark = pytest.mark.browser
TEXT = "¿Cuándo limpian la quebrada La Lejía?"
PROMISE = "Limpiar la quebrada La Lejía y publicar el informe"


@pytest.fixture
def event(live_portal, event_open):
    """The event of the cast at its hour, with a poll that nobody opened yet."""
    event = begin_soon(event_open)
    poll = Survey.objects.create(event=event, number=1, title="¿Por dónde seguimos?")
    question = SurveyQuestion.objects.create(survey=poll, kind="choice", text=poll.title)
    for text in ("Agua", "Bosques"):
        Choice.objects.create(question=question, text=text)
    return event


def press(page, act, scope="body"):
    page.locator(f"{scope} button[name=act][value={act}]").first.click()


def test_from_the_start_to_the_record(live_portal, event, desk_page, new_page, staff, tmp_path):
    public, console = (
        f"{live_portal}{event.get_absolute_url()}",
        f"{live_portal}{console_of(event)}",
    )
    first, second = desk_page(staff.moderation), desk_page(staff.communications)
    for operator in (first, second):
        operator.goto(console)
    press(first, "open")
    expect(first.locator("#c-cab .aire")).to_be_visible()
    press(first, "item")
    screen = new_page(viewport={"width": 1920, "height": 1080})
    screen.goto(f"{public}pantalla/")
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto(public)
    expect(phone.locator('[aria-current="true"]').first).to_contain_text("Instalación")

    # A citizen asks from the live page and goes back to it.
    phone.get_by_label("Su pregunta").fill(TEXT)
    phone.get_by_label("¿En qué municipio?").fill("Oiba")
    phone.get_by_role("button", name="Enviar pregunta").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Recibimos su pregunta")
    asked = Question.objects.get()
    expect(phone.locator("main")).to_contain_text(asked.reference)
    phone.goto(public)

    # One operator approves and queues; the other one puts it on air.
    expect(first.locator("#c-revisar")).to_contain_text(TEXT)
    press(first, "approve", "#c-revisar")
    press(first, "queue", "#c-revisar")
    expect(second.locator("#c-cola")).to_contain_text(TEXT)
    press(second, "on_air", "#c-cola")
    expect(second.locator("#c-aire .al-aire")).to_contain_text(TEXT)
    second.locator("#screen").select_option("question")
    press(second, "screen")
    expect(screen.locator("h1")).to_contain_text(TEXT)
    expect(phone.locator('[data-part="air"]')).to_contain_text(TEXT)
    for page, name in ((phone, "live-390"), (second, "console-1440"), (screen, "screen-1920")):
        page.screenshot(path=tmp_path / f"{name}.png")

    # What is promised is written while it is said; the question is answered.
    second.locator("#commitment_title").fill(PROMISE)
    second.locator("#commitment_office").select_option(index=1)
    second.locator("#commitment_due_on").fill(f"{clock.local_day() + timedelta(days=30)}")
    press(second, "commitment")
    expect(second.locator("#c-bitacora")).to_contain_text(PROMISE)
    press(first, "answered", "#c-aire")
    expect(phone.locator('[data-part="wall"]')).to_contain_text("Respondidas hoy")

    # A poll is opened, answered by the citizen, and closed.
    press(first, "survey_open")
    expect(phone.locator('[data-part="surveys"]')).to_contain_text("¿Por dónde seguimos?")
    phone.goto(f"{public}encuesta/1/")
    phone.get_by_label("Agua").check()
    phone.get_by_role("button", name="Enviar mi respuesta").click()
    expect(phone.locator("#gracias")).to_be_visible()
    press(first, "survey_close")
    expect(first.locator("#c-luces")).not_to_contain_text("¿Por dónde seguimos?")
    phone.goto(f"{public}encuesta/1/resultados/")
    expect(phone.locator(".grafica")).to_contain_text("1 (100 %)")

    # The end: the same address is the record.
    first.locator("#d-end summary").click()
    press(first, "end")
    expect(first.locator("#c-cab")).to_contain_text("terminó")
    phone.goto(public)
    minutes = phone.locator("section", has=phone.locator("#minuto"))
    expect(minutes).to_contain_text("1 pregunta se respondió en la jornada")
    minutes.get_by_role("link").click()
    expect(phone.locator("main")).to_contain_text("Empieza la sesión")
    expect(phone.locator("main")).not_to_contain_text(PROMISE)
    phone.goto(live_portal + Question.objects.get().get_absolute_url())
    expect(phone.locator("main")).to_contain_text("Se respondió en la jornada")
    assert Event.objects.get(pk=event.pk).status == "held"
    assert Commitment.objects.get(status="draft").question == asked
    assert SessionRecord.objects.get(event=event).status == "draft"
    for page in (first, second, phone, screen):
        assert page.problems == []
    assert phone.requests.foreign(live_portal) == []
