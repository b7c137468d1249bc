"""Follows: double opt-in, one answer for every address, news to thousands without a wait."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import translation

from portal.base import announcements, clock, follows, outbox
from portal.base.models import Announcement, OutgoingMail, Subscription
from tests.base.mail_server import MailServer, running

pytestmark = pytest.mark.django_db

TOPIC = "test:18"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    def describe(name):
        if name == "gone":
            return None
        word = "topic" if translation.get_language() == "en" else "tema"
        return follows.Followed(f"{word} {name}", f"/temas/{name}/")

    monkeypatch.setitem(follows._kinds, "test", describe)


def follow(email="ana@example.org", topic=TOPIC, language="es-co", at=None):
    follows.add(topic, email, language, at=at)
    return Subscription.objects.get(topic=topic, email=email)


def token_in(mail, what="confirmar"):
    return re.search(rf"/seguir/{what}/([^/\s]+)/", mail.text)[1]


def announce(key="question:18:answered:1:followers", topics=(TOPIC,), at=None, **options):
    def compose():
        english = translation.get_language() == "en"
        return outbox.Letter("News" if english else "Novedad", ["18"], "Ver", "https://p.example/")

    return announcements.announce(key, topics, compose, at=at, **options)


def test_nothing_is_sent_before_the_address_confirmed_it():
    follows.start(TOPIC, " Ana@Example.org ")
    row = Subscription.objects.get()
    assert (row.email, row.confirmed_at) == ("ana@example.org", None)
    assert list(follows.followers(TOPIC)) == []
    mail = OutgoingMail.objects.get()
    assert mail.to == "ana@example.org" and "tema 18" in mail.text
    assert announce() is None
    assert follows.confirm(token_in(mail)) == row
    assert list(follows.followers(TOPIC)) == [row]


def test_the_letter_is_in_the_language_of_the_page():
    follows.start(TOPIC, "ana@example.org", "en")
    mail = OutgoingMail.objects.get()
    assert "topic 18" in mail.text and "/en/seguir/confirmar/" in mail.text


def test_a_token_of_one_kind_does_nothing_of_the_other():
    row = follow()
    stop, confirm = (follows.token(row, kind) for kind in (follows.STOP, follows.CONFIRM))
    assert follows.confirm(stop) is None and follows.stop(confirm) is None
    for broken in ("", "x", row.key, stop[:-1], stop + "x", f"{row.key}.x"):
        assert follows.stop(broken) is None
    assert Subscription.objects.filter(pk=row.pk).exists()


def test_who_follows_already_is_told_so_and_nothing_changes():
    row = follow()
    follows.start(TOPIC, "ANA@example.org")
    assert Subscription.objects.get() == row
    mail = OutgoingMail.objects.get()
    assert "/seguir/terminar/" in mail.text and "/seguir/confirmar/" not in mail.text


def test_an_address_gets_three_messages_a_day_whatever_is_asked():
    at = clock.now()
    for number in range(9):
        follows.start(f"test:{number}", "ana@example.org", at=at)
    assert OutgoingMail.objects.count() == 3 == Subscription.objects.count()
    follows.start(TOPIC, "otra@example.org", at=at)
    assert OutgoingMail.objects.count() == 4
    follows.start(TOPIC, "ana@example.org", at=at + timedelta(days=1, minutes=1))
    assert OutgoingMail.objects.count() == 5


def test_what_is_not_public_is_not_followed():
    follows.start("test:gone", "ana@example.org")
    follows.start("nothing:1", "ana@example.org")
    assert not Subscription.objects.exists() and not OutgoingMail.objects.exists()


def test_what_nobody_confirmed_is_forgotten_after_seven_days():
    at = clock.now()
    follows.start(TOPIC, "ana@example.org", at=at)
    follow("fiel@example.org", at=at)
    assert follows.forget_unconfirmed(at + timedelta(days=7)) == 0
    assert follows.forget_unconfirmed(at + timedelta(days=7, seconds=1)) == 1
    assert Subscription.objects.get().email == "fiel@example.org"
    assert follows.confirm(token_in(OutgoingMail.objects.get())) is None


def test_tokens_are_masked_in_what_was_sent(settings):
    handler = MailServer()
    follows.start(TOPIC, "ana@example.org")
    follow("b@example.org")
    announce()
    announcements.expand_due()
    with running(handler) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert outbox.send_due() == 2
    stored = repr(list(OutgoingMail.objects.values()))
    for row in Subscription.objects.all():
        assert row.key not in stored
    news = next(m for m in handler.inbox if m["Subject"] == "Novedad")
    link = re.fullmatch(
        r"<(https?://[^>]+/seguir/terminar/[^/]+/)>", news["List-Unsubscribe"].strip()
    )[1]
    assert link in news.get_body(("plain",)).get_content()
    assert link in news.get_body(("html",)).get_content()
    assert announcements.STOP_MARK not in str(news)


def test_each_follower_hears_once_in_their_language():
    follow()
    follow("eve@example.org", language="en")
    announce()
    announce()
    assert Announcement.objects.count() == 1
    assert (announcements.expand_due(), announcements.expand_due()) == (2, 0)
    told = OutgoingMail.objects.values_list("to", "subject", "is_bulk")
    assert sorted(told) == [("ana@example.org", "Novedad", True), ("eve@example.org", "News", True)]


def test_two_topics_and_one_address_make_one_message():
    follow()
    follow(topic="test:19")
    announce(topics=[TOPIC, "test:19"])
    assert announcements.expand_due() == 1


def test_whoever_is_told_otherwise_is_left_out():
    follow()
    follow(topic="test:19")
    follow("b@example.org")
    announce(topics=[TOPIC, "test:19"], without=["ANA@example.org"])
    announcements.expand_due()
    assert OutgoingMail.objects.get().to == "b@example.org"


def test_who_came_later_is_not_told_what_was_before():
    at = clock.now()
    follow(at=at)
    announce(at=at, hold=timedelta(seconds=15))
    follow("tarde@example.org", at=at + timedelta(seconds=1))
    assert announcements.expand_due(at=at + timedelta(seconds=14)) == 0
    assert announcements.expand_due(at=at + timedelta(seconds=15)) == 1
    assert OutgoingMail.objects.get().to == "ana@example.org"


def test_stopping_takes_back_what_still_waits():
    row, other = follow(), follow("b@example.org")
    announce()
    announcements.expand_due()
    token = follows.token(row, follows.STOP)
    assert follows.stop(token) and follows.stop(token) is None
    states = dict(OutgoingMail.objects.values_list("to", "status"))
    assert states == {"ana@example.org": "cancelled", "b@example.org": "queued"}
    assert list(follows.followers(TOPIC)) == [other]


def test_a_step_with_two_thousand_followers_writes_one_row(django_assert_max_num_queries):
    """The move stays as quick as with one follower; the worker writes the messages in batches."""
    at = clock.now()
    Subscription.objects.bulk_create(
        Subscription(topic=TOPIC, email=f"p{n}@example.org", confirmed_at=at, created_at=at)
        for n in range(2000)
    )
    with django_assert_max_num_queries(6):
        began = time.perf_counter()
        announce(at=at)
        spent = time.perf_counter() - began
    assert spent < 0.1
    assert OutgoingMail.objects.count() == 0 and Announcement.objects.count() == 1
    assert [announcements.expand_due(at), announcements.expand_due(at)] == [1000, 1000]
    assert announcements.expand_due(at) == 0
    assert OutgoingMail.objects.values("to").distinct().count() == 2000
    assert Announcement.objects.get().finished_at == at


def test_a_worker_that_was_overtaken_writes_nothing_twice():
    at = clock.now()
    for number in range(3):
        follow(f"p{number}@example.org", at=at)
    announcement = announce(at=at)
    slow = Announcement.objects.get(pk=announcement.pk)
    assert announcements._next_batch(announcement, at) == 3
    assert announcements._next_batch(slow, at) is None
    assert OutgoingMail.objects.count() == 3
