"""The archive at two widths, and who writes about a draft of the minutes in time and too late."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from accountability.minutes import workflow as editions
from accountability.models import MinutesRemark
from portal.base import automatic, clock
from tests.accountability.conftest import *  # noqa: F403 - the archive of that room

pytestmark = pytest.mark.browser
HELD = "/eventos/2020-12-21-jornada/"
PAGES = [
    "/compromisos/", "/compromisos/c-07/", f"{HELD}acta/", f"{HELD}registro/",
    f"{HELD}transcripcion/", f"{HELD}matriz/", f"{HELD}paquete/", "/participa/", "/verificar/",
]  # fmt: skip


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_archive_have_no_fault_and_fit(live_portal, new_page, width):
    call_command("load_demo", verbosity=0)
    page = new_page(viewport={"width": width, "height": 900})
    faults = {}
    for path in PAGES:
        status = page.goto(live_portal + path).status
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if status != 200 or found or wide:
            faults[path] = (status, found, wide)
    assert faults == {}
    assert page.problems == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_remark_arrives_in_time_and_not_after_the_day(
    live_portal, new_page, draft_minutes, staff, monkeypatch, javascript
):
    monkeypatch.setattr(automatic, "looks_automatic", lambda post: False)
    until = clock.local_day() + timedelta(days=3)
    editions.open_to_remarks(draft_minutes, actor=staff.approval, until=until)
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    address = f"{live_portal}{HELD}acta/borrador/observar/"
    page.goto(address)
    text, send = page.locator("textarea[name=text]"), page.locator("main form button").last
    text.fill("Falta decir a qué hora terminó la jornada.")
    send.click()
    expect(page.get_by_role("status")).to_contain_text("Recibimos su observación OBS-")
    page.goto(address)
    text.fill("Llegué cuando ya había cerrado.")
    type(draft_minutes).objects.update(remarks_until=clock.local_day() - timedelta(days=1))
    send.click()
    expect(page.locator("main")).to_contain_text("Las observaciones se recibieron hasta")
    expect(text).to_have_value("Llegué cuando ya había cerrado.")
    expect(page.get_by_role("link", name="Pedir una corrección")).to_be_visible()
    assert MinutesRemark.objects.count() == 1
