"""An answer on its way through a real browser: written, returned, mended, approved, read."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from portal.base import clock
from portal.base.dates import short_day
from questions import workflow
from questions.models import Answer
from tests.base import files
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.questions.desk import ANSWERS, answer_page, write_page

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
NO_FETCHING = {"preload": False}
ALT = "Bocatoma con espuma en la orilla"


def press(page, decision):
    """The page that answers has come when this returns."""
    with page.expect_navigation():
        page.locator(f'button[name="decision"][value="{decision}"]').click()


def photo(name="bocatoma.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": files.jpeg_with_gps()}


@pytest.mark.parametrize("javascript", [True, False])
def test_the_way_of_an_answer(
    live_portal, desk_page, new_page, staff, assigned_to_office, javascript
):
    question = assigned_to_office()
    office = desk_page(staff.office, java_script_enabled=javascript)
    office.goto(f"{live_portal}{write_page(question)}")
    office.locator("#id_summary").fill("Iremos en enero")
    office.locator("#id_body").fill("Iremos con el PORH.")
    press(office, "review")
    expect(
        office.locator("#lenguaje-claro").get_by_text("Sigla sin explicar: PORH.")
    ).to_be_visible()
    assert office.locator("#id_body").input_value() == "Iremos con el PORH."
    assert not Answer.objects.exists()
    office.locator("#id_new_file").set_input_files(photo())
    press(office, "attach")
    expect(office.locator("#id_new_words_error")).to_be_visible()
    assert office.locator("#id_summary").input_value() == "Iremos en enero"
    office.locator("#id_new_file").set_input_files(photo())
    office.locator("#id_new_words").fill(ALT)
    press(office, "attach")
    assert office.url.endswith("#anexos")
    expect(office.locator(".anexos tbody tr")).to_have_count(1)
    press(office, "preview")
    assert office.url.endswith("#vista-previa")
    drawn = office.locator("#vista-previa .respuesta").get_by_role("img", name=ALT)
    drawn.scroll_into_view_if_needed()
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") == 30
    press(office, "request")
    answer = Answer.objects.get()
    address = f"{live_portal}{answer_page(answer)}"

    approval = desk_page(staff.approval, java_script_enabled=javascript)
    approval.goto(address)
    press(approval, "return")
    expect(approval.locator("#id_comment_error")).to_be_visible()
    approval.locator("#id_comment").fill("Explique la sigla")
    press(approval, "return")

    office.goto(address)
    expect(office.get_by_text("Explique la sigla")).to_be_visible()
    office.locator("#id_body").fill("Iremos con el **plan de la cuenca** el 12 de enero.")
    press(office, "request")
    expect(office.locator('button[value="publish"]')).to_have_count(0)

    approval.goto(address)
    press(approval, "publish")
    expect(approval.locator(".messagelist .success")).to_be_visible()

    public = new_page(java_script_enabled=javascript)
    public.goto(f"{live_portal}{question.get_absolute_url()}")
    shown = public.locator(".respuesta")
    expect(shown.locator("strong", has_text="plan de la cuenca")).to_be_visible()
    picture = shown.get_by_role("img", name=ALT)
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 30
    for page in (office, approval, public):
        assert page.problems == []
        assert page.requests.foreign(live_portal) == []
    picture.click()
    assert "/anexos/" in public.url


def faults(page) -> list:
    found = [(v["id"], v["nodes"][0]["html"][:140]) for v in
             Axe().run(page, options=NO_FETCHING).response["violations"]]  # fmt: skip
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *page.problems, *([f"{wider} px too wide"] if wider > 0 else [])]


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_pages_are_accessible_and_fit(
    live_portal, desk_page, staff, drafted, awaiting, attached, event_held, width
):
    draft = drafted(
        body="La visita fue aprobada.\n\n| a | b |\n|---|---|\n| 1 | 2 |", event=event_held
    )
    attached(draft, "bocatoma.jpg", files.picture("JPEG"), words=ALT)
    attached(draft, "informe.pdf", files.pdf(), words="Informe de visita")
    waiting = [awaiting(), awaiting()]
    office = desk_page(staff.office, width)
    office.goto(f"{live_portal}{answer_page(draft)}")
    assert faults(office) == []
    press(office, "preview")
    assert faults(office) == []
    approval = desk_page(staff.approval, width)
    approval.goto(f"{live_portal}{answer_page(waiting[0])}")
    assert faults(approval) == []
    approval.goto(f"{live_portal}{ANSWERS}")
    for row in waiting:
        approval.locator(f'input[name="_selected_action"][value="{row.pk}"]').check()
    approval.locator('button[name="index"][value="0"]').click()
    expect(approval.locator(".lista-conjunta > li")).to_have_count(2)
    approval.locator(".submit-row .default").click()
    expect(approval.locator("#id_release_at_error")).to_be_visible()
    assert faults(approval) == []
    approval.locator("#id_release_at").fill("2099-01-05T08:00")
    approval.locator(".submit-row .default").click()
    assert "un año" in approval.locator("#id_release_at_error").inner_text()
    day = clock.local_day() + timedelta(days=30)
    approval.locator("#id_release_at").fill(f"{day:%Y-%m-%d}T08:00")
    approval.locator(".submit-row .default").click()
    group = approval.locator(".vistas a").inner_text().replace("\xa0", " ")
    assert group == f"Salen juntas el {short_day(day)}, 8:00 a. m. (2)".replace("\xa0", " ")
    assert faults(approval) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_corrected_answer_with_attachments_on_the_public_page(
    live_portal, new_page, staff, drafted, attached, width
):
    first = drafted()
    workflow.request_approval(first, actor=staff.office)
    workflow.publish_answer(first, actor=staff.approval)
    text = {
        "summary": "Iremos en marzo.",
        "body": "En marzo.",
        "correction_note": "Se corrige el mes.",
    }
    second = workflow.draft_answer(first.question, actor=staff.office, **text)
    attached(second, "bocatoma.png", files.picture("PNG", (1600, 300)), words=ALT)
    attached(second, "informe.pdf", files.pdf(), words="Informe de visita")
    workflow.request_approval(second, actor=staff.office)
    workflow.publish_answer(second, actor=staff.approval)
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(f"{live_portal}{first.question.get_absolute_url()}")
    expect(page.locator(".respuesta .aviso").get_by_text("Se corrige el mes.")).to_be_visible()
    page.get_by_text("Ediciones anteriores").click()
    expect(page.locator("details strong", has_text="Iremos en enero.")).to_be_visible()
    assert faults(page) == []


def test_the_bar_of_the_editor_and_the_key_that_saves(live_portal, desk_page, staff, drafted):
    draft = drafted(body="uno dos")
    page = desk_page(staff.office)
    page.goto(f"{live_portal}{answer_page(draft)}")
    body = page.locator("#id_body")
    body.evaluate("field => { field.focus(); field.setSelectionRange(0, 3); }")
    page.get_by_role("button", name="Negrilla").click()
    assert body.input_value() == "**uno** dos"
    body.evaluate("field => field.setSelectionRange(0, field.value.length)")
    page.get_by_role("button", name="Lista", exact=True).click()
    assert body.input_value() == "- **uno** dos"
    body.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert Answer.objects.get().body == "- **uno** dos"
    assert page.problems == []
