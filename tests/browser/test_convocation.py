"""The convocation of an event in a browser: with and without JavaScript, by keyboard, axe."""

from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import DutyProof, EventKind
from portal.base import clock
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.browser


@pytest.fixture
def hearing(live_portal, staff):
    starts = datetime(2023, 4, 26, 8, tzinfo=BOGOTA)
    return cast.make_event(
        slug="2023-04-26-audiencia", title="Audiencia de seguimiento", status="draft",
        kind=EventKind.objects.get(code="audiencia_seguimiento"), starts_at=starts,
        ends_at=starts + timedelta(hours=4),
    )  # fmt: skip


@pytest.fixture
def address(live_portal, hearing):
    return f"{live_portal}/gestion/events/event/{hearing.pk}/convocatoria/"


def violations(page) -> list[str]:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:100]}" for one in found]


@pytest.mark.parametrize("java_script", [True, False])
def test_a_task_is_marked_and_left_out(desk_page, staff, hearing, address, java_script):
    page = desk_page(staff.communications, 1440, java_script_enabled=java_script)
    page.goto(address)
    page.locator("#tarea-phone").get_by_role("button", name="Está listo").click()
    page.wait_for_url("**/convocatoria/#tarea-phone")
    task = page.locator("#tarea-screen")
    task.locator("summary").click()
    task.get_by_role("button", name="Marcar que no aplica").click()
    error = page.locator("#motivo-screen-error")
    assert "Escriba por qué no aplica." in error.inner_text()
    reason = task.get_by_role("textbox")
    expect(reason).to_be_visible()
    reason.fill("La jornada es virtual")
    reason.press("Enter")
    page.wait_for_url("**/convocatoria/#tarea-screen")
    states = set(hearing.marks.values_list("code", "state"))
    assert states == {("phone", "done"), ("screen", "not_applicable")}


def test_a_proof_by_keyboard_alone(desk_page, staff, address):
    page = desk_page(staff.communications, 1440, java_script_enabled=False)
    page.goto(address)
    page.locator("#notice").get_by_role("link", name="Agregar prueba").press("Enter")
    page.wait_for_url("**/deber/notice/")
    page.locator("#id_note").focus()
    page.keyboard.type("En la cartelera")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Escriba el día en que se hizo." in page.locator("#id_done_on-error").inner_text()
    assert page.locator("#id_note").input_value() == "En la cartelera"
    page.locator("#id_done_on").fill("2023-03-27")
    page.get_by_role("button", name="Guardar la prueba").press("Enter")
    page.wait_for_url("**/convocatoria/#notice")
    assert "Cumplido a tiempo" in page.locator("#notice").inner_text()
    proof = DutyProof.objects.get()
    assert (proof.note, clock.local_day(proof.recorded_at)) == (
        "En la cartelera",
        clock.local_day(),
    )


def test_the_folder_comes_as_a_file(desk_page, staff, hearing, address):
    page = desk_page(staff.internal_control, 1440)
    page.goto(address)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Descargar la carpeta").click()
    assert waited.value.suggested_filename == f"evidencias-{hearing.slug}.zip"


@pytest.mark.parametrize("width", [1024, 1440])
def test_axe_and_widths(desk_page, staff, hearing, address, width):
    page = desk_page(staff.communications, width)
    page.goto(address)
    page.locator("#tarea-screen summary").click()
    page.locator("#tarea-screen").get_by_role("button", name="Marcar que no aplica").click()
    page.wait_for_selector("#motivo-screen-error")
    for tail in ("", "deber/notice/"):
        if tail:
            page.goto(f"{address}{tail}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.evaluate(
            "[...document.querySelectorAll('#content button, #content summary, #content .button')]"
            ".filter(e => e.getClientRects().length).map(e => e.getBoundingClientRect().height)"
        )
        assert min(heights) >= 32
