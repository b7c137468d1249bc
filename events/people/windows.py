"""Until when people may put their name down."""

from datetime import datetime, timedelta

from entity.registry import working_calendar
from events.legal_calendar import Duty, days_of
from events.models import Event
from portal.base import clock


def speakers_close(event: Event) -> datetime:
    """When registration to speak closes: as the entity wrote, else as the law says for a hearing
    (D. 330/2007 art. 20, until the end of that day), else when the event begins."""
    if event.speakers_close_at:
        return event.speakers_close_at
    day = days_of(event, working_calendar()).get(Duty.SPEAKERS)
    return clock.day_start(day + timedelta(days=1)) if day else event.starts_at


def takes_speakers(event: Event, at=None) -> bool:
    is_announced = event.takes_speakers and event.status == Event.Status.ANNOUNCED
    return is_announced and clock.now(at) < speakers_close(event)


def takes_attendees(event: Event, at=None) -> bool:
    is_announced = event.takes_attendees and event.status == Event.Status.ANNOUNCED
    return is_announced and clock.now(at) < event.ends_at
