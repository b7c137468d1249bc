"""The entity's own recording as people open it: from a moment of the session, without scripts."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accountability.models import SessionRecord
from tests.accountability.conftest import *  # noqa: F403 - the archive of that room

pytestmark = pytest.mark.browser
HELD = "/eventos/2020-12-21-jornada/"


@pytest.fixture
def own(live_portal):
    """The demonstration, whose jornada has no recording elsewhere any more."""
    call_command("load_demo", verbosity=0)
    SessionRecord.objects.filter(event__slug="2020-12-21-jornada").update(
        recording_url="", transcript="[00:00:03] Empezamos."
    )
    return live_portal


def second_reached(page, second: float) -> None:
    """Asked from outside, because no script runs in that page."""
    now = None
    for _try in range(100):
        now = page.evaluate("() => document.querySelector('video')?.currentTime")
        if now is not None and now >= second:
            break
        page.wait_for_timeout(100)
    assert second <= now < second + 2


def test_a_moment_of_the_transcript_opens_the_own_video_there(own, new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{own}{HELD}transcripcion/")
    page.locator(f'a[href="{HELD}grabacion/video#t=3"]').first.click()
    second_reached(page, 3)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    second_reached(page, 3.5)
    assert page.problems == []


def test_without_scripts_there_are_a_player_and_downloads(own, new_page):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{own}{HELD}registro/")
    video = page.locator("video")
    expect(video).to_have_attribute("controls", "")
    expect(video).to_have_attribute("preload", "none")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requests if "/grabacion/" in url] == []
    with page.expect_download() as got:
        page.get_by_role("link", name="Descargar el video").click()
    assert got.value.suggested_filename == "grabacion.mp4"
    assert got.value.path().stat().st_size > 10_000
    assert page.problems == []
