"""Comente o pregunte in a real browser, with JavaScript and without; axe looks at the pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import Result
from events.results import workflow
from portal.base import automatic, versions
from questions.models import Question

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
AXE = {"preload": False}
WORDS = "¿Por qué faltan seis visitas de control en la cuenca del río Fonce?"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The form takes what a quick machine types; the two seconds have tests of their own."""
    monkeypatch.setattr(automatic, "LEAST_SECONDS", -1)


@pytest.fixture
def result(live_portal, event_open):
    row = Result(goal="Visitas al Fonce", planned=15, reached=9, unit="visitas")
    workflow.add_results(event_open, [row], actor=None)
    versions.forget()
    return row


@pytest.mark.parametrize("javascript", [True, False])
def test_a_result_is_asked_about(live_portal, new_page, result, javascript):
    page = new_page(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    page.goto(f"{live_portal}{result.event.get_absolute_url()}")
    page.locator("#resultado-1").get_by_role("link", name="Comente o pregunte").press("Enter")
    about = page.get_by_label("Sobre: Visitas al Fonce")
    assert about.is_checked()
    page.locator("textarea").fill(WORDS)
    page.locator("input[name=topic]").first.check()
    page.locator("input[name=municipality]").fill("San Gil")
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_text("Visitas al Fonce")).to_be_visible()
    page.get_by_role("button", name="Enviar pregunta").click()
    page.wait_for_url("**/listo/**")
    filed = Question.objects.get()
    assert (filed.about, filed.about_title) == ("resultado-1", "Visitas al Fonce")
    assert page.problems == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_have_no_barrier(live_portal, new_page, result, width):
    page = new_page(viewport={"width": width, "height": 800})
    start = f"{live_portal}{result.event.get_absolute_url()}"
    for tail in ("", "cuentas/", "preguntar/?sobre=resultado-1", "documentos/"):
        page.goto(start + tail)
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(barrier["id"], tail) for barrier in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for link in page.locator(".comente a").all():
            assert link.bounding_box()["height"] >= 44
