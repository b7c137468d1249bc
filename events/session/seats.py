"""Who has the console open: a note that is a few seconds old, and decides nothing."""

from datetime import timedelta

from events.models import ConsoleSeat, Event
from portal.base import clock

PRESENT = timedelta(seconds=30)


def take_seat(event: Event, user, at=None) -> None:
    """This person has the console of an event open now."""
    ConsoleSeat.objects.update_or_create(
        event=event, user=user, defaults={"seen_at": clock.now(at)}
    )


def seats(event: Event, at=None) -> list:
    """Users who had it open in the last half minute, by name."""
    seen = ConsoleSeat.objects.filter(event=event, seen_at__gt=clock.now(at) - PRESENT)
    rows = seen.select_related("user").order_by("user__first_name", "user__username")
    return [seat.user for seat in rows]
