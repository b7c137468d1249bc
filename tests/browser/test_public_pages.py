"""Every public page with the demo's data in a browser: axe, widths, text sizes, hosts, CSP."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from events.models import Event

pytestmark = pytest.mark.browser

HELD = "/eventos/2020-12-21-jornada/"
PAGES = [
    "/",
    "/en/",
    "/eventos/",
    "/eventos/2020/",
    "/eventos/?tipo=jornada",
    "/participa/?anio=2020",
    HELD,
    HELD + "acta/",
    HELD + "registro/",
    HELD + "minuto-a-minuto/",
    HELD + "documentos/",
    HELD + "transcripcion/",
    HELD + "paquete/",
    HELD + "matriz/",
    HELD + "balance/",
    HELD + "preguntas/",
    "/preguntas/",
    "/preguntas/?q=agua&estado=respondidas",
    "/preguntas/?q=nadaparecido",
    "/preguntas/18/",
    "/preguntar/",
    "/mi-pregunta/",
    "/compromisos/",
    "/compromisos/c-07/",
    "/compromisos/?estado=vencido&oficina=autoridad-ambiental",
    "/compromisos/c-09/",
    "/buscar/",
    "/buscar/?q=agua",
    "/buscar/?q=acueductos&tipo=documentos",
    "/proceso/",
    "/calendario/",
    "/suscribirse/",
    "/como-participar/",
    "/accesibilidad/",
    "/datos-personales/",
    "/correcciones/",
    "/mapa-del-sitio/",
    "/preferencias/",
    "/no-existe/",
    "/cuenta/login/",
]


@pytest.fixture
def demo(live_portal):
    """A running portal with the demo's data."""
    call_command("load_demo", verbosity=0)
    return live_portal


def problems_of(page, address, *, status=200):
    """Everything wrong with one page, as sentences."""
    page.problems.clear()
    response = page.goto(address)
    found = [f"console: {text}" for text in page.problems if "404" not in text]
    if response.status != (404 if address.endswith("/no-existe/") else status):
        found.append(f"status {response.status}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if overflow > 0:
        found.append(f"scrolls {overflow} px sideways")
    axe = Axe().run(page)
    for violation in axe.response["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"][:2]]
        found.append(f"axe {violation['id']}: {nodes}")
    return found


def check(page, base, addresses=PAGES):
    event = Event.objects.public().order_by("-starts_at").first()
    parts = ("", "preguntar/", "temas/", "inscribirse/", "intervenir/", "tarjeta/")
    coming = [event.get_absolute_url() + part for part in parts]
    faults = {}
    for address in [*addresses, *coming]:
        problems = problems_of(page, base + address)
        if problems:
            faults[address] = problems
    assert faults == {}
    assert page.requests.foreign(base) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_is_accessible_and_fits(demo, new_page, width):
    check(new_page(viewport={"width": width, "height": 900}), demo)


@pytest.mark.parametrize("setting", ["3n", "3a"])
def test_the_largest_text_and_high_contrast_at_320(demo, new_page, setting):
    page = new_page(viewport={"width": 320, "height": 800})
    page.context.add_cookies([{"name": "lectura", "value": setting, "url": demo}])
    page.goto(demo + "/")
    expect(page.locator(f"html[data-letra='{setting[0]}']")).to_have_count(1)
    check(page, demo)


def test_settings_are_kept_without_javascript(demo, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(demo + "/compromisos/")
    page.locator("details.ajustes summary").click()
    page.locator("label[for=letra-3]").click()
    page.locator("label[for=contraste-alto]").click()
    page.get_by_role("button", name="Guardar estos ajustes").click()
    assert page.url == demo + "/compromisos/"
    assert page.locator("html").get_attribute("data-letra") == "3"
    assert page.locator("html").get_attribute("data-contraste") == "alto"
