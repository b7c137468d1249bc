"""The pages of the desk in a real browser: accessible, no wider than the screen, policy obeyed."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from questions import workflow
from tests.questions.desk import ANSWERS, LIST, answer_page, page_of, write_page

pytestmark = pytest.mark.browser
WIDTHS = (1440, 1024)


@pytest.fixture
def cases(make_question, published, staff):
    office = staff.office.office_memberships.get().office
    fresh = make_question(name="Ana", email="ana@example.org", text="¿Cuándo vienen? " * 30)
    assigned = workflow.assign_question(published(), actor=staff.moderation, office=office)
    waiting = workflow.assign_question(published(), actor=staff.moderation, office=office)
    body = "Iremos.\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    answer = workflow.draft_answer(waiting, actor=staff.office, summary="Sí.", body=body)
    workflow.request_approval(answer, actor=staff.office)
    return {"fresh": fresh, "assigned": assigned, "answer": answer}


def addresses(cases, event) -> list[tuple[str, str]]:
    return [
        ("moderation", "/gestion/"),
        ("moderation", f"{LIST}?vista=todas"),
        ("moderation", page_of(cases["fresh"])),
        ("office", write_page(cases["assigned"])),
        ("approval", answer_page(cases["answer"])),
        ("approval", page_of(cases["assigned"])),
        ("approval", ANSWERS),
        ("communications", f"/gestion/events/event/{event.pk}/change/"),
        ("administration", "/gestion/"),
        ("administration", "/gestion/auth/user/"),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_is_accessible_and_fits(live_portal, desk_page, staff, cases, event_open, width):
    for role, address in addresses(cases, event_open):
        page = desk_page(staff[role], width)
        assert page.goto(f"{live_portal}{address}").status == 200, address
        assert page.problems == [], address
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, address
        assert page.locator("h1").count() == page.locator("main").count() == 1, address
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address
        assert page.requests.foreign(live_portal) == [], address


def test_a_decision_without_javascript(live_portal, desk_page, staff, cases):
    page = desk_page(staff.moderation, java_script_enabled=False)
    page.goto(f"{live_portal}{page_of(cases['fresh'])}")
    page.get_by_role("link", name="Pedir aclaración").click()
    page.locator('button[value="clarify"]').click()
    assert page.get_by_role("alert").is_visible()
    page.locator("#id_asked").fill("¿En qué vereda?")
    page.locator('button[value="clarify"]').click()
    assert page.locator(".messagelist .success").is_visible()
    cases["fresh"].refresh_from_db()
    assert cases["fresh"].status == "needs_clarification"


def test_enter_in_a_field_decides_nothing(live_portal, desk_page, staff, cases):
    page = desk_page(staff.moderation)
    page.goto(f"{live_portal}{page_of(cases['fresh'])}")
    page.locator("#id_title").fill("Un título")
    page.locator("#id_title").press("Enter")
    page.wait_for_timeout(300)
    assert page.locator("#id_title").input_value() == "Un título"
    cases["fresh"].refresh_from_db()
    assert cases["fresh"].revision == 0
