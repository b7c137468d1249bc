"""Somebody registers to attend or to speak, and comes in at the door, in a real browser."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import Attendee, Speaker
from portal.base import automatic, versions

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
AXE = {"preload": False}
SIZES = {320: 800, 390: 844, 1280: 900}


@pytest.fixture
def event(live_portal, event_open, monkeypatch):
    """It takes names for a seat and to speak; a test fills a form faster than a person."""
    monkeypatch.setattr(automatic, "LEAST_SECONDS", -1)
    event_open.takes_attendees = event_open.takes_speakers = True
    event_open.seats, event_open.venue = 40, "Auditorio de la CAS"
    event_open.save()
    versions.forget()
    return event_open


@pytest.fixture
def phone(new_page):
    def make(**options):
        return new_page(viewport={"width": 390, "height": 844}, **options)

    return make


def press(page, name):
    """As with a keyboard."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def attend(page, base, event, name="Ana Ruiz") -> str:
    """Register for a seat; gives the code of the receipt."""
    page.goto(f"{base}/eventos/{event.slug}/inscribirse/")
    page.get_by_label("Su nombre").fill(name)
    page.get_by_label("Autorizo").check()
    press(page, "Inscribirme")
    expect(page.get_by_role("heading", name="Recibimos su inscripción")).to_be_visible()
    return page.locator(".secreto").inner_text()


def axe(page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] + ["wide"] * wide


@pytest.mark.parametrize("javascript", [True, False])
def test_a_seat_gives_a_receipt_with_a_square_that_a_telephone_reads(
    live_portal, phone, event, javascript
):
    page = phone(java_script_enabled=javascript)
    code = attend(page, live_portal, event)
    assert len(code) == 11 and code[5] == "-"
    expect(page.get_by_text("Usted tiene cupo")).to_be_visible()
    expect(page.get_by_text("Tome una foto de esta página o imprímala")).to_be_visible()
    square = page.get_by_role("img", name="Código para la puerta").bounding_box()
    assert square["width"] >= 200 and square["height"] >= 200
    page.emulate_media(media="print")
    expect(page.locator(".secreto")).to_be_visible()
    on_paper = page.get_by_role("img", name="Código para la puerta").bounding_box()
    assert on_paper["width"] >= 200
    assert urlsplit(page.url).path == f"/eventos/{event.slug}/inscribirse/listo/"
    assert Attendee.objects.get().name == "Ana Ruiz"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_fault_in_the_form_to_speak_loses_nothing(live_portal, phone, event, javascript):
    page = phone(java_script_enabled=javascript)
    page.goto(f"{live_portal}/eventos/{event.slug}/intervenir/")
    page.get_by_label("Por mi organización").check()
    page.get_by_label("Su municipio").fill("Oyva")
    page.get_by_label("Video grabado").check()
    page.get_by_label("¿Qué va a decir").fill("El agua de la vereda")
    page.get_by_label("Autorizo").check()
    press(page, "Inscribirme para intervenir")

    expect(page.get_by_role("heading", name="Revise 4 datos para continuar")).to_be_visible()
    assert page.title().startswith("Error:")
    if javascript:
        expect(page.locator("#errores")).to_be_focused()
    page.get_by_role("link", name="No encontramos «Oyva»").press("Enter")
    expect(page.get_by_label("Su municipio")).to_be_focused()
    expect(page.get_by_label("Su municipio")).to_have_value("Oyva")
    expect(page.get_by_label("Por mi organización")).to_be_checked()
    expect(page.get_by_label("Video grabado")).to_be_checked()
    expect(page.get_by_label("¿Qué va a decir")).to_have_value("El agua de la vereda")
    expect(page.get_by_label("Autorizo")).to_be_checked()

    page.get_by_label("Su nombre").fill("Ana Ruiz")
    page.get_by_label("Su municipio").fill("Oiba")
    page.get_by_label("Su organización").fill("Acueducto veredal")
    page.get_by_label("Enlace de su grabación").fill("https://example.org/video")
    press(page, "Inscribirme para intervenir")
    expect(page.get_by_text("Usted está en la lista de quienes intervienen")).to_be_visible()
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.municipality.name, speaker.medium) == (
        "Ana Ruiz", "Oiba", "video",
    )  # fmt: skip
    assert not speaker.in_own_name


