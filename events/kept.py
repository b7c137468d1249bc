"""The event of an address, kept in each process while none of its public words changes."""

from django.core.cache import caches

from events.models import Event
from portal.base import versions


def public_event(slug: str) -> Event | None:
    """The event of an address with its kind, as it was a second ago at most; None for a draft.

    For pages that show it. What decides by it (a filing and its terms) reads the row itself.
    """
    one, all_of_them = versions.read(versions.event_name(slug), versions.EVERYTHING)
    key = f"event:{slug}:{one}:{all_of_them}"
    found = caches["lookups"].get(key)
    if found is None:
        found = Event.objects.public().select_related("kind").filter(slug=slug).first()
        if found:
            caches["lookups"].set(key, found)
    return found
