"""A moderator reviews one by one, with and without JavaScript: marks, joining, publishing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from entity.models import Office, Topic
from portal.base.models import AccessEntry
from questions import workflow
from questions.models import Question, ReviewLease, TopicRule
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.questions.desk import LIST, page_of

pytestmark = pytest.mark.browser
NO_FETCHING = {"preload": False}
TEXT = (
    "La quebrada del acueducto baja con espuma. Ya hablé con don Fulano de Tal en la sede. Vivo en "
    "la vereda El Ejemplo, mi cédula es 1.000.000.000. ¿Cuándo van a hacer la visita?"
)
PUBLIC = (
    "La quebrada del acueducto baja con espuma. Ya hablé con [nombre oculto] en la sede. Vivo en "
    "la [dirección oculta], mi cédula es [cédula oculta]. ¿Cuándo van a hacer la visita?"
)
ALIKE = "La quebrada del acueducto baja con mucha espuma y piden una visita."


@pytest.fixture
def question(make_question):
    """It waits, and a rule says who usually answers its topic."""
    office = Office.objects.get(code="autoridad-ambiental")
    TopicRule.objects.create(topic=Topic.objects.get(slug="agua"), office=office)
    return make_question(text=TEXT, name="Ana Ruiz", email="ana@example.org")


def choose(page, number, choice):
    group = page.get_by_role("radiogroup", name=f"Qué hacer con el hallazgo {number}")
    group.get_by_label(choice).check()


def now(question) -> Question:
    return Question.objects.get(pk=question.pk)


@pytest.mark.parametrize("javascript", [True, False])
def test_marks_then_published_and_assigned(live_portal, desk_page, staff, question, javascript):
    page = desk_page(staff.moderation, java_script_enabled=javascript)
    page.goto(f"{live_portal}{LIST}")
    page.get_by_role("button", name="Revisar uno por uno").click()
    page.wait_for_url(f"**{page_of(question)}")
    assert ReviewLease.objects.get().user == staff.moderation
    assert page.locator(".publico .tachado").all_inner_texts() == ["nombre oculto", "cédula oculta"]
    page.get_by_role("button", name="Publicar y asignar").click()
    assert "vereda El Ejemplo" in page.get_by_role("alert").inner_text()
    assert now(question).visibility == "unmoderated"
    choose(page, 2, "Ocultar")
    page.get_by_role("button", name="Aplicar marcas").click()
    page.locator(".publico .tachado", has_text="dirección oculta").wait_for()
    assert page.locator("#id_public_text").input_value() == PUBLIC
    page.get_by_role("button", name="Publicar y asignar").click()
    page.locator(".messagelist .success").wait_for()
    published = now(question)
    assert (published.visibility, published.public_text) == ("published", PUBLIC)
    assert (published.status, published.office.code) == ("assigned", "autoridad-ambiental")
    assert page.problems == []


@pytest.mark.parametrize("javascript", [True, False])
def test_joined_to_a_similar_one(live_portal, desk_page, staff, published, question, javascript):
    other = published(text=ALIKE)
    page = desk_page(staff.moderation, java_script_enabled=javascript)
    page.goto(f"{live_portal}{page_of(question)}")
    assert page.locator(".parecidas .comun").count() > 2
    if javascript:
        page.locator("[data-reserved]").wait_for()
        page.keyboard.press("1")
    else:
        page.locator(f'button[name="join"][value="{other.number}"]').click()
    page.locator(".messagelist .success").wait_for()
    assert now(question).merged_into == other


def test_a_choice_is_drawn_at_once(live_portal, desk_page, staff, question):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{page_of(question)}")
    choose(page, 2, "Ocultar")
    page.locator(".publico .tachado", has_text="dirección oculta").wait_for()
    choose(page, 1, "Dejar")
    page.locator(".publico", has_text="don Fulano de Tal").wait_for()
    text = page.locator("#id_public_text").input_value()
    assert text == PUBLIC.replace("[nombre oculto]", "don Fulano de Tal")
    assert (now(question).public_text, page.problems) == ("", [])


def test_what_is_selected_is_hidden_and_can_be_taken_back(
    live_portal, desk_page, staff, make_question
):
    question = make_question(text="Llame a Anabel, la de la tienda, para abrir la reja.")
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{page_of(question)}")
    page.get_by_text("Corregir ortografía o marcar a mano").click()
    field = page.locator("#id_public_text")
    field.evaluate("field => { field.focus(); field.setSelectionRange(8, 14); }")
    page.get_by_role("button", name="Ocultar lo seleccionado").click()
    hidden = "Llame a [nombre oculto], la de la tienda, para abrir la reja."
    assert field.input_value() == hidden
    page.keyboard.press("Control+z")
    assert field.input_value() == question.original_text


def test_the_keys(live_portal, desk_page, staff, make_question, question):
    second = make_question(at=None)
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{page_of(question)}")
    page.locator("[data-reserved]").wait_for()
    for key, field in (("c", "#id_asked"), ("u", "#id_into"), ("t", "#id_body")):
        page.keyboard.press(key)
        assert page.locator(field).evaluate("field => field === document.activeElement"), key
        page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator('button[value="withhold"]')).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{page_of(second)}")
    assert ReviewLease.objects.get().question == second
    assert now(question).revision == 0


def test_two_moderators_do_not_collide(live_portal, desk_page, staff, question):
    first, second = desk_page(staff.moderation), desk_page(staff.moderation_blind)
    first.goto(f"{live_portal}{page_of(question)}")
    first.locator("[data-reserved]", has_text="min").wait_for()
    second.goto(f"{live_portal}{page_of(question)}")
    banner = second.locator("[data-taken]")
    assert "la está revisando" in banner.inner_text()
    second.get_by_role("button", name="Publicar y seguir").click()
    assert "la está revisando" in second.get_by_role("alert").inner_text()
    assert now(question).visibility == "unmoderated"
    ReviewLease.objects.all().delete()
    second.reload()
    second.locator("[data-reserved]", has_text="min").wait_for()
    first.get_by_role("button", name="Saltar").click()
    assert ReviewLease.objects.get().user == staff.moderation_blind


@pytest.mark.parametrize("javascript", [True, False])
def test_contact_data_and_a_note_lose_nothing(live_portal, desk_page, staff, question, javascript):
    page = desk_page(staff.moderation, java_script_enabled=javascript)
    page.goto(f"{live_portal}{page_of(question)}")
    expect(page.get_by_text("ana@example.org")).to_have_count(0)
    page.locator("#id_title").fill("Espuma en la quebrada")
    page.get_by_role("button", name="Ver datos").click()
    page.get_by_text("ana@example.org").wait_for()
    assert AccessEntry.objects.get().actor == staff.moderation
    page.locator("#id_note").fill("Hay queja de octubre.")
    page.get_by_role("button", name="Agregar la nota").click()
    page.locator(".notas", has_text="Hay queja de octubre.").wait_for()
    assert page.locator("#id_title").input_value() == "Espuma en la quebrada"
    expect(page.get_by_text("ana@example.org")).to_have_count(0)
    assert page.problems == []


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_page_is_accessible_and_fits(live_portal, desk_page, staff, published, question, width):
    published(text=ALIKE)
    workflow.propose_archive(question, actor=staff.root, reason="Insulta a una persona.")
    for person in (staff.moderation, staff.approval):
        page = desk_page(person, width)
        page.goto(f"{live_portal}{page_of(question)}")
        for summary in page.locator("main details > summary").all():
            summary.click()
        found = Axe().run(page, options=NO_FETCHING).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.problems == [] and page.requests.foreign(live_portal) == []
