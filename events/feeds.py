"""News of events: announced, postponed, cancelled, moved to another day."""

from collections.abc import Iterator

from django.db.models.functions import Coalesce

from events.models import Event
from portal.base import dates, news
from portal.base.language import default_path
from portal.base.texts import clean_line


def newest(most: int) -> Iterator[news.News]:
    """An event is new when it is announced, and again when its calendar entry changes."""
    events = Event.objects.public().annotate(
        told_at=Coalesce("calendar_changed_at", "announced_at")
    )
    for event in events.exclude(told_at=None).order_by("-told_at", "-pk")[:most]:
        yield news.News(
            "event", event.pk, event.told_at, event.full_name, _summary(event), default_path(event)
        )


def _summary(event: Event) -> str:
    """Its day, or the bad news and why; then what it is about."""
    told = f"{event.get_status_display()}. {event.status_reason}"
    if event.status not in Event.Status.BAD_NEWS:
        told = f"{dates.weekday_day(event.starts_at)}, {dates.clock(event.starts_at)}"
    return clean_line(f"{told.rstrip('. ')}. {event.summary}")


news.register("events", newest)
