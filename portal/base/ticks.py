"""Regular chores: a room registers one, any worker on any machine runs it when it is due."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from portal.base import clock
from portal.base.models import Tick

logger = logging.getLogger(__name__)
_registry: dict[str, tuple[timedelta, Callable[[datetime], object]]] = {}


def register(name: str, every: timedelta, chore: Callable[[datetime], object]) -> None:
    """`chore` is called with the instant, about once in `every`; it must bear to run twice."""
    _registry[name] = (every, chore)


def run_due(at=None) -> list[str]:
    """Run the chores that are due; a compare-and-set on `due_at` lets one machine win each."""
    now = clock.now(at)
    ran = []
    for name, (every, chore) in _registry.items():
        tick, _created = Tick.objects.get_or_create(name=name, defaults={"due_at": now})
        due = Tick.objects.filter(name=name, due_at=tick.due_at, due_at__lte=now)
        if due.update(due_at=now + every, ran_at=now):
            try:
                chore(now)
            except Exception:  # a chore that fails must not stop the others; it is logged whole
                logger.exception("chore %s failed", name)
            ran.append(name)
    return ran
