"""What the pages of the permanent process read."""

from datetime import date

from entity.models import ProcessMoment
from events.models import Event, TopicProposal
from portal.base import clock


def moments() -> list[ProcessMoment]:
    return list(ProcessMoment.objects.all())


def years(at=None) -> list[int]:
    """Years with a public event and the present one, newest first."""
    found = {day.year for day in Event.objects.public().dates("starts_at", "year")}
    return sorted(found | {clock.local_day(at).year}, reverse=True)


def months(year: int) -> list[tuple[date, list[Event]]]:
    """The months of a year that have a public event, in order, with what happens in each."""
    events = Event.objects.public().filter(starts_at__year=year).select_related("kind")
    found: dict[date, list[Event]] = {}
    for event in events.order_by("starts_at", "pk"):
        found.setdefault(clock.local_day(event.starts_at).replace(day=1), []).append(event)
    return list(found.items())


def proposals(event: Event) -> list[TopicProposal]:
    """What was proposed for an event and may be read, in the order it came."""
    found = TopicProposal.objects.public().filter(event=event)
    return list(found.select_related("municipality", "agenda_item"))
