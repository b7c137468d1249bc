"""One jornada, end to end: invitation, ask, receipt, follow, moderate, answer, public."""

import re
from unittest import mock

import pytest
from playwright.sync_api import expect

from portal.base import automatic
from questions import guard
from questions.models import Question

pytestmark = pytest.mark.browser

TEXT = "En la vereda el agua baja con espuma y hablé con Fulano de Tal. ¿Quién vigila la quebrada?"
PUBLIC = (
    "En la vereda el agua baja con espuma y hablé con [nombre oculto]. ¿Quién vigila la quebrada?"
)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The form takes what a quick machine types; the two seconds have tests of their own."""
    monkeypatch.setattr(automatic, "LEAST_SECONDS", -1)


@pytest.fixture
def log_in(live_portal, new_page):
    """A desk page of a member of the staff, who came in through the login page."""

    def make(user, **options):
        page = new_page(**options)
        page.goto(live_portal + "/gestion/")
        page.locator("#id_login").fill(user.username)
        page.locator("#id_password").fill("x")
        page.locator("main button[type=submit]").click()
        page.wait_for_url(live_portal + "/gestion/")
        return page

    return make


def ask(page, portal, event):
    page.goto(portal + "/")
    page.get_by_role("link", name="Escriba su pregunta").first.click()
    page.get_by_label("Escriba aquí").fill(TEXT)
    page.get_by_label("Agua y ríos").check()
    page.get_by_label("¿En qué municipio?").fill("Oiba")
    page.get_by_role("button", name="Continuar").click()
    page.get_by_label("Su correo").fill("persona@example.org")
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("alert")).to_be_visible()  # the consent is missing
    page.locator("#id_consent").check()
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_text("Todavía no la hemos recibido")).to_be_visible()
    page.get_by_role("button", name="Enviar pregunta").click()
    reference = page.locator(".comprobante dd").first.inner_text()
    return reference, page.locator(".secreto").inner_text()


def follow(page, portal, reference, code):
    page.goto(portal + "/mi-pregunta/")
    page.locator("#id_reference").fill(reference.lower())
    page.locator("#id_code").fill(code.lower().replace("-", " "))
    page.locator("main form button").click()


@pytest.mark.parametrize("script", [False, True], ids=["no-js", "js"])
def test_from_the_invitation_to_the_published_answer(
    live_portal, entity, staff, event_open, new_page, log_in, script
):
    citizen = new_page(java_script_enabled=script, viewport={"width": 390, "height": 844})
    reference, code = ask(citizen, live_portal, event_open)
    follow(citizen, live_portal, reference, code)
    expect(citizen.get_by_text("Todavía no la hemos revisado")).to_be_visible()
    question = Question.objects.get()
    assert question.reference == reference

    desk = {"java_script_enabled": script, "viewport": {"width": 1440, "height": 900}}
    moderator = log_in(staff.moderation, **desk)
    moderator.goto(live_portal + "/gestion/questions/question/")
    moderator.locator("#result_list tbody a").first.click()
    moderator.get_by_text("Corregir ortografía o marcar a mano").click()
    moderator.locator("#id_public_text").fill(PUBLIC)
    moderator.locator("#id_title").fill("¿Quién vigila la espuma de la quebrada?")
    moderator.locator("#id_office").select_option(label="Subdirección de Autoridad Ambiental")
    moderator.get_by_role("button", name="Publicar y asignar").click()
    question.refresh_from_db()
    assert (question.status, question.visibility) == ("assigned", "published")

    office = log_in(staff.office, **desk)
    office.goto(f"{live_portal}/gestion/questions/question/{question.pk}/change/")
    office.get_by_role("link", name="Escribir la respuesta").click()
    office.locator("#id_summary").fill("Haremos una visita antes del 29 de enero.")
    office.locator("#id_body").fill("La vigila **Autoridad Ambiental**.\n\n1. Muestras\n2. Informe")
    office.get_by_role("button", name="Enviar a aprobación").click()
    expect(office.get_by_role("button", name="Aprobar y publicar")).to_have_count(0)

    approver = log_in(staff.approval, **desk)
    approver.goto(f"{live_portal}/gestion/questions/answer/{question.answers.get().pk}/change/")
    approver.get_by_role("button", name="Aprobar y publicar").click()
    question.refresh_from_db()
    assert question.status == "answered"

    citizen.goto(live_portal + "/preguntas/")
    citizen.get_by_role("link", name="¿Quién vigila la espuma de la quebrada?").click()
    public = citizen.content()
    assert "Haremos una visita antes del 29 de enero." in public
    assert "<strong>Autoridad Ambiental</strong>" in public
    assert citizen.locator(".tachado").inner_text() == "nombre oculto"
    assert "Fulano" not in public
    assert "persona@example.org" not in public
    citizen.goto(live_portal + "/mi-pregunta/")
    assert "Fulano" in citizen.content()  # the author still sees the own original

    for page in (citizen, moderator, office, approver):
        assert page.problems == []
        assert page.requests.foreign(live_portal) == []


def test_the_keyboard_alone_reaches_the_form_and_the_skip_link_works(
    live_portal, entity, event_open, new_page
):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(live_portal + event_open.get_absolute_url())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "salto"
    page.keyboard.press("Enter")
    for _press in range(4):
        page.keyboard.press("Tab")
        if "preguntar" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/preguntar/"))


def test_a_double_tap_files_one_question(live_portal, entity, event_open, new_page):
    page = new_page(java_script_enabled=False)
    with mock.patch.object(guard, "ASK_FROM", 1000):
        page.goto(f"{live_portal}{event_open.get_absolute_url()}preguntar/")
        page.get_by_label("Escriba aquí").fill(TEXT)
        page.get_by_label("Agua y ríos").check()
        page.get_by_label("¿En qué municipio?").fill("Oiba")
        page.get_by_role("button", name="Continuar").click()
        page.get_by_role("button", name="Continuar").click()
        page.get_by_role("button", name="Enviar pregunta").dblclick()
        page.wait_for_url(re.compile("/listo/"))
    assert Question.objects.count() == 1
