"""The console in a real browser: two operators, keys, typed text that stays, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import LogLine, Speaker
from events.session import workflow as session
from questions.live import workflow as queue
from questions.models import LiveTurn, Question
from tests.live.desk import begin_soon, console_of, opened, queued
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
NO_FETCHING = {"preload": False}
TEXTS = (
    "¿Por qué el agua de El Ejemplo llega amarilla cuando llueve y quién responde por los daños?",
    "¿Cada cuánto visitan los trapiches?",
    "¿Van a subsidiar los pozos sépticos de las escuelas?",
)


@pytest.fixture
def scene(live_portal, event_open, staff, make_question, published):
    """A session that goes on: two to review, one approved, two queued, one on air, a speaker."""
    event = begin_soon(event_open)
    opened(event, staff.moderation)
    session.next_item(session.session_for(event), actor=staff.moderation)
    for text in TEXTS[:2]:
        make_question(event=event, text=text)
    published(event=event, text="¿Quién vigila los lavaderos de carros junto al río?")
    turns = [queued(published(event=event), staff.moderation) for _ in range(3)]
    queue.put_on_air(turns[0], actor=staff.moderation)
    queue.set_hint(turns[0], actor=staff.moderation, hint="46 visitas en 2020.")
    Speaker.objects.create(event=event, name="Veeduría de Oiba", theme="Agua", code_digest="v")
    session.write_line(event, actor=staff.moderation, text="La Subdirección anuncia una visita.")
    session.count_audience(event, actor=staff.moderation, channel="zoom", people=212)
    return event


def violations(page):
    found = Axe().run(page, options=NO_FETCHING).response["violations"]
    return [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]


def test_one_operator_sees_what_the_other_one_does(scene, live_portal, desk_page, staff):
    address = f"{live_portal}{console_of(scene)}"
    first, second = desk_page(staff.moderation), desk_page(staff.make("moderation", username="ana"))
    first.goto(address)
    second.goto(address)
    second.locator("#line_text").fill("Esto no se pierde")
    first.get_by_role("button", name="Respondida").click()
    expect(first.locator("#c-aire .al-aire")).to_have_count(0)
    expect(second.locator("#c-aire .al-aire")).to_have_count(0)
    assert second.locator("#line_text").input_value() == "Esto no se pierde"
    assert LiveTurn.objects.filter(status="answered").count() == 1
    assert first.problems == second.problems == []


def test_a_field_in_use_is_never_replaced(scene, live_portal, desk_page, staff, make_question):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{console_of(scene)}")
    page.locator("#c-revisar summary", has_text="Unir").first.click()
    field = page.locator("#c-revisar input[name=into]").first
    field.fill("12")
    make_question(event=scene, text=TEXTS[2])
    page.wait_for_timeout(4000)
    expect(page.locator("#c-revisar")).not_to_contain_text(TEXTS[2])
    expect(field).to_be_focused()
    page.locator("h1").click()  # nobody types any more: the lane is drawn, and the number stays
    expect(page.locator("#c-revisar")).to_contain_text(TEXTS[2])
    assert page.locator("#c-revisar input[name=into]").first.input_value() == "12"


def test_the_keys_press_the_buttons_of_the_chosen_card(scene, live_portal, desk_page, staff):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{console_of(scene)}")
    page.keyboard.press("r")
    expect(page.locator("#c-aire .al-aire")).to_have_count(0)
    page.keyboard.press("a")
    expect(page.locator("#c1 b")).to_have_text("1")
    assert Question.objects.get(original_text=TEXTS[0]).visibility == "published"
    second = page.locator("#c-cola .tarjeta-q").nth(1)
    lower = second.get_attribute("id")
    second.focus()
    page.keyboard.press("k")
    expect(page.locator("#c-cola .tarjeta-q").first).to_have_attribute("id", lower)
    page.locator(f"#{lower}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#c-aire .al-aire")).to_be_visible()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Mostrarla de nuevo")).to_be_visible()
    page.keyboard.press("+")
    page.keyboard.type("ahr")
    assert page.locator("#rapida_text").input_value() == "ahr"
    assert page.problems == []


def test_the_light_turns_red_and_recovers(scene, live_portal, desk_page, staff):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{console_of(scene)}")
    lamp = page.locator("#luz")
    expect(lamp).to_contain_text("Conectada")
    page.context.set_offline(True)
    expect(lamp).to_contain_text("Sin conexión")
    page.locator("#line_text").fill("Sin red")
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(page.locator("#c-perdido")).to_be_visible()
    assert page.locator("#line_text").input_value() == "Sin red"
    page.context.set_offline(False)
    expect(lamp).to_contain_text("Conectada")
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(page.locator("#c-bitacora")).to_contain_text("Sin red")
    assert page.locator("#line_text").input_value() == ""
    assert LogLine.objects.filter(text="Sin red").count() == 1


def test_a_sign_in_that_ran_out_loses_nothing_typed(scene, live_portal, desk_page, staff):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{console_of(scene)}")
    signed_in = page.context.cookies()
    page.locator("#line_text").fill("Habla la alcaldesa")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(page.locator("#c-vencida")).to_contain_text("Su sesión venció.")
    assert page.locator("#line_text").input_value() == "Habla la alcaldesa"
    page.context.add_cookies(signed_in)
    expect(page.locator("#c-vencida")).to_be_hidden()
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(page.locator("#c-bitacora")).to_contain_text("Habla la alcaldesa")


def test_without_javascript_every_button_works(scene, live_portal, desk_page, staff):
    page = desk_page(staff.moderation, java_script_enabled=False)
    page.goto(f"{live_portal}{console_of(scene)}")
    page.get_by_role("button", name="Respondida").click()
    assert page.url.endswith("#c-aire")
    page.locator("#c-revisar summary", has_text="No publicar").first.click()
    page.locator("#c-revisar select[name=reason]").first.select_option("insults")
    page.locator('#c-revisar button[value="withhold"]').first.click()
    assert Question.objects.get(original_text=TEXTS[0]).visibility == "withheld"
    page.locator("#commitment_title").fill("Visitar la quebrada")
    page.locator("#b-commitment").click()
    assert page.locator("#commitment_title").input_value() == "Visitar la quebrada"
    assert page.locator("#c-compromiso .error-campo").count() == 2


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_console_is_accessible(scene, live_portal, desk_page, staff, width):
    page = desk_page(staff.moderation, width)
    page.goto(f"{live_portal}{console_of(scene)}")
    assert violations(page) == []
    page.locator("#c-revisar summary", has_text="Unir").first.click()
    page.locator("#c-cola summary", has_text="pista").first.click()
    expect(page.locator("#c-cola textarea").first).to_be_visible()
    page.locator("#d-end summary").click()
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(page.locator("#c-linea .error-campo")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(f"{live_portal}/gestion/vivo/")
    assert violations(page) == []
