"""The screen of the room in a real browser: it fits, it follows, it outlives a lost connection."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import AgendaItem, LiveSession
from portal.base import clock, dates, versions
from questions.models import Interest, LiveTurn, Question
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.browser
AXE = {"preload": False}
SIZES = [(1920, 1080), (1024, 768)]
LONGEST = [
    "¿Qué control hay sobre los vertimientos a las quebradas que abastecen los acueductos? " * 4,
    "Electroencefalografistassupersónicosnatos " * 8,
    "W" * 400,
    "🌳💧👩🏽‍🌾 " * 80,
    "ما هي الرقابة على تصريف المياه في الجداول التي تغذي قنوات المياه الريفية؟ " * 5,
]
# What of the picture reaches out of its box, or out of the screen.
OUTSIDE = """() => {
  const found = [];
  const boxes = "html, main, .centro, .centro h1, .filas, footer p";
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2) {
      found.push(`${box.tagName}.${box.className}`);
    }
  }
  const ground = document.querySelector("main").getBoundingClientRect();
  for (const part of document.querySelectorAll(".meta, .bajo, .senal, .filas li")) {
    const place = part.getBoundingClientRect();
    if (place.bottom > ground.bottom || place.right > ground.right) found.push(part.className);
  }
  return found;
}"""


def change(event, **fields):
    """The operators decide something; the page's own clock of versions is not waited for."""
    LiveSession.objects.update_or_create(event=event, defaults=fields)
    versions.content_changed(event.slug)


def put_on_air(event, published, text):
    LiveTurn.objects.filter(event=event).delete()
    question = published(event=event)
    Question.objects.filter(pk=question.pk).update(public_text=text)
    Interest.objects.create(question=question, person="1")
    LiveTurn.objects.create(event=event, question=question, status="on_air", on_air_at=clock.now())


@pytest.fixture
def open_screen(live_portal, new_page, event_open):
    def open_it(width=1920, height=1080, **options):
        page = new_page(viewport={"width": width, "height": height}, **options)
        page.goto(f"{live_portal}/eventos/{event_open.slug}/pantalla/")
        page.evaluate("document.fonts.ready")
        return page

    return open_it


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_longest_questions_fit(open_screen, event_open, published, width, height):
    for text in LONGEST:
        put_on_air(event_open, published, text)
        change(event_open, screen="question")
        page = open_screen(width, height)
        assert (text[:9], page.evaluate(OUTSIDE)) == (text[:9], [])
        letters = page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
        )
        assert letters >= 64 * width / 1920
        page.context.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_picture_fits_and_has_no_barrier(open_screen, event_open, width, height):
    event_open.title = "Rendición " * 12
    event_open.venue = "Auditorio " * 16
    event_open.save()
    for order in range(3, 12):
        AgendaItem.objects.create(event=event_open, order=order, title="Palabra " * 15, minutes=9)
    item = event_open.agenda.get(order=5)
    for screen in LiveSession.Screen.values:
        change(event_open, screen=screen, current_item=item, resumes_at=clock.now())
        page = open_screen(width, height)
        assert (screen, page.evaluate(OUTSIDE)) == (screen, [])
        barriers = Axe().run(page, options=AXE).response["violations"]
        assert (screen, [barrier["id"] for barrier in barriers]) == (screen, [])
        assert (screen, page.problems) == (screen, [])
        page.context.close()


def test_a_telephone_reads_the_code(open_screen):
    assert open_screen().locator("footer .qr").bounding_box()["width"] >= 240


def test_it_follows_and_outlives_a_lost_connection(open_screen, event_open, published):
    change(event_open, screen="pause")
    page = open_screen()
    put_on_air(event_open, published, "¿Cuándo vienen al acueducto?")
    change(event_open, screen="question")
    expect(page.locator("h1")).to_have_text("¿Cuándo vienen al acueducto?")
    page.route("**/pantalla/**", lambda route: route.abort())
    change(event_open, screen="pause")
    expect(page.get_by_text("Sin conexión desde")).to_be_visible()
    expect(page.locator("h1")).to_have_text("¿Cuándo vienen al acueducto?")
    page.unroute("**/pantalla/**")
    expect(page.locator("h1")).to_have_text("Hacemos una pausa")
    expect(page.get_by_text("Sin conexión desde")).to_be_hidden()


def test_a_server_that_stumbles_takes_nothing_away(open_screen, event_open):
    change(event_open, screen="pause")
    page = open_screen()
    body = "<h1>502 Bad Gateway</h1>"
    page.route("**/pantalla/", lambda route: route.fulfill(status=502, body=body))
    expect(page.get_by_text("Sin conexión desde")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Hacemos una pausa")


def test_what_is_no_longer_public_leaves_the_room(open_screen, event_open):
    change(event_open, screen="pause")
    page = open_screen()
    event_open.status = "draft"
    event_open.save()
    versions.content_changed(event_open.slug)
    expect(page.locator("main")).to_be_hidden()


def test_the_clock_and_the_operators_hear_of_it(open_screen, event_open):
    change(event_open, screen="pause")
    page = open_screen(timezone_id="Asia/Tokyo")
    expect(page.locator("[data-clock]")).to_have_text(dates.clock(clock.now()))
    for _time in range(60):
        if LiveSession.objects.get().screen_seen_at:
            break
        page.wait_for_timeout(200)
    assert LiveSession.objects.get().screen_seen_at
    assert page.problems == []


def test_b_is_black_and_nothing_else_is_done_by_keys(open_screen, event_open):
    change(event_open, screen="pause")
    page = open_screen()
    page.keyboard.press("b")
    expect(page.locator("main")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_be_visible()
    for key in ("ArrowRight", "ArrowLeft", "Enter", " "):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert {
        urlsplit(url).path.rsplit("/", 2)[-2] for url in page.requests if "/eventos/" in url
    } <= {
        "pantalla",
        "viva",
    }
    assert LiveSession.objects.get().revision == 0


def test_without_a_script_it_renews_itself(open_screen, event_open):
    page = open_screen(java_script_enabled=False)
    assert page.locator("noscript meta[http-equiv=refresh]").get_attribute("content") == "10"
