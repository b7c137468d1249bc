"""The live page in a browser: with and without JavaScript, and how it renews itself."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.session import workflow as session
from tests.live.live_page import address, make_live_event, opened

pytestmark = pytest.mark.browser


@pytest.fixture
def running(live_portal, staff):
    """A session on its first moment: `running.event`, `running.live`, `running.actor`."""

    class Running:
        actor = staff.communications
        event = make_live_event()
        live = opened(event, actor)
        url = live_portal + address(event)

        def go_on(self):
            session.next_item(self.live, actor=self.actor)

    made = Running()
    made.go_on()
    return made


def problems(page) -> list[str]:
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["it scrolls sideways"] if wide else []) + page.problems


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nobody_is_left_out(new_page, running, width, script):
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page.goto(running.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Jornada en vivo")
    expect(page.get_by_role("link", name="Actualizar", exact=True)).to_be_visible(
        visible=not script
    )
    expect(page.get_by_role("button", name="Detener la actualización")).to_be_visible(
        visible=script
    )
    if script:
        assert problems(page) == []
    assert page.requests.foreign(running.url) == []


def test_it_renews_itself_and_loses_nothing(page, running):
    page.clock.install()
    page.goto(running.url)
    page.get_by_label("Su pregunta").fill("¿Qué pasa con")
    expect(page.locator(".vivo__ahora b")).to_have_text("Apertura")
    running.go_on()
    page.clock.run_for(11_000)
    expect(page.locator(".vivo__ahora b")).to_have_text("Informes")
    expect(page.locator("[data-voice]")).to_have_text("Ahora: Informes")
    expect(page.locator(".orden .actual h3")).to_contain_text("Informes")
    expect(page.get_by_label("Su pregunta")).to_have_value("¿Qué pasa con")
    expect(page.get_by_label("Su pregunta")).to_be_focused()


def test_the_focus_stays_where_it_was_when_its_part_is_renewed(page, running):
    for number in range(16):
        session.write_line(running.event, actor=running.actor, text=f"Línea {number}")
    page.clock.install()
    page.goto(running.url)
    everything = page.get_by_role("link", name="Ver todo desde el comienzo")
    everything.focus()
    session.write_line(running.event, actor=running.actor, text="Una línea más")
    page.clock.run_for(11_000)
    expect(page.get_by_text("Una línea más")).to_be_visible()
    expect(everything).to_be_focused()


def fetched(page) -> int:
    return sum("/vivo/" in url for url in page.requests)


def test_the_visitor_stops_it_and_that_is_remembered(page, running):
    page.clock.install()
    page.goto(running.url)
    page.get_by_role("button", name="Detener la actualización").press("Enter")
    expect(page.get_by_role("button", name="Seguir actualizando")).to_be_focused()
    running.go_on()
    page.clock.run_for(40_000)
    assert fetched(page) == 0
    page.reload()
    page.clock.run_for(40_000)
    assert fetched(page) == 0
    page.get_by_role("button", name="Seguir actualizando").click()
    page.clock.run_for(1_000)
    expect(page.locator(".vivo__ahora b")).to_have_text("Informes")
    assert fetched(page) == 1


HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_hidden_tab_asks_for_nothing_and_catches_up_when_seen(page, running):
    page.clock.install()
    page.goto(running.url)
    page.evaluate(HIDE, True)
    page.clock.run_for(60_000)
    assert fetched(page) == 0
    running.go_on()
    page.evaluate(HIDE, False)
    page.clock.run_for(100)
    expect(page.locator(".vivo__ahora b")).to_have_text("Informes")


def test_a_lost_connection_is_told_and_found_again(page, running):
    page.clock.install()
    page.goto(running.url)
    page.route("**/vivo/", lambda route: route.abort())
    page.clock.run_for(11_000)
    expect(page.locator("[data-note]")).to_have_text("Sin conexión: seguimos intentando")
    page.unroute("**/vivo/")
    running.go_on()
    page.clock.run_for(21_000)
    expect(page.locator(".vivo__ahora b")).to_have_text("Informes")
    expect(page.locator("[data-note]")).to_have_text("")


def test_after_the_end_it_stops_by_itself(page, running):
    page.clock.install()
    page.goto(running.url)
    session.end_session(running.live, actor=running.actor)
    page.clock.run_for(11_000)
    expect(page.get_by_role("link", name="Recargar la página")).to_be_visible()
    asked = fetched(page)
    page.clock.run_for(60_000)
    assert fetched(page) == asked
    assert page.get_by_role("button", name="Detener la actualización").is_hidden()


PLAYER = re.compile("^https://www[.]youtube-nocookie[.]com/")


def test_the_player_comes_with_a_click_and_not_before(new_page, running):
    page = new_page()
    page.context.route(
        PLAYER, lambda route: route.fulfill(body="<p>.</p>", content_type="text/html")
    )
    page.goto(running.url)
    assert page.requests.foreign(running.url) == []
    page.locator("[data-player]").click()
    expect(page.locator("iframe")).to_have_attribute("title", "Ver en vivo")
    expect(page.frame_locator("iframe").locator("p")).to_be_visible()
    assert page.requests.foreign(running.url) == [
        "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"
    ]
    assert page.problems == []
