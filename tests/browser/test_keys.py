"""The keys of the desk and the button that undoes, in a real browser; no control is only a key."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from portal.base.models import StaffPreference
from questions import workflow
from questions.models import Question
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.questions.desk import LIST, page_of

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
NO_FETCHING = {"preload": False}
CALM = "¿Cuándo revisan el vertimiento de la quebrada?"
CHOSEN = "#result_list input.action-select:checked"


@pytest.fixture
def desk(desk_page, staff):
    return desk_page(staff.moderation)


@pytest.fixture
def two(make_question):
    return make_question(text=CALM), make_question(text=CALM)


def focused(page) -> str:
    """The number of the row that has the focus."""
    row = page.locator("#result_list tbody tr:focus .field-number_and_revision")
    return row.inner_text() if row.count() else ""


def test_rows_are_walked_chosen_and_opened(live_portal, desk, two):
    first, second = (str(question.number) for question in two)
    desk.goto(f"{live_portal}{LIST}")
    desk.keyboard.press("j")
    assert focused(desk) == first
    desk.keyboard.press("j")
    assert focused(desk) == second
    desk.keyboard.press("x")
    expect(desk.locator(CHOSEN)).to_have_count(1)
    assert "1 de 2" in desk.locator(".action-counter").inner_text()
    desk.keyboard.press("k")
    assert focused(desk) == first
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{page_of(two[0])}")
    assert desk.problems == []


def test_enter_on_a_box_opens_nothing(live_portal, desk, two):
    """Enter is the row's only while the row itself has the focus."""
    desk.goto(f"{live_portal}{LIST}")
    desk.keyboard.press("j")
    desk.locator("#result_list input.action-select").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_timeout(300)
    assert desk.url == f"{live_portal}{LIST}"
    assert Question.objects.filter(visibility="unmoderated").count() == 2


def test_keys_rest_while_somebody_types_and_with_modifiers(live_portal, desk, two):
    desk.goto(f"{live_portal}{LIST}")
    desk.keyboard.press("/")
    desk.keyboard.type("jkxz?")
    assert desk.locator("#searchbar").input_value() == "jkxz?"
    assert not desk.locator("#teclas").evaluate("panel => panel.open")
    desk.locator("h1").click()
    for keys in ("Control+j", "Alt+j", "Meta+j"):
        desk.keyboard.press(keys)
        assert focused(desk) == "", keys


def test_the_map_is_shown_and_the_keys_are_switched_off(live_portal, desk, staff, two):
    desk.goto(f"{live_portal}{LIST}")
    desk.keyboard.press("?")
    expect(desk.locator("#teclas dl")).to_be_visible()
    desk.get_by_role("button", name="Apagar teclas").click()
    desk.wait_for_selector('#teclas[data-keys="off"]', state="attached")
    assert StaffPreference.objects.get(user=staff.moderation).keys_on is False
    for key in ("j", "?", "/"):
        desk.keyboard.press(key)
    assert focused(desk) == ""
    assert not desk.locator("#teclas").evaluate("panel => panel.open")


def test_the_keys_of_the_review_page_press_its_buttons(live_portal, desk, two):
    first, second = two
    desk.goto(f"{live_portal}{page_of(first)}")
    desk.keyboard.press("c")
    assert desk.locator("#id_asked").evaluate("field => field === document.activeElement")
    desk.keyboard.type("p")
    assert desk.locator("#id_asked").input_value() == "p"
    desk.locator("h1").click()
    desk.keyboard.press("p")
    desk.wait_for_url(f"**{page_of(second)}")
    assert Question.objects.get(pk=first.pk).visibility == "published"
    desk.keyboard.press("z")
    desk.wait_for_url(f"**{page_of(first)}")
    assert Question.objects.get(pk=first.pk).visibility == "unmoderated"
    assert desk.problems == []


def test_the_seconds_run_down_and_the_button_goes(live_portal, desk, two):
    first, second = two
    desk.clock.install()
    desk.goto(f"{live_portal}{page_of(first)}")
    desk.locator('button[value="publish"]').click()
    desk.wait_for_url(f"**{page_of(second)}")
    assert 0 < int(desk.locator("[data-left]").inner_text()) <= 15
    desk.clock.run_for(16_000)
    expect(desk.locator(".deshacer")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_undo_with_the_pointer(live_portal, desk_page, staff, two, javascript):
    page = desk_page(staff.moderation, java_script_enabled=javascript)
    page.goto(f"{live_portal}{LIST}")
    for box in page.locator("#result_list input.action-select").all():
        box.check()
    page.locator('button[value="publish"]').click()
    expect(page.locator(".messagelist .success")).to_contain_text("Se publicaron 2 aportes.")
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".messagelist")).to_contain_text("Se deshizo")
    assert Question.objects.filter(visibility="unmoderated").count() == 2


def test_the_bar_says_what_can_not_be_published_together(live_portal, desk, make_question, two):
    held = make_question(text=f"{CALM} Llame al 310 555 12 34")
    desk.goto(f"{live_portal}{LIST}")
    publish, note = desk.locator('button[value="publish"]'), desk.locator("[data-note]")
    desk.locator("#action-toggle").check()
    assert publish.is_disabled()
    expect(note.get_by_role("link", name=str(held.number))).to_be_visible()
    desk.locator(f'input.action-select[value="{held.pk}"]').uncheck()
    assert publish.is_enabled() and note.is_hidden()
    desk.locator('button[type="reset"]').click()
    desk.wait_for_timeout(100)
    expect(desk.locator(CHOSEN)).to_have_count(0)
    expect(desk.locator("tr.selected")).to_have_count(0)


def test_an_action_that_asks_works_without_javascript(live_portal, desk_page, staff, two):
    page = desk_page(staff.moderation, java_script_enabled=False)
    page.goto(f"{live_portal}{LIST}")
    page.locator("#result_list input.action-select").first.check()
    page.locator("summary", has_text="No publicar").click()
    page.locator('select[name="reason"]').select_option("advertising")
    page.locator('.actions button[value="withhold"]').click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Question.objects.filter(withhold_reason="advertising").count() == 1


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_list_with_everything_open_is_accessible(
    live_portal, desk_page, staff, make_question, two, width
):
    make_question(text=f"{CALM} Llame al 310 555 12 34")
    page = desk_page(staff.moderation, width)
    page.goto(f"{live_portal}{LIST}")
    page.locator("#action-toggle").check()
    page.locator("#teclas summary").click()
    page.locator("summary", has_text="Asignar a").click()
    found = Axe().run(page, options=NO_FETCHING).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_bar_of_undo_is_accessible(live_portal, desk, staff, two):
    desk.goto(f"{live_portal}{page_of(two[0])}")
    desk.locator('button[value="publish"]').click()
    desk.wait_for_url(f"**{page_of(two[1])}")
    found = Axe().run(desk, options=NO_FETCHING).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in found] == []


def test_an_office_gets_its_own_bar(live_portal, desk_page, staff, make_question):
    office = staff.office.office_memberships.get().office
    workflow.assign_question(make_question(), actor=staff.moderation, office=office)
    page = desk_page(staff.office)
    page.goto(f"{live_portal}{LIST}")
    assert page.locator(".actions summary").all_inner_texts() == ["Devolver…"]
    assert page.problems == []
