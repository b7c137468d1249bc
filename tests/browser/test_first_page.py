"""The ground of the browser tests: a page arrives whole, and from this portal alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_page_and_its_files_come_from_the_portal(live_portal, entity, event_open, page):
    response = page.goto(f"{live_portal}{event_open.get_absolute_url()}")
    assert response.status == 200
    expect(page.locator("h1")).to_have_count(1)
    sheets = [url for url in page.requests if url.endswith(".css")]
    assert sheets and all(".css" in url and url.count(".") > 1 for url in sheets)
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif"
    assert page.problems == []


def test_the_recorder_sees_another_host(new_page):
    page = new_page()
    body = "<img src=http://other.example/x.png>"
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("http://portal.example/")
    assert page.requests.foreign("http://portal.example/") == ["http://other.example/x.png"]
