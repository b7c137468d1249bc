"""Small POSTs without a token are taken from the portal's own pages, and from nowhere else."""

import pytest
from django.test import Client

from tests.base import page_urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls(page_urls.__name__)]


def sent(settings, **headers):
    settings.SITE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["portal.example"]
    client = Client(enforce_csrf_checks=True, headers={"Host": "portal.example"})
    return client.post("/apoyo/", headers=headers, secure=True).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://portal.example"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://portal.example", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_the_portals_own_pages_may(settings, headers):
    assert sent(settings, **headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://portal.example"},
        {"Origin": "https://portal.example.evil.example"},
        {"Origin": "https://portal.example:8443"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "https://portal.example/"},
    ],
)
def test_nobody_else_may(settings, headers):
    assert sent(settings, **headers) == 403


def test_a_get_changes_nothing(client):
    assert client.get("/apoyo/").status_code == 405
