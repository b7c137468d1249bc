"""Parts of a file, as RFC 9110 section 14 says."""

import pytest
from django.test import RequestFactory, override_settings

from portal.base.ranges import ranged_download
from portal.base.uploads import CleanFile

pytestmark = pytest.mark.django_db
BYTES = bytes(range(100))


@pytest.fixture
def stored(db):
    return CleanFile("película.mp4", "video/mp4", BYTES).store()


def ask(stored, **headers):
    return ranged_download(RequestFactory().get("/", headers=headers), stored)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        ("bytes=0-0", "bytes 0-0/100", BYTES[:1]),
        ("bytes=0-1", "bytes 0-1/100", BYTES[:2]),
        ("bytes=10-19", "bytes 10-19/100", BYTES[10:20]),
        ("bytes=0-", "bytes 0-99/100", BYTES),
        ("bytes=90-", "bytes 90-99/100", BYTES[90:]),
        ("bytes=90-500", "bytes 90-99/100", BYTES[90:]),
        ("bytes=-5", "bytes 95-99/100", BYTES[95:]),
        ("bytes=-500", "bytes 0-99/100", BYTES),
        (" bytes=99-99 ", "bytes 99-99/100", BYTES[99:]),
    ],
)
def test_a_part(stored, asked, told, expected):
    response = ask(stored, range=asked)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == told
    assert response.headers["Content-Length"] == str(len(expected))
    assert body(response) == expected


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", f"bytes={9**18}-"])
def test_a_part_outside(stored, asked):
    response = ask(stored, range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */100"
    assert body(response) == b""


@pytest.mark.parametrize(
    "asked",
    [
        "", "bytes=-", "bytes", "lines=0-1", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6",
        "bytes=0-1,", "bytes=" + "9" * 19 + "-", "bytes=" + "0-1," * 5000, "bytes=--1",
    ],
)  # fmt: skip
def test_what_is_no_single_range_is_the_whole(stored, asked):
    response = ask(stored, range=asked)
    assert response.status_code == 200
    assert response.headers["Content-Length"] == "100"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert body(response) == BYTES


def test_a_part_is_only_given_of_the_same_file(stored):
    same = ask(stored, range="bytes=0-1", **{"if-range": f'"{stored.sha256}"'})
    assert same.status_code == 206
    for other in ('"another"', f'W/"{stored.sha256}"', "Mon, 21 Dec 2020 09:00:00 GMT"):
        assert ask(stored, range="bytes=0-1", **{"if-range": other}).status_code == 200


@pytest.mark.parametrize("asked", ["", "bytes=0-1"])
def test_a_player_may_load_it_by_its_own_address_and_no_script_runs(stored, asked):
    assert ask(stored, range=asked)._csp_replace == {
        "default-src": ["'none'"], "media-src": ["'self'"], "sandbox": ["allow-same-origin"],
    }  # fmt: skip


def test_only_get_has_parts(stored):
    response = ranged_download(RequestFactory().head("/", headers={"range": "bytes=0-1"}), stored)
    assert response.status_code == 200
    assert response.headers["Content-Length"] == "100"
    assert "Content-Range" not in response.headers


def test_who_has_it_already_gets_nothing(stored):
    response = ask(stored, range="bytes=0-1", **{"if-none-match": f'"{stored.sha256}"'})
    assert response.status_code == 304 and body(response) == b""


def test_the_proxy_sends_it_where_it_can(stored):
    with override_settings(ACCEL_REDIRECT="/interno/"):
        response = ask(stored, range="bytes=0-1")
    assert response.status_code == 200 and body(response) == b""
    assert response.headers["X-Accel-Redirect"] == f"/interno/{stored.content.name}"
    assert response.headers["Content-Type"] == "video/mp4"
    assert "pel%C3%ADcula.mp4" in response.headers["Content-Disposition"]
