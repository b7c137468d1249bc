"""Other channels in a browser: a call typed with the keyboard alone, sheets of paper, a list."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from questions.models import PaperForm, Question

pytestmark = pytest.mark.browser
DESK = "/gestion/questions/question/"
NO_FETCHING = {"preload": False}
LIST = """canal;fecha;hora;texto;tema;municipio
Teléfono;06/03/2026;9:00;¿Quién cuida el páramo?;Agua y ríos;Oiba
Zoom;06/03/2026;9:05;¿Y el río?;Fútbol;Oiba
"""


@pytest.fixture
def signed_in(live_portal, new_page, client, staff):
    """`signed_in(width, java_script_enabled=False)`: a page of a moderator at the desk."""

    def enter(width=1440, **options):
        client.force_login(staff.moderation)
        page = new_page(viewport={"width": width, "height": 900}, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_portal}]
        )
        return page

    return enter


def faults(page) -> list[str]:
    found = [f"console: {text}" for text in page.problems]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    found += [f"scrolls {wide} px sideways"] if wide > 0 else []
    for violation in Axe().run(page, options=NO_FETCHING).response["violations"]:
        found.append(f"axe {violation['id']}: {[n['html'][:120] for n in violation['nodes'][:3]]}")
    return found


@pytest.mark.parametrize("java_script", [True, False])
def test_a_call_is_entered_with_the_keyboard_alone(live_portal, signed_in, java_script):
    page = signed_in(java_script_enabled=java_script)
    page.goto(f"{live_portal}{DESK}nuevo/?canal=phone&lugar=Sede+San+Gil")
    assert page.evaluate("document.activeElement.name") == "text" if java_script else True
    page.locator("[name=text]").focus()
    page.keyboard.type("¿Cuándo reparan la bocatoma de la vereda El Centro?")
    page.keyboard.press("Tab")
    page.keyboard.type("Agua")
    page.keyboard.press("Tab")
    page.keyboard.type("Oiba")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}nuevo/*/")
    question = Question.objects.get()
    assert (question.channel, question.topic.slug) == ("phone", "agua")
    assert page.locator(".entregado__codigo").inner_text().count("-") == 1
    page.get_by_role("link", name="Ingresar otro").click()
    assert page.locator("[name=channel]").input_value() == "phone"
    assert page.locator("[name=received_place]").input_value() == "Sede San Gil"


@pytest.mark.parametrize("width", [1024, 1440])
def test_the_pages_are_accessible_and_fit(live_portal, signed_in, staff, width):
    page = signed_in(width)
    wrong = {}
    for name in ("nuevo/", "formularios/", "importar/"):
        page.goto(f"{live_portal}{DESK}{name}")
        wrong[name] = faults(page)
        if name != "formularios/":
            page.locator("button.default").click()
            wrong[f"{name} with errors"] = faults(page)
    assert {name: words for name, words in wrong.items() if words} == {}
    assert page.requests.foreign(live_portal) == []


def test_errors_are_beside_their_fields_and_nothing_is_lost(live_portal, signed_in):
    page = signed_in(java_script_enabled=False)
    page.goto(f"{live_portal}{DESK}nuevo/")
    page.locator("[name=text]").fill("Una pregunta que no se pierde")
    page.locator("[name=email]").fill("ana@correo.example")
    page.locator("button.default").click()
    assert page.locator("[name=text]").input_value() == "Una pregunta que no se pierde"
    for name in ("channel", "topic", "municipality", "consent"):
        described = page.locator(f"[name={name}]").get_attribute("aria-describedby")
        expect(page.locator(f"#id_{name}_error")).to_be_visible()
        assert f"id_{name}_error" in described
    page.get_by_role("link", name="Escoja el canal").click()
    assert page.url.endswith("#id_channel")


def test_pressing_twice_files_once(live_portal, signed_in):
    page = signed_in()
    page.goto(f"{live_portal}{DESK}nuevo/?canal=zoom_chat")
    page.locator("[name=text]").fill("¿Cuándo abren el sendero de la cascada?")
    page.locator("[name=topic]").select_option("agua")
    page.locator("[name=municipality]").fill("Oiba")
    page.locator("button.default").dblclick()
    page.wait_for_url(f"**{DESK}nuevo/*/")
    assert Question.objects.count() == 1
    assert faults(page) == []


def test_sheets_of_paper(live_portal, signed_in):
    page = signed_in()
    page.goto(f"{live_portal}{DESK}formularios/")
    page.locator("[name=count]").fill("2")
    page.locator("button.default").click()
    assert "F-00001 a F-00002" in page.locator("h1").inner_text()
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el PDF").click()
    assert download.value.suggested_filename == "formularios-1-2.pdf"
    page.get_by_role("link", name="Abrir las hojas para imprimir").click()
    expect(page.locator(".hoja")).to_have_count(2)
    assert faults(page) == []
    assert PaperForm.objects.count() == 2


@pytest.mark.parametrize("java_script", [True, False])
def test_a_list_is_tried_and_then_filed(live_portal, signed_in, java_script):
    page = signed_in(java_script_enabled=java_script)
    page.goto(f"{live_portal}{DESK}importar/")
    content = {"name": "lista.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.locator("[name=file]").set_input_files(content)
    page.locator("button.default").click()
    assert page.locator("table").first.locator("td").all_inner_texts() == [
        "3", "tema", "Escoja un tema de la lista",
    ]  # fmt: skip
    if java_script:
        assert faults(page) == []
    assert not Question.objects.exists()
    page.get_by_role("button", name="Radicar solo la 1 que está bien").click()
    expect(page.get_by_role("heading", name="Quedó radicada")).to_be_visible()
    if java_script:
        assert faults(page) == []
    assert [q.original_text for q in Question.objects.all()] == ["¿Quién cuida el páramo?"]
