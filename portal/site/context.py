"""What every template knows. Nothing here asks the database for each request."""

from django.conf import settings

from entity.registry import NotSetUp, registry


def portal(request):
    """The entity and its theme, from the snapshot of the present content version."""
    try:
        snapshot = registry()
    except NotSetUp:
        snapshot = None
    return {
        "entity": snapshot.entity if snapshot else None,
        "theme_css": bool(snapshot and snapshot.theme_css),
        "site_url": settings.SITE_URL,
        "reading": getattr(request, "reading", None),
    }
