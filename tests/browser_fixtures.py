"""A real Chromium against a real server with the static files of a real installation."""

import fcntl
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import expect

MOST_MS = 30_000  # a busy machine is slow, not wrong
expect.set_options(timeout=MOST_MS)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    # A container's shared memory may be too small for Chromium.
    "--disable-dev-shm-usage",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory):
    """The folder of the collected, hashed and compressed static files.

    Made once for a run: with xdist, the first process makes it and the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "static"
    with (shared / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "staticfiles.json").exists():
            with override_settings(STORAGES=settings.REAL_STORAGES, STATIC_ROOT=folder):
                call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def live_portal(transactional_db, collected_static, settings):
    """The address of a running portal that serves its static files as in production."""
    settings.STORAGES = settings.REAL_STORAGES
    settings.STATIC_ROOT = collected_static
    # WhiteNoise serves the collected files, so no handler for static files is put in front.
    thread = LiveServerThread("127.0.0.1", static_handler=lambda _handler: WSGIHandler())
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    settings.SITE_URL = f"http://127.0.0.1:{thread.port}"
    yield settings.SITE_URL
    thread.terminate()


def chromium() -> str:
    """The browser: `make test` names it. Without one the tests fail; they are never skipped."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not Path(found).is_file():
        pytest.fail("No Chromium found: run the tests with `make test`, or set CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """One Chromium for the session.

    While it runs, Django's connection is another one than before (see conftest.py): it is closed
    first, so that the database can be dropped.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield running
        connections.close_all()
        running.close()


class Requests(list):
    """Every address a page asked for."""

    def foreign(self, own: str) -> list[str]:
        """Those of another host than `own`."""
        hosts = {urlsplit(own).netloc, ""}
        return [url for url in self if urlsplit(url).netloc not in hosts]


@pytest.fixture
def new_page(browser, request):
    """Make a page with options of its own: `new_page(java_script_enabled=False)`.

    `page.requests` holds every address it asked for; `page.problems` its console errors,
    violations of the content security policy among them.
    """
    contexts = []

    def make(**options):
        options = {"locale": "es-CO", "timezone_id": "America/Bogota", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(MOST_MS)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.problems = Requests(), []
        page.on("request", lambda asked: page.requests.append(asked.url))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and page.problems.append(message.text),
        )
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page of the usual kind. At the end it must have asked no other host for anything."""
    made = new_page()
    yield made
    own = next(iter(made.requests), "")
    assert made.requests.foreign(own) == [], "the page asked another host"


@pytest.fixture
def desk_page(live_portal, new_page):
    """`desk_page(user, width)`: a page of somebody of the staff who is signed in."""

    def make(user, width=1440, **options):
        client = Client()
        client.force_login(user)
        page = new_page(viewport={"width": width, "height": 900}, **options)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_portal}
        page.context.add_cookies([cookie])
        return page

    return make
