"""Where a request comes from, and how often: counted exactly, kept as keyed hashes."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from portal.base import addresses
from portal.base.models import RateCount

NOON = datetime(2020, 12, 21, 17, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seen(forwarded=None, peer="192.0.2.1"):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return addresses.client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_the_address_is_the_hop_that_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert seen(forwarded) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unknown", ""),
        ("", ""),
        ("203.0.113.77:4711", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address, network):
    assert addresses.shortened(address) == network


def test_a_hash_depends_on_purpose_text_and_secret(settings):
    one = addresses.keyed_hash("support", "203.0.113.0/24")
    assert one == addresses.keyed_hash("support", "203.0.113.0/24")
    assert len({one, addresses.keyed_hash("poll", "203.0.113.0/24"),
                addresses.keyed_hash("support", "203.0.114.0/24")}) == 3  # fmt: skip
    settings.SECRET_KEY = "another"
    assert one != addresses.keyed_hash("support", "203.0.113.0/24")


@pytest.mark.django_db
def test_counts_add_up_within_the_window_and_fall_out_of_it():
    def once(at, **options):
        return addresses.count("form", "a", window=HOUR, at=at, **options)

    assert [once(NOON), once(NOON), once(NOON + timedelta(minutes=30))] == [1, 2, 3]
    assert once(NOON + timedelta(minutes=61), add=0) == 1
    assert once(NOON + timedelta(minutes=95), add=0) == 0


@pytest.mark.django_db
def test_purposes_and_keys_are_counted_apart():
    for purpose, key in (("form", "a"), ("form", "b"), ("code", "a")):
        assert addresses.count(purpose, key, window=HOUR, at=NOON) == 1


@pytest.mark.django_db
def test_the_table_holds_no_address():
    addresses.count("form", "203.0.113.77", window=HOUR, at=NOON)
    assert "203.0.113" not in repr(list(RateCount.objects.values()))


@pytest.mark.django_db
def test_old_counts_are_forgotten():
    addresses.count("form", "a", window=HOUR, at=NOON)
    addresses.count("form", "a", window=HOUR, at=NOON + timedelta(hours=20))
    assert addresses.forget_old_counts(at=NOON + timedelta(hours=25)) == 1
    assert RateCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_threads_at_once_lose_no_count():
    start, faults, rounds = threading.Barrier(2), [], 25

    def many():
        try:
            start.wait(10)
            for _ in range(rounds):
                addresses.count("form", "a", window=HOUR, at=NOON)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=many) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert addresses.count("form", "a", window=HOUR, at=NOON, add=0) == 2 * rounds
