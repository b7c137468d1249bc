"""The order of the day at the desk in a real browser: without JavaScript, by keyboard, with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.events.desk import DESK

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
NO_FETCHING = {"preload": False}


def titles(page) -> list[str]:
    return page.locator(".punto h3").all_inner_texts()


def press(page, act, title):
    """The button of one point, reached by the keyboard as somebody without a mouse does."""
    point = page.locator(".punto", has=page.locator(f"h3:text-is('{title}')"))
    with page.expect_navigation():
        point.locator(f"button[value^='{act}-']").press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_agenda_is_written_and_ordered(live_portal, desk_page, staff, event_open, javascript):
    page = desk_page(staff.communications, java_script_enabled=javascript)
    page.goto(f"{live_portal}{DESK}{event_open.pk}/agenda/")
    page.locator("#id_item-title").fill("Himno")
    press(page, "down", "Instalación")
    assert titles(page) == ["Diálogo con la ciudadanía", "Instalación"]
    assert page.locator("#id_item-title").input_value() == "Himno"
    page.locator("#id_item-minutes").fill("5")
    with page.expect_navigation():
        page.locator("#id_item-title").press("Enter")
    assert titles(page) == ["Diálogo con la ciudadanía", "Instalación", "Himno"]
    press(page, "in", "Himno")
    assert page.locator(".punto--parte h3").all_inner_texts() == ["Himno"]
    press(page, "ask", "Himno")
    press(page, "delete", "Himno")
    assert titles(page) == ["Diálogo con la ciudadanía", "Instalación"]


@pytest.mark.parametrize("width", [1024, 1440])
@pytest.mark.parametrize("word", ["agenda", "transmision", "copiar"])
def test_the_pages_have_no_barrier(live_portal, desk_page, staff, event_open, word, width):
    page = desk_page(staff.communications, bypass_csp=True)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_portal}{DESK}{event_open.pk}/{word}/")
    found = Axe().run(page, options=NO_FETCHING).response["violations"]
    assert [barrier["id"] for barrier in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
