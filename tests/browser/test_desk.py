"""The desk with the demo's data in a browser: home, plain lists and forms of Django; axe, widths,
hosts, content security policy."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command

pytestmark = pytest.mark.browser

LISTS = (
    "entity/entity", "entity/office", "entity/topic", "entity/municipality", "entity/closingday",
    "entity/privacynotice", "entity/consent", "questions/petitiontype", "events/eventkind",
    "events/event", "events/reportdelivery", "accountability/commitment",
    "accountability/commitmentupdate", "accountability/sessionrecord", "accountability/minutes",
    "base/outgoingmail", "base/accessentry", "questions/topicrule", "auth/user", "auth/group",
)  # fmt: skip
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
NO_FETCHING = {"preload": False}

NOT_ADDED = {"entity/entity", "entity/consent", "base/outgoingmail", "base/accessentry"}


@pytest.fixture
def demo(live_portal):
    """A running portal with the demo's data."""
    call_command("load_demo", verbosity=0)
    return live_portal


@pytest.fixture
def signed_in(demo, new_page, client):
    """`signed_in(user, width)`: a page of somebody at the desk."""

    def enter(user, width):
        client.force_login(user)
        page = new_page(viewport={"width": width, "height": 900})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": demo}]
        )
        return page

    return enter


def root():
    return User.objects.create_superuser("raiz", "raiz@cas.example", "x", first_name="Raíz")


def problems_of(page, address):
    """Everything wrong with one page, as sentences."""
    page.problems.clear()
    response = page.goto(address)
    found = [f"console: {text}" for text in page.problems]
    found += [] if response.status == 200 else [f"status {response.status}"]
    headings = page.locator("h1").count()
    found += [] if headings == 1 else [f"{headings} h1"]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    found += [f"scrolls {wide} px sideways"] if wide > 0 else []
    for violation in Axe().run(page, options=NO_FETCHING).response["violations"]:
        nodes = [node["html"][:140] for node in violation["nodes"][:3]]
        found.append(f"axe {violation['id']} ({len(violation['nodes'])}): {nodes}")
    return found


def addresses():
    """Each list, the form of its first row, and the empty form."""
    yield ""
    yield "entity/"
    yield "password_change/"
    yield f"auth/user/{User.objects.order_by('pk').first().pk}/password/"
    for name in LISTS:
        yield f"{name}/"
        model = apps.get_model(*name.split("/"))
        first = model._default_manager.order_by("pk").first()
        if first:
            yield f"{name}/{first.pk}/change/"
            yield f"{name}/{first.pk}/history/"
        if name not in NOT_ADDED:
            yield f"{name}/add/"


@pytest.mark.parametrize("width", [1024, 1440])
def test_home_lists_and_forms_are_accessible_and_fit(demo, signed_in, width):
    page = signed_in(root(), width)
    faults = {}
    for address in addresses():
        problems = problems_of(page, f"{demo}/gestion/{address}")
        if problems:
            faults[address] = problems
    assert faults == {}, json.dumps(faults, indent=1, ensure_ascii=False)
    assert page.requests.foreign(demo) == []


@pytest.mark.parametrize("username", ["moderacion1", "aprobacion1", "comunicaciones"])
def test_the_home_of_each_role_is_accessible(demo, signed_in, username):
    page = signed_in(User.objects.get(username=username), 1440)
    assert problems_of(page, f"{demo}/gestion/") == []


def test_the_desk_can_be_left(demo, signed_in):
    page = signed_in(root(), 1440)
    page.goto(f"{demo}/gestion/")
    page.locator("#logout-form button").click()
    page.goto(f"{demo}/gestion/")
    assert "/cuenta/login/" in page.url
