"""Pregunte ahora in a real browser: what is missing, two presses, the receipt."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from portal.base import addresses
from questions import guard
from questions.models import Question
from tests.live.live_page import address, make_live_event

pytestmark = pytest.mark.browser
TEXT = "¿Cuándo limpian la quebrada La Lejía?"


@pytest.fixture
def live(live_portal, entity):
    """The address of an event that is live, and the event."""
    event = make_live_event()
    return live_portal + address(event), event


def problems(page) -> list[str]:
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["it scrolls sideways"] if wide else []) + page.problems


def fill(page, text=TEXT, place="Oiba"):
    page.get_by_label("Su pregunta").fill(text)
    page.get_by_label("¿En qué municipio?").fill(place)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_missing_is_shown_on_a_page_that_leaves_nobody_out(new_page, live, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(live[0])
    fill(page, text="Corta", place="Oyba")
    page.get_by_role("button", name="Enviar pregunta").press("Enter")
    expect(page.get_by_label("Su pregunta")).to_have_value("Corta")
    expect(page.get_by_label("¿En qué municipio?")).to_have_attribute("aria-invalid", "true")
    assert problems(page) == []
    fill(page)
    page.get_by_role("button", name="Enviar pregunta").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibimos su pregunta")
    expect(page.get_by_text("Puede leerse en la jornada de hoy")).to_be_visible()
    assert Question.objects.get().original_text == TEXT


def test_a_double_press_files_one_question_and_shows_its_receipt(new_page, live):
    page = new_page()
    page.goto(live[0])
    fill(page)
    page.get_by_role("button", name="Enviar pregunta").dblclick(no_wait_after=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibimos su pregunta")
    assert Question.objects.count() == 1


def test_without_a_script_a_crowded_connection_asks_a_sum_and_keeps_the_words(new_page, live):
    key = f"{addresses.limit_key('127.0.0.1')}|{live[1].slug}"
    addresses.count("submission", key, window=guard.WINDOW, add=guard.ASK_FROM)
    page = new_page(java_script_enabled=False)
    page.goto(live[0])
    fill(page)
    page.get_by_role("button", name="Enviar pregunta").click()
    sum_field = page.get_by_label("¿Cuánto es")
    expect(page.get_by_label("Su pregunta")).to_have_value(TEXT)
    words = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}
    label = page.locator("label[for=simple_answer]").inner_text().lower()
    numbers = [words[word] for word in label.replace("?", "").split() if word in words]
    sum_field.fill(str(sum(numbers)))
    page.get_by_role("button", name="Enviar pregunta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibimos su pregunta")
    assert Question.objects.count() == 1
