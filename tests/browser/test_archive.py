"""The archive as people use it: board, commitment, record, acta; with and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from playwright.sync_api import expect

from accountability.models import CommitmentNote, Minutes
from portal.base import automatic
from tests.accountability.conftest import *  # noqa: F403 - the archive of that room
from tests.accountability.test_recording import DATA

pytestmark = pytest.mark.browser
HELD = "/eventos/2020-12-21-jornada/"
BOTH = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture
def demo(live_portal):
    call_command("load_demo", verbosity=0)
    return live_portal


@pytest.fixture
def at_once(monkeypatch):
    """Forms may be sent as soon as they are opened."""
    monkeypatch.setattr(automatic, "looks_automatic", lambda post: bool(post.get("website")))


def faults(page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


@BOTH
def test_the_board_is_filtered_and_leads_to_a_commitment(demo, new_page, javascript):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    page.goto(f"{demo}/compromisos/")
    everything = page.locator(".asiento").count()
    page.locator(".filtro-estado a", has_text="Vencido").click()
    expect(page.locator(".filtro-estado a[aria-current]")).to_contain_text("Vencido")
    late = page.locator(".asiento").count()
    assert 0 < late < everything
    assert page.locator(".vence--mal").count() == late
    page.locator("details.filtros summary").click()
    page.get_by_label("Palabra").fill("vertimientos")
    page.get_by_role("button", name="Filtrar").click()
    page.get_by_role("link", name=re.compile("Quitar: .*Vencido")).click()
    expect(page.locator(".asiento__que a").first).to_contain_text("vertimientos")
    title = page.locator(".asiento__que a").first.inner_text()
    page.locator(".asiento__que a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.problems == []


def test_the_board_works_with_the_keyboard_alone(demo, new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{demo}/compromisos/")
    link = page.locator(".filtro-estado a", has_text="Cumplido").first
    for _press in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    outline = link.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.locator(".filtro-estado a[aria-current]")).to_contain_text("Cumplido")


@BOTH
def test_a_neighbour_writes_about_a_commitment(demo, new_page, at_once, javascript):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    page.goto(f"{demo}/compromisos/c-07/")
    assert page.locator(".historia li, .linea li, [id=linea] ~ ol li").count() > 2
    before = CommitmentNote.objects.count()
    page.get_by_role("link", name="Cuéntenos cómo va").click()
    text = page.locator("textarea[name=text]")
    text.fill("Corto")
    page.get_by_role("button", name="Enviar la nota").click()
    expect(page.locator("#errores")).to_contain_text("Es muy corto")
    assert text.input_value() == "Corto"
    assert CommitmentNote.objects.count() == before
    text.fill("En la vereda vimos dos visitas este mes.")
    page.get_by_role("button", name="Enviar la nota").click()
    expect(page.get_by_role("status")).to_contain_text("Recibimos su nota NOTA-")
    assert CommitmentNote.objects.latest("pk").status == "received"
    page.goto(f"{demo}/compromisos/c-07/")
    assert "vimos dos visitas" not in page.content()


def test_the_recording_is_played_when_it_is_asked_for_and_not_before(demo, new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{demo}{HELD}registro/")
    video = page.locator("video")
    expect(video).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requests if "/grabacion/" in url] == []
    video.evaluate("video => { video.muted = true; return video.play(); }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    assert not any(url.endswith(".vtt") for url in page.requests)
    video.evaluate("video => { video.textTracks[0].mode = 'showing'; }")
    page.wait_for_function("() => document.querySelector('video').textTracks[0].cues?.length === 5")
    video.evaluate("video => { video.currentTime = 21; }")
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks[0].activeCues].some("
        "cue => cue.text.includes('visita técnica'))"
    )
    assert any(url.endswith("/grabacion/video") for url in page.requests)
    assert page.requests.foreign(demo) == []
    assert page.problems == []


@BOTH
def test_the_record_leads_from_a_moment_to_what_came_of_it(demo, new_page, javascript):
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    page.goto(f"{demo}{HELD}")
    page.get_by_role("link", name="Registro completo de la jornada").click()
    expect(page.locator("h1")).to_have_text("Registro de la jornada")
    moment = page.locator(".orden > li", has_text="Compromisos de mejora")
    moment.get_by_role("link", name="Lo que dice el acta").click()
    page.wait_for_url(re.compile(r"/acta/#s-\d+$"))
    expect(page.locator("h2:target")).to_contain_text("Compromisos de mejora")
    page.go_back()
    moment.get_by_role("link", name=re.compile("^C-01")).click()
    expect(page.locator("h1")).to_contain_text("Publicar tres informes")
    page.go_back()
    for picture in page.locator(".fotos img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        if javascript:
            assert picture.evaluate("img => img.naturalWidth") > 100
        assert len(picture.get_attribute("alt")) > 20
    page.get_by_role("link", name="Leer la transcripción").click()
    page.locator(".acta__n").first.click()
    page.wait_for_url(re.compile(r"/transcripcion/#t-\d+$"))
    assert page.problems == []


@pytest.mark.parametrize("width", [1024, 1440])
def test_the_desk_puts_a_recording_and_a_photograph(live_portal, desk_page, staff, record, width):
    page = desk_page(staff.communications, width)
    page.goto(f"{live_portal}/gestion/accountability/sessionrecord/{record.pk}/change/")
    assert faults(page) == []
    page.locator("input[name=files-0-title]").fill("La visita")
    page.locator("input[name=files-0-file]").set_input_files(
        [{"name": "f.jpg", "mimeType": "image/jpeg", "buffer": _photo().read()}]
    )
    page.get_by_role("button", name="Guardar", exact=True).first.click()
    expect(page.locator(".errorlist, .error-campo").first).to_contain_text("Diga qué muestra")
    assert page.locator("input[name=files-0-title]").input_value() == "La visita"
    page.goto(f"{live_portal}/gestion/accountability/sessionrecord/{record.pk}/change/")
    page.get_by_role("link", name="Grabación de la jornada").click()
    assert faults(page) == []
    page.get_by_label("Video").set_input_files(DATA / "sesion.mp3")
    page.get_by_role("button", name="Subir la grabación").click()
    expect(page.locator(".error-campo")).to_contain_text("MP4 o WebM")
    page.get_by_label("Video").set_input_files(DATA / "sesion.mp4")
    page.get_by_role("button", name="Subir la grabación").click()
    expect(page.locator(".messagelist")).to_contain_text("quedó guardada")
    expect(page.locator(".lista")).to_contain_text("grabacion-2020-12-21-jornada.mp4")
    assert faults(page) == []


def _photo() -> SimpleUploadedFile:
    from tests.accountability.test_records import photo

    return photo()


@BOTH
def test_the_acta_from_the_data_to_its_second_edition(
    live_portal, desk_page, new_page, staff, event_held, draft_minutes, javascript
):
    """Written by one, approved and published by another; then corrected as edition 2."""
    desk = f"{live_portal}/gestion/accountability/minutes/"
    writer = desk_page(staff.communications, java_script_enabled=javascript)
    writer.goto(f"{desk}{draft_minutes.pk}/texto/")
    writer.get_by_role("link", name=re.compile("^Escribir Apertura")).click()
    writer.locator("textarea[name=body]").fill("")
    writer.get_by_role("button", name="Guardar la sección").click()
    expect(writer.get_by_role("alert").first).to_contain_text("No se guardó")
    writer.locator("textarea[name=body]").fill("Se abrió a las 9:04 a. m.\n\nEran 40 personas.")
    writer.get_by_role("button", name="Guardar la sección").click()
    expect(writer.locator(".hoja")).to_contain_text("Eran 40 personas.")
    second = desk_page(staff.approval, java_script_enabled=javascript)
    for action in ("Aprobar", "Publicar"):
        _act(second, desk, draft_minutes, action)
    reader = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    reader.goto(f"{live_portal}{HELD}acta/")
    reader.locator("#p-2 .acta__n").click()
    expect(reader.locator(".acta__p:target")).to_contain_text("Eran 40 personas.")
    assert faults(reader) == [] if javascript else True
    _act(writer, desk, draft_minutes, "edición nueva", change_note="Corrige cuántas personas.")
    newer = Minutes.objects.get(edition=2)
    writer.goto(f"{desk}{newer.pk}/texto/")
    writer.get_by_role("link", name=re.compile("^Escribir Apertura")).click()
    writer.locator("textarea[name=body]").fill("Se abrió a las 9:04 a. m.\n\nEran 42 personas.")
    writer.get_by_role("button", name="Guardar la sección").click()
    expect(writer.locator(".hoja")).to_contain_text("Eran 42 personas.")
    for action in ("Aprobar", "Publicar"):
        _act(second, desk, newer, action)
    reader.goto(f"{live_portal}{HELD}acta/")
    expect(reader.locator("header .aviso--cambio")).to_contain_text("Corrige cuántas personas.")
    reader.get_by_role("link", name="Ver qué cambió").click()
    changes = reader.locator("section[aria-labelledby=cambios]")
    assert changes.locator("del").all_inner_texts() == ["se quitó:\n40"]
    assert changes.locator("ins").all_inner_texts() == ["se agregó:\n42"]
    reader.get_by_role("link", name=re.compile("^Edición 1")).click()
    expect(reader.locator("#p-2")).to_contain_text("Eran 40 personas.")
    assert [text for text in writer.problems if "422" not in text] == []  # what was refused above
    assert reader.problems == second.problems == []


def _act(page, desk, minutes, action, **told):
    """Choose one row of the list and what to do with it, as anybody does who has no keys."""
    page.goto(desk)
    page.locator(f"input.action-select[value='{minutes.pk}']").check()
    label = page.locator("select[name=action] option", has_text=re.compile(action, re.I)).first
    page.locator("select[name=action]").select_option(label.get_attribute("value"))
    page.locator("button[name=index], .actions button").first.click()
    if told:
        for name, value in told.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator(".submit-row button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
