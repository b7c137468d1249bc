"""Content versions and clock marks: when a public page is a new one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from portal.base import clock, versions
from portal.base.models import ContentVersion

BOGOTA = ZoneInfo("America/Bogota")


def bogota(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


@pytest.mark.django_db
def test_a_name_that_never_moved_has_version_zero():
    assert versions.read("site", "event:x") == (0, 0)


@pytest.mark.django_db
def test_a_change_of_one_event_moves_it_and_the_site_and_no_other():
    names = ("site", "everything", "event:a", "event:b")
    before = versions.read(*names)
    versions.content_changed("a")
    site, everything, a, b = versions.read(*names)
    assert site > before[0] and a > before[2]
    assert (everything, b) == (before[1], before[3])


@pytest.mark.django_db
def test_what_every_page_shows_moves_everything():
    before = versions.read("site", "everything")
    versions.everything_changed()
    assert all(
        now > then for now, then in zip(versions.read("site", "everything"), before, strict=True)
    )


@pytest.mark.django_db
def test_versions_only_grow():
    seen = []
    for _ in range(3):
        versions.move("site")
        seen += versions.read("site")
    assert seen == sorted(set(seen))


@pytest.mark.django_db
def test_a_process_trusts_what_it_read_for_a_second_and_no_longer(
    monkeypatch, django_assert_num_queries
):
    now = [100.0]
    monkeypatch.setattr(versions.time, "monotonic", lambda: now[0])
    versions.read("site")
    # Another process moves it: this one was told nothing.
    ContentVersion.objects.create(name="site", value=7)
    now[0] += 0.9
    with django_assert_num_queries(0):
        assert versions.read("site") == (0,)
    now[0] += 0.2
    with django_assert_num_queries(1):
        assert versions.read("site") == (7,)


@pytest.mark.django_db
def test_midnight_in_bogota_is_always_a_mark():
    last, following = clock.marks_around(bogota("2020-12-21T15:30"))
    assert last == bogota("2020-12-21T00:00")
    assert following == datetime(2020, 12, 22, 5, tzinfo=UTC)


def test_the_hours_of_an_event_are_marks(event_held):
    opens, starts, ends = (event_held.questions_open_at, event_held.starts_at, event_held.ends_at)
    second = timedelta(seconds=1)
    assert clock.marks_around(opens - second)[1] == opens
    assert clock.marks_around(starts - second)[1] == starts
    assert clock.marks_around(starts) == (starts, ends)
    assert clock.marks_around(ends)[0] == ends


def test_marks_are_read_again_when_the_site_moves(event_held, django_assert_num_queries):
    at = event_held.starts_at
    clock.marks_around(at)
    with django_assert_num_queries(0):
        clock.marks_around(at)
    later = event_held.starts_at + timedelta(hours=1)
    Event.objects.filter(pk=event_held.pk).update(starts_at=later)
    versions.content_changed(event_held.slug)
    assert clock.marks_around(at)[1] == later - timedelta(minutes=15)  # it starts soon


def _numbers():
    return [ContentVersion.objects.count()]


@pytest.mark.django_db
def test_what_is_kept_is_read_once_until_everything_changes():
    first = versions.kept(_numbers)
    assert versions.kept(_numbers) is first
    versions.content_changed("some-event")
    versions.everything_changed()
    assert versions.kept(_numbers) == [3]
