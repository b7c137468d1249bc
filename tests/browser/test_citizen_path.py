"""One citizen, from what others asked already to an answer that was not enough.

At the width of a telephone, with JavaScript and without; axe looks at every page on the way.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from entity.models import Topic
from portal.base import automatic, versions
from portal.base.models import OutgoingMail
from questions import chores, voices, workflow
from questions.models import AnswerVote, Question

pytestmark = pytest.mark.browser

ASKED_BEFORE = "¿Quién vigila los vertimientos de espuma en la quebrada La Cacica de Oiba?"
OWN_WORDS = "En la quebrada La Cacica de Oiba hay espuma. ¿Quién vigila esos vertimientos?"
TELEPHONE = {"viewport": {"width": 390, "height": 844}}
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
AXE = {"preload": False}


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The form takes what a quick machine types; the two seconds have tests of their own."""
    monkeypatch.setattr(automatic, "LEAST_SECONDS", -1)


class Citizen:
    """A page with what is looked at wherever it goes."""

    def __init__(self, page, portal, script):
        self.page, self.portal, self.script = page, portal, script

    def go(self, path):
        self.page.goto(self.portal + path)
        self.look()

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self):
        """No foreign host, nothing the policy refused, no sideways scroll, and axe is content."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        assert page.locator("h1").count() == 1, page.url
        if self.script:
            found = Axe().run(page, options=AXE).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], page.url
        assert page.problems == []
        assert page.requests.foreign(self.portal) == []

    def reads(self, text):
        return self.page.get_by_text(text).first.is_visible()


def publish(question, staff):
    workflow.publish_text(
        question, actor=staff.moderation, public_text=question.original_text,
        title="¿Quién vigila la espuma de La Cacica?",
    )  # fmt: skip
    office = staff.office.office_memberships.get().office
    return workflow.assign_question(question, actor=staff.moderation, office=office)


def answer(question, staff, summary, note=""):
    question.refresh_from_db()
    draft = workflow.draft_answer(
        question, actor=staff.office, summary=summary, body=summary, correction_note=note
    )
    workflow.request_approval(draft, actor=staff.office)
    workflow.publish_answer(draft, actor=staff.approval)
    versions.forget()


@pytest.fixture
def asked_before(live_portal, staff, event_open):
    topic = Topic.objects.get(slug="agua")
    filing = workflow.Filing(token="before", text=ASKED_BEFORE, topic=topic, event=event_open)
    return publish(workflow.submit_question(filing), staff)


@pytest.mark.parametrize("script", [False, True], ids=["no-js", "js"])
def test_a_citizen_supports_asks_clarifies_judges_and_reopens(
    live_portal, new_page, staff, event_open, asked_before, script
):
    page = new_page(java_script_enabled=script, **TELEPHONE)
    citizen = Citizen(page, live_portal, script)

    # what others asked is offered before sending, and nothing typed is lost by looking at it
    citizen.go(f"{event_open.get_absolute_url()}preguntar/")
    page.get_by_label("Escriba aquí").fill(OWN_WORDS)
    page.get_by_label("Agua y ríos").check()
    page.get_by_label("¿En qué municipio?").fill("Oiba")
    citizen.press("Continuar")
    page.get_by_label("Su correo").fill("persona@example.org")
    page.locator("#id_consent").check()
    citizen.press("Continuar")
    assert citizen.reads("Ya preguntaron algo parecido")
    citizen.press("¿Quién vigila la espuma de La Cacica?", role="link")

    citizen.press("A mí también me interesa")
    expect(page.locator("#gracias")).to_be_visible()
    citizen.press("A mí también me interesa")
    assert asked_before.interests.count() == 1
    chores.show_new_counts(asked_before.interests.get().at)
    versions.forget()
    citizen.go(asked_before.get_absolute_url())
    assert not page.locator("#gracias").is_visible()
    assert citizen.reads("A 1 persona más le interesa")

    citizen.press("Seguir por correo", role="link")
    page.get_by_label("Su correo").fill("persona@")
    citizen.press("Envíenme el enlace para confirmar")
    assert citizen.reads("Debe tener la forma")
    page.get_by_label("Su correo").fill("persona@example.org")
    citizen.press("Envíenme el enlace para confirmar")
    assert citizen.reads("Revise su correo")
    assert OutgoingMail.objects.filter(key__startswith="follow:").count() == 1

    # the own one is sent all the same, and followed with radicado and code
    citizen.go(f"{event_open.get_absolute_url()}preguntar/revisar/")
    assert citizen.reads(OWN_WORDS)
    citizen.press("Enviar pregunta")
    reference = page.locator(".comprobante dd").first.inner_text()
    code = page.locator(".secreto").inner_text()
    question = Question.objects.get(reference=reference)
    citizen.go("/mi-pregunta/")
    page.get_by_label("Radicado").fill(reference)
    page.get_by_label("Código de su pregunta").fill(code)
    citizen.press("Ver mi pregunta")
    assert citizen.reads("La estamos revisando. Se publica a más tardar el")

    # something is missing; more time is asked for, then the clarification given
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿En qué vereda?")
    citizen.go("/mi-pregunta/")
    citizen.press("Necesito más tiempo para aclarar")
    assert citizen.reads("Tiene un segundo mes para responder.")
    expect(page.get_by_role("button", name="Necesito más tiempo")).to_have_count(0)
    page.get_by_label("Su aclaración").fill("En la vereda El Ejemplo.")
    citizen.press("Enviar aclaración")
    assert citizen.reads("Recibimos su aclaración.")

    question.refresh_from_db()
    publish(question, staff)
    answer(question, staff, "Haremos una visita.")
    citizen.go(f"/preguntas/{question.number}/")
    assert citizen.reads("Haremos una visita.")
    expect(page.get_by_role("link", name="¿Quién vigila la espuma de La Cacica?")).to_have_count(1)
    page.get_by_label("¿Qué le falta?").fill("La fecha de la visita")
    citizen.press("En parte")
    expect(page.locator("#recibida")).to_be_visible()
    assert [v.comment for v in voices.comments_for_office(question)] == ["La fecha de la visita"]

    # the author says what is missing and asks for it, once
    citizen.go("/mi-pregunta/")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Pedir que completen la respuesta").check()
    citizen.press("Enviar mi opinión")
    assert citizen.reads("Cuéntenos qué falta todavía")
    page.get_by_label("¿Qué falta todavía?").fill("¿Qué día es la visita?")
    citizen.press("Enviar mi opinión")
    assert citizen.reads("Reabrimos su pregunta.")
    answer(question, staff, "Será el 20 de enero.", note="Se agrega la fecha")
    citizen.go("/mi-pregunta/")
    assert citizen.reads("Será el 20 de enero.")
    expect(page.get_by_label("Pedir que completen la respuesta")).to_have_count(0)
    page.get_by_label("Sí", exact=True).check()
    citizen.press("Enviar mi opinión")
    assert citizen.reads("Gracias. La oficina lee lo que nos contó.")
    mine = AnswerVote.objects.filter(is_author=True).order_by("pk")
    assert list(mine.values_list("value", flat=True)) == ["no", "yes"]


def test_the_keyboard_supports_and_opens_why_this_date(live_portal, new_page, asked_before):
    page = new_page(**TELEPHONE)
    page.goto(live_portal + asked_before.get_absolute_url())
    page.get_by_role("button", name="A mí también me interesa").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#gracias")
    summary = page.locator("summary", has_text="Por qué esta fecha")
    summary.focus()
    page.keyboard.press("Enter")
    days = page.locator(".dias li")
    expect(days).to_have_count(15)
    expect(days.first).to_be_visible()
    assert page.problems == []
