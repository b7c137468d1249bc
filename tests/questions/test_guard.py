"""Limits: counted for an address and an event, wider for a hall, never off."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from events.models import HallAddress
from questions import guard
from questions.guard import Verdict

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 12, 20, 17, 0, 30, tzinfo=UTC)
HALL = "200.1.2.7"


def verdicts(number, address, event=None, at=NOON):
    return [guard.submission_verdict(address, event, at=at) for _number in range(number)]


def hall(event, network="200.1.2.0/24"):
    HallAddress.objects.create(event=event, network=network, label="Coliseo")


def test_ten_are_fine_then_it_asks_and_after_sixty_it_refuses(event_open):
    said = verdicts(61, HALL, event_open)
    assert said[:10] == [Verdict.FINE] * 10
    assert said[10:60] == [Verdict.ASK] * 50
    assert said[60] == Verdict.REFUSE


def test_after_ten_minutes_it_begins_anew(event_open):
    verdicts(61, HALL, event_open)
    assert verdicts(1, HALL, event_open, NOON + timedelta(minutes=11)) == [Verdict.FINE]


def test_other_events_and_other_addresses_are_counted_apart(event_open, event_held):
    verdicts(11, HALL, event_open)
    assert verdicts(1, HALL, event_held) == [Verdict.FINE]
    assert verdicts(1, HALL) == [Verdict.FINE]
    assert verdicts(1, "200.1.2.8", event_open) == [Verdict.FINE]


def test_a_hall_has_twenty_times_as_many_and_still_a_limit(event_open, event_held):
    hall(event_open)
    said = verdicts(1201, HALL, event_open)
    assert said[199:202] == [Verdict.FINE, Verdict.ASK, Verdict.ASK]
    assert said[1199:] == [Verdict.ASK, Verdict.REFUSE]
    assert verdicts(11, HALL, event_held)[10] == Verdict.ASK


@pytest.mark.parametrize(
    ("network", "address", "within"),
    [
        ("200.1.2.0/24", "200.1.2.255", True),
        ("200.1.2.0/24", "::ffff:200.1.2.3", True),
        ("200.1.2.0/24", "200.1.3.0", False),
        ("200.1.2.3", "200.1.2.3", True),
        ("2001:db8:1::/48", "2001:db8:1:2::9", True),
        ("2001:db8:1::/48", "200.1.2.3", False),
        ("200.1.2.0/24", "unknown", False),
        ("200.1.2.0/24", "", False),
    ],
)
def test_who_is_in_a_hall(event_open, network, address, within):
    hall(event_open, network)
    assert guard.is_hall(address, event_open) is within
    assert guard.is_hall(address, None) is False


def test_a_flood_from_many_addresses_asks_everybody_and_refuses_nobody(make_question, settings):
    settings.FLOOD_PER_MINUTE = 3
    for second in range(3):
        make_question(at=NOON - timedelta(seconds=second))
    assert verdicts(1, "198.51.100.1") == [Verdict.ASK]
    assert verdicts(1, "198.51.100.2", at=NOON + timedelta(seconds=62)) == [Verdict.FINE]


def test_one_fewer_is_no_flood(make_question, settings):
    settings.FLOOD_PER_MINUTE = 4
    for second in range(3):
        make_question(at=NOON - timedelta(seconds=second))
    assert verdicts(1, "198.51.100.1") == [Verdict.FINE]


@pytest.mark.parametrize("value", ["0", "-1", "59", "10001", "1000000000"])
def test_no_setting_turns_the_flood_limit_off(monkeypatch, value):
    import importlib

    from portal import settings

    monkeypatch.setenv("FLOOD_PER_MINUTE", value)
    with pytest.raises(ImproperlyConfigured, match="FLOOD_PER_MINUTE"):
        importlib.reload(settings)
    monkeypatch.undo()
    importlib.reload(settings)


def wrong(reference, address, times=1):
    for _time in range(times):
        guard.too_many_wrong_codes(reference, address, add=1, at=NOON)


def locked(reference, address, at=NOON):
    return guard.too_many_wrong_codes(reference, address, add=0, at=at)


def test_ten_wrong_codes_lock_out_who_tried_and_not_the_author():
    wrong("RC-2020-00018", "198.51.100.66", 11)
    assert locked("RC-2020-00018", "198.51.100.66")
    assert not locked("RC-2020-00018", "203.0.113.5")
    assert not locked("RC-2020-00019", "198.51.100.66")
    assert not locked("RC-2020-00018", "198.51.100.66", NOON + timedelta(minutes=62))


def test_many_addresses_together_have_fifty_tries_an_hour():
    for number in range(5):
        wrong("RC-2020-00018", f"198.51.100.{number}", 10)
    assert not locked("RC-2020-00018", "203.0.113.5")
    wrong("RC-2020-00018", "198.51.100.9")
    assert locked("RC-2020-00018", "203.0.113.5")


def test_one_address_tries_thirty_codes_of_any_case_an_hour():
    for number in range(30):
        wrong(f"RC-2020-{number:05d}", "198.51.100.66")
    assert not locked("RC-2020-99999", "198.51.100.66")
    wrong("RC-2020-00099", "198.51.100.66")
    assert locked("RC-2020-99999", "198.51.100.66")
    assert not locked("RC-2020-99999", "198.51.100.67")


def test_a_simple_question_is_good_for_one_try():
    text, signed = guard.simple_question()
    words = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}
    right = str(sum(words.get(word, 0) for word in re.findall(r"\w+", text)))
    assert guard.answered_right(right, signed)
    assert not guard.answered_right(right, signed)


def test_a_wrong_try_uses_the_question_up_too():
    _text, signed = guard.simple_question()
    assert not any(guard.answered_right(str(number), signed) for number in (99, *range(4, 13)))
