"""What every template knows. Nothing here asks the database for each request."""

from django.conf import settings
from django.db import Error
from django.utils.translation import get_language

from entity.registry import NotSetUp, Registry, registry

_last_seen: dict[str, Registry] = {}


def portal(request):
    """The entity and its theme, from the snapshot of the present content version."""
    snapshot = _snapshot(getattr(request, "error_status", 0))
    return {
        "entity": snapshot.entity if snapshot else None,
        "frame": {"stamp": snapshot.stamp if snapshot else 0},
        "LANGUAGE_CODE": get_language(),
        "theme_css": bool(snapshot and snapshot.theme_css),
        "site_url": settings.SITE_URL,
        "reading": getattr(request, "reading", None),
    }


def _snapshot(error_status: int) -> Registry | None:
    """None before the set-up. An error page makes do with what this process saw last.

    Raises django.db.Error on pages that are no error pages.
    """
    if error_status >= 500:
        return _last_seen.get("snapshot")
    try:
        _last_seen["snapshot"] = registry()
    except NotSetUp:
        _last_seen.clear()
    except Error:
        if not error_status:
            raise
    return _last_seen.get("snapshot")
