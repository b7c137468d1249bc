"""Public pages: rendered once, the same for everybody, and new as soon as something changed."""

import gzip
from datetime import timedelta

import brotli
import pytest
from django.core.cache import caches
from django.db import OperationalError

from portal.base import clock, public_pages, versions
from tests.base import page_urls
from tests.base.page_urls import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.urls(page_urls.__name__)]


@pytest.fixture(autouse=True)
def nothing_rendered():
    rendered.clear()


def text(response):
    return response.content.decode()


def test_a_page_is_rendered_once_and_then_served(client):
    first, second = client.get("/"), client.get("/")
    assert rendered == ["home"]
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert first["Content-Type"] == second["Content-Type"] == "text/html; charset=utf-8"


def test_a_stored_page_asks_the_database_nothing(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        assert client.get("/").status_code == 200


def test_who_has_it_already_gets_304_without_a_body(client):
    etag = client.get("/")["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        answer = client.get("/", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == etag and "s-maxage" in answer["Cache-Control"]
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert rendered == ["home"]


def test_no_cookie_is_set_and_anyone_may_store_it(client):
    for _ in range(2):
        answer = client.get("/")
        assert not answer.cookies and "Set-Cookie" not in answer
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
        assert set(answer["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


def test_an_ordinary_page_is_private(client):
    answer = client.get("/privada/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_a_change_of_the_site_makes_a_new_page(client):
    old = client.get("/")["ETag"]
    versions.content_changed()
    assert client.get("/", headers={"If-None-Match": old}).status_code == 200
    assert rendered == ["home", "home"]


def test_an_event_lives_by_its_own_version_and_by_everything(client):
    client.get("/eventos/a/")
    versions.content_changed("b")
    client.get("/eventos/a/")
    assert rendered == ["a"]
    versions.content_changed("a")
    client.get("/eventos/a/")
    assert rendered == ["a", "a"]
    versions.everything_changed()
    client.get("/eventos/a/")
    assert rendered == ["a", "a", "a"]


def test_two_events_are_two_pages(client):
    assert "<p>b " in text(client.get("/eventos/b/"))
    assert "<p>a " in text(client.get("/eventos/a/"))


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/?utm_source=x", "/"),
        ("/lista/?utm=1&tema=agua", "/lista/?tema=agua"),
        ("/lista/?tema=agua&tema=rio", "/lista/?tema=rio"),
        ("/lista/?tema=", "/lista/"),
        ("/lista/?q=a%00b", "/lista/?q=ab"),
        ("/lista/?q=" + "a" * 300, "/lista/?q=" + "a" * 200),
        ("/lista/?x=%0d%0aSet-Cookie:%20a=b", "/lista/"),
    ],
)
def test_unknown_doubled_and_broken_parameters_fall_away_by_a_redirect(client, asked, target):
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, target)
    assert rendered == [] and not answer.cookies
    assert client.get(target).status_code == 200


def test_a_parameter_of_nothing_but_nul_ends_at_the_bare_page(client):
    answer = client.get("/lista/?q=%00", follow=True)
    assert answer.status_code == 200 and answer.request["QUERY_STRING"] == ""


def test_filters_are_pages_of_their_own_and_searches_are_not_stored(client):
    assert "tema=agua" in text(client.get("/lista/?tema=agua"))
    assert "tema=rio" in text(client.get("/lista/?tema=rio"))
    client.get("/lista/?tema=agua")
    assert len(rendered) == 2
    for _ in range(2):
        assert "q=tala" in text(client.get("/lista/?q=tala"))
    assert len(rendered) == 4


def test_the_order_of_filters_makes_no_other_page(client):
    client.get("/lista/?tema=agua&pagina=2")
    client.get("/lista/?pagina=2&tema=agua")
    assert len(rendered) == 1


def test_a_search_has_its_etag_all_the_same(client):
    etag = client.get("/lista/?q=tala")["ETag"]
    assert client.get("/lista/?q=tala", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("value", ["1n", "2n", "3n", "1a", "2a", "3a"])
def test_each_reading_setting_has_its_own_copy(client, settings, value):
    default = client.get("/")["ETag"]
    client.cookies[settings.READING_COOKIE_NAME] = value
    answer = client.get("/")
    assert f"home reading={value} " in text(answer)
    assert answer["ETag"] != default
    assert client.get("/")["ETag"] == answer["ETag"]
    assert rendered == ["home", "home"]


@pytest.mark.parametrize("value", ["9n", "1x", "", "1n1n", "<script>", "ñn"])
def test_any_other_cookie_shares_the_common_copy(client, settings, value):
    default = client.get("/")["ETag"]
    client.cookies[settings.READING_COOKIE_NAME] = value
    client.cookies["_ga"] = "GA1.2.3"
    assert client.get("/")["ETag"] == default
    assert rendered == ["home"]


def test_head_is_get_without_a_body(client):
    got, head = client.get("/"), client.head("/")
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Cache-Control", "Content-Type"):
        assert head[name] == got[name]


@pytest.mark.parametrize(
    ("accepts", "coding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("br;q=0", None, bytes),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_the_same_bytes_in_each_coding(client, accepts, coding, unpack):
    plain = client.get("/").content
    answer = client.get("/", headers={"Accept-Encoding": accepts})
    assert answer.get("Content-Encoding") == coding
    assert unpack(answer.content) == plain
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "Accept-Encoding" in answer["Vary"]


def test_a_page_that_is_missing_is_not_stored(client):
    for path in ("/falta/", "/nada/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "ETag" not in answer and "public" not in answer.get("Cache-Control", "")


def test_a_post_passes_by_the_store(client):
    client.get("/")
    client.post("/", headers={"Origin": "null"})
    assert len(rendered) == 2


def test_the_page_is_another_one_after_a_clock_mark(client, monkeypatch):
    first = client.get("/")["ETag"]
    now = clock.now()
    monkeypatch.setattr(
        public_pages.clock, "marks_around", lambda: (now, now + timedelta(seconds=0.4))
    )
    answer = client.get("/")
    assert answer["ETag"] != first
    assert "s-maxage=0" in answer["Cache-Control"]  # never stored past the next mark


def test_the_release_is_part_of_the_key(client, settings):
    first = client.get("/")["ETag"]
    settings.RELEASE = "next"
    assert client.get("/")["ETag"] != first


def test_both_languages_are_two_pages(client):
    assert client.get("/")["ETag"] != client.get("/en/")["ETag"]
    assert client.get("/")["Content-Language"] == "es-co"
    assert client.get("/en/")["Content-Language"] == "en"


def test_every_copy_carries_the_security_headers(client):
    for answer in (client.get("/"), client.get("/")):
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_full_store_forgets_and_goes_on(client):
    client.get("/")
    caches["pages"].clear()
    assert client.get("/").status_code == 200
    assert len(rendered) == 2


def test_without_a_database_the_answer_is_503(client, monkeypatch):
    def away(*_names):
        raise OperationalError

    monkeypatch.setattr(versions, "read", away)
    assert client.get("/").status_code == 503
