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


def speakers_until(event: Event) -> datetime:
    """The last minute to register, as people say it: a day ends at 11:59 p. m., not at 12:00 a. m.
    of the next one."""
    closes = speakers_close(event)
    is_midnight = closes == clock.day_start(clock.local_day(closes))
    return closes - timedelta(minutes=1) if is_midnight else closes


def takes_speakers(event: Event, at=None) -> bool:
    is_announced = event.takes_speakers and event.status == Event.Status.ANNOUNCED
    return is_announced and clock.now(at) < speakers_close(event)


def takes_attendees(event: Event, at=None) -> bool:
    is_announced = event.takes_attendees and event.status == Event.Status.ANNOUNCED
    return is_announced and clock.now(at) < event.ends_at
