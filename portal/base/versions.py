"""Content versions: a public page is the same bytes until one of its versions moves.

A process trusts a version it read for one second, so a change is visible everywhere within two.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.db.models import F

from portal.base.models import ContentVersion

SITE = "site"
EVERYTHING = "everything"
TRUSTED_SECONDS = 1.0

Value = TypeVar("Value")

_known: dict[str, tuple[float, int]] = {}
_kept: dict[Callable, tuple[tuple[int, ...], object]] = {}
_lock = threading.Lock()


def event_name(slug: str) -> str:
    return f"event:{slug}"


def read(*names: str) -> tuple[int, ...]:
    """The versions of `names`, each at most a second old. A name never moved has version 0."""
    now = time.monotonic()
    stale = [n for n in names if n not in _known or now - _known[n][0] > TRUSTED_SECONDS]
    if stale:
        rows = dict(ContentVersion.objects.filter(name__in=stale).values_list("name", "value"))
        with _lock:
            if len(_known) > 5000:
                _known.clear()
            for name in stale:
                _known[name] = (now, rows.get(name, 0))
    return tuple(_known[name][1] if name in _known else 0 for name in names)


def move(*names: str) -> None:
    """Move versions in the caller's transaction; sorted, so two writers never lock crosswise."""
    for name in sorted(set(names)):
        if not ContentVersion.objects.filter(name=name).update(value=F("value") + 1):
            ContentVersion.objects.get_or_create(name=name)
            ContentVersion.objects.filter(name=name).update(value=F("value") + 1)
    forget()


def content_changed(*event_slugs: str) -> None:
    """Something public changed: the site's pages and those of the named events are new."""
    move(SITE, *(event_name(slug) for slug in event_slugs if slug))


def everything_changed() -> None:
    """Something that every page shows (name, theme, offices) changed."""
    move(SITE, EVERYTHING)


def kept(load: Callable[[], Value]) -> Value:
    """What `load` (a function of a module) reads, until something that every page shows changes."""
    version = read(EVERYTHING)
    found = _kept.get(load)
    if found is None or found[0] != version:
        found = _kept[load] = (version, load())
    return found[1]


def forget() -> None:
    """Trust nothing read so far (own change, or a test that starts anew)."""
    with _lock:
        _known.clear()
        _kept.clear()
