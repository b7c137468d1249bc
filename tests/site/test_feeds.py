"""The Atom feed: valid, with instants of the past, ids that stay, and nothing private."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from events import publishing, workflow
from events.models import Event
from portal.base import clock
from tests import cast

pytestmark = pytest.mark.django_db


def feed_of(client):
    response = client.get("/novedades.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo
    return found


def instant(entry) -> datetime:
    return datetime(*entry.updated_parsed[:6], tzinfo=UTC)


def test_an_event_that_comes_is_news_of_the_day_it_was_announced(client, event_open):
    feed = feed_of(client)
    (entry,) = feed.entries
    assert instant(entry) <= clock.now() < event_open.starts_at
    assert feed.feed.author == "Corporación Autónoma Regional de Santander"
    assert feed.feed.updated == entry.updated
    assert entry.link == f"http://127.0.0.1:8000/eventos/{event_open.slug}/"
    assert feed.feed.links[1].rel == "self"


def test_bad_news_are_the_same_entry_with_a_later_instant(client, event_open, staff):
    (before,) = feed_of(client).entries
    at = clock.now() + timedelta(hours=1)
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.", at=at)
    (after,) = feed_of(client).entries
    assert after.id == before.id == f"tag:127.0.0.1,2020:event/{event_open.pk}"
    assert instant(after) > instant(before)
    assert after.summary.startswith("Aplazado. Lluvias.")


def test_an_edit_that_changes_no_day_is_no_news(client, event_open):
    (before,) = feed_of(client).entries
    event_open.refresh_from_db()
    event_open.about = "Otra cosa"
    event_open.save()
    publishing.event_changed(event_open, at=clock.now() + timedelta(hours=1))
    assert feed_of(client).entries[0].updated == before.updated


def test_a_draft_is_no_news(client, event_open):
    Event.objects.filter(pk=event_open.pk).update(status="draft")
    assert feed_of(client).entries == []


def test_hostile_words_stay_words(client, event_open):
    event_open.title = event_open.subtitle = "Foro <b>\x0b\x01 & ]]>"
    event_open.summary = "<script>alert(1)</script>"
    event_open.save()
    publishing.event_changed(event_open)
    (entry,) = feed_of(client).entries
    assert entry.title == "Foro <b> & ]]>"
    assert "<script" not in entry.summary and "&lt;script&gt;" in entry.summary


def test_a_hundred_cost_what_one_costs(client, event_open, django_assert_num_queries):
    client.get("/eventos/")  # what is read once in a process
    with django_assert_num_queries(5):
        client.get("/novedades.atom")
    for number in range(60):
        cast.make_event(
            slug=f"2031-01-01-foro-{number}", title=f"Foro {number}", status="announced",
            starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
        )  # fmt: skip
    client.get("/eventos/")
    with django_assert_num_queries(5):
        assert len(feed_of(client).entries) == 50


def test_who_has_it_gets_304_and_pages_name_it(client, event_open):
    first = client.get("/novedades.atom")
    again = client.get("/novedades.atom", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    for path in ("/", event_open.get_absolute_url()):
        page = client.get(path).content.decode()
        assert 'type="application/atom+xml" title="Novedades" href="/novedades.atom"' in page