def test_the_municipalities_are_offered_and_letters_are_counted(live_portal, phone, event):
    page = phone()
    page.goto(f"{live_portal}/eventos/{event.slug}/intervenir/")
    field = page.get_by_label("Su municipio")
    offered = page.locator(f"datalist#{field.get_attribute('list')} option")
    assert "Oiba" in [option.get_attribute("value") for option in offered.all()]
    page.get_by_label("¿Qué va a decir").fill("a" * 290)
    expect(page.get_by_text("Le quedan 10 letras.")).to_be_visible()


def test_the_door_lets_a_code_in_once(live_portal, phone, desk_page, event, staff):
    code = attend(phone(), live_portal, event)
    door = desk_page(staff.communications, width=390)
    door.goto(f"{live_portal}/gestion/events/event/{event.pk}/entrada/")
    field = door.get_by_role("textbox", name="Código o nombre")
    field.fill(code.lower().replace("-", " "))
    field.press("Enter")
    button = door.get_by_role("button", name="Entra Ana Ruiz")
    assert button.bounding_box()["height"] >= 44
    assert axe(door) == []
    late = desk_page(staff.communications, width=390)
    late.goto(door.url)  # another person at the door has the same page open
    button.press("Enter")
    expect(door.get_by_text("Ana Ruiz entró.")).to_be_visible()
    late.get_by_role("button", name="Entra Ana Ruiz").press("Enter")
    expect(late.get_by_text("Ana Ruiz ya había entrado")).to_be_visible()
    late.goto(f"{live_portal}/gestion/events/event/{event.pk}/entrada/?codigo={code}")
    expect(late.get_by_text("entró a las")).to_be_visible()
    expect(late.get_by_role("button", name="Entra Ana Ruiz")).to_have_count(0)
    assert Attendee.objects.filter(checked_in_at__isnull=False).count() == 1


def test_at_the_desk_the_focus_is_where_the_work_goes_on(live_portal, desk_page, event, staff):
    for number, name in enumerate(("Ana", "Beto"), 1):
        Speaker.objects.create(event=event, name=name, order=number, code_digest=name, theme="Agua")
    page = desk_page(staff.communications, width=390)
    desk = f"{live_portal}/gestion/events/event/{event.pk}/"
    page.goto(desk + "entrada/")
    page.get_by_role("button", name="Entra sin inscripción").press("Enter")
    expect(page.get_by_text("Escriba el nombre")).to_be_visible()
    expect(page.get_by_label("Nombre", exact=True)).to_be_focused()
    page.goto(desk + "intervenciones/")
    assert axe(page) == []
    page.get_by_role("button", name="Subir Beto").press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Beto")
    page.keyboard.press("Tab")  # the row that moved is where the page goes on
    expect(page.get_by_role("link", name="Beto")).to_be_focused()


@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(live_portal, new_page, event, width):
    page = new_page(viewport={"width": width, "height": SIZES[width]})
    if width == 320:  # with the largest letters
        page.context.add_cookies([{"name": "lectura", "value": "3n", "url": live_portal}])
    address = f"{live_portal}/eventos/{event.slug}/"
    for path in ("inscribirse/", "intervenir/"):
        page.goto(address + path)
        assert axe(page) == [], path
        page.locator("main form button").press("Enter")
        expect(page.locator("#errores")).to_be_visible()
        assert axe(page) == [], f"{path} with faults"
    attend(page, live_portal, event)
    assert axe(page) == []
    page.goto(f"{live_portal}/inscripcion/")
    assert axe(page) == []
