"""Instants, days, and the marks at which time alone changes a public page."""

import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.base import versions

MarkProvider = Callable[[], Iterable[datetime]]
_providers: list[MarkProvider] = []
_cached: tuple[tuple[int, ...], list[datetime]] | None = None
_lock = threading.Lock()


def now(at: datetime | None = None) -> datetime:
    """`at`, or this instant. Functions of time take `at=None`, so tests need no clock."""
    return at or timezone.now()


def local_day(at: datetime | None = None) -> date:
    """The calendar day in the entity's time zone (Bogotá, UTC−5, no summer time)."""
    return timezone.localtime(now(at)).date()


def day_start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def at_hour(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def register_marks(provider: MarkProvider) -> None:
    """A room tells the instants of its rows at which a page changes without any edit."""
    _providers.append(provider)


def _stored_marks() -> list[datetime]:
    global _cached
    version = versions.read(versions.SITE)
    with _lock:
        if _cached and _cached[0] == version:
            return _cached[1]
    marks = sorted({mark for provider in _providers for mark in provider() if mark})
    with _lock:
        _cached = (version, marks)
    return marks


def marks_around(at: datetime | None = None) -> tuple[datetime, datetime]:
    """The last mark not after `at` and the next one after it; midnight in Bogotá is always one."""
    at = now(at)
    today = local_day(at)
    midnight, next_midnight = day_start(today), day_start(today + timedelta(days=1))
    marks = _stored_marks()
    last = max((m for m in marks if midnight < m <= at), default=midnight)
    following = min((m for m in marks if at < m < next_midnight), default=next_midnight)
    return last, following
