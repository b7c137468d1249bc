"""What every page needs of the entity, read once per content version and process."""

import itertools
import threading
from dataclasses import dataclass, field
from functools import cached_property

from entity import counting, theme
from entity.calendar import WorkingCalendar, calendar_of
from entity.models import ClosingDay, Entity, Municipality, Office, PrivacyNotice, Topic
from portal.base import clock, versions
from portal.base.search import fold


class NotSetUp(Exception):
    """The installation has no entity yet: run `manage.py setup_entity`."""


@dataclass
class Registry:
    """Snapshot of the entity and its small tables."""

    entity: Entity
    offices: list[Office]
    topics: list[Topic]
    municipalities: list[Municipality]
    calendar: WorkingCalendar
    calendar_version: int = 0
    theme_css: str = field(default="")
    notices: list[PrivacyNotice] = field(default_factory=list)
    # Another one for each snapshot of this process: what is drawn from one goes with it.
    stamp: int = field(default_factory=itertools.count(1).__next__)

    def notice_in_force(self, at=None) -> PrivacyNotice | None:
        """The newest privacy notice that has begun at an instant."""
        return next((n for n in self.notices if n.in_force_from <= clock.now(at)), None)

    @cached_property
    def municipality_by_fold(self) -> dict[str, Municipality]:
        """Municipalities by name without accents and in lower case."""
        return {fold(m.name): m for m in self.municipalities}

    @cached_property
    def municipality_by_code(self) -> dict[str, Municipality]:
        return {m.code: m for m in self.municipalities}

    @cached_property
    def topic_by_slug(self) -> dict[str, Topic]:
        return {t.slug: t for t in self.topics}


_cached: tuple[tuple[int, ...], Registry] | None = None
_lock = threading.Lock()


def registry() -> Registry:
    """The snapshot for the present content version. Raises NotSetUp before `setup_entity`."""
    global _cached
    version = versions.read(versions.EVERYTHING)
    with _lock:
        if _cached and _cached[0] == version:
            return _cached[1]
    fresh = _load()
    with _lock:
        _cached = (version, fresh)
    return fresh


def is_set_up() -> bool:
    """Whether there is an entity: before it the desk shows no work, only its settings."""
    try:
        return bool(registry())
    except NotSetUp:
        return False


def read_anew() -> Registry:
    """A snapshot of this moment, for what must not be computed with one a second old."""
    return _load()


def _load() -> Registry:
    entity = Entity.objects.select_related("logo").first()
    if entity is None:
        raise NotSetUp
    # Read first: what changes meanwhile has a later version and is counted again.
    version = counting.version()
    return Registry(
        calendar_version=version,
        entity=entity,
        offices=list(Office.objects.filter(is_active=True)),
        topics=list(Topic.objects.filter(is_active=True)),
        municipalities=list(Municipality.objects.all()),
        calendar=calendar_of(ClosingDay.objects.values_list("date", "reason")),
        theme_css=theme.stylesheet(entity.colours),
        notices=list(PrivacyNotice.objects.order_by("-in_force_from")),
    )


def forget() -> None:
    """Read everything anew (tests that change rows without moving a version)."""
    global _cached
    with _lock:
        _cached = None


def working_calendar() -> WorkingCalendar:
    return registry().calendar
