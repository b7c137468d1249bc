"""Calendar files (RFC 5545): of one event, and a calendar of all of them to subscribe to.

A client takes a newer edition by its SEQUENCE and a cancelled event by its STATUS, both under the
same UID; both are columns that `events.publishing` keeps, so nothing here depends on the moment.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Timezone
from icalendar import Event as Entry

from entity.registry import registry
from events.models import Event
from portal.base.texts import clean_line, clean_text

REFRESH = timedelta(hours=6)
STATUSES = {
    Event.Status.ANNOUNCED: "CONFIRMED",
    Event.Status.HELD: "CONFIRMED",
    Event.Status.SUSPENDED: "TENTATIVE",
    Event.Status.POSTPONED: "TENTATIVE",
    Event.Status.CANCELLED: "CANCELLED",
}


def of_event(event: Event) -> bytes:
    """The file of one event; it may be imported, mailed, and imported again after a change."""
    return _calendar([event], clean_line(event.full_name))


def of_all(events: Iterable[Event]) -> bytes:
    """The calendar of all public events, for clients that ask again by themselves."""
    name = _("Accountability of %(entity)s") % {"entity": registry().entity.short_name}
    return _calendar(events, name)


def _calendar(events: Iterable[Event], name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{_host()}//rendicion de cuentas//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(Timezone.from_tzid(settings.TIME_ZONE))
    zone = ZoneInfo(settings.TIME_ZONE)
    for event in events:
        calendar.add_component(_entry(event, zone))
    return calendar.to_ical()


def _entry(event: Event, zone: ZoneInfo) -> Entry:
    entry, address = Entry(), settings.SITE_URL + event.get_absolute_url()
    changed = (event.calendar_changed_at or event.announced_at or event.starts_at).astimezone(UTC)
    entry.add("uid", f"event-{event.pk}@{_host()}")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.calendar_sequence)
    entry.add("status", STATUSES[event.status])
    entry.add("summary", clean_line(event.full_name))
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("location", clean_line(_place(event)))
    entry.add("url", address)
    said = filter(None, [_news(event), event.summary, address])
    entry.add("description", clean_text("\n\n".join(said)))
    if event.status == Event.Status.ANNOUNCED:
        entry.add_component(_day_before(event))
    return entry


def _place(event: Event) -> str:
    """Where to go; for who follows it from home, the first address of the stream."""
    room = ", ".join(filter(None, [event.venue, event.place_address]))
    stream = next((stream.url for stream in event.streams.all()), "")
    return room if event.modality == Event.Modality.IN_PERSON or not stream else stream


def _news(event: Event) -> str:
    if event.status not in Event.Status.BAD_NEWS:
        return ""
    return f"{event.get_status_display()}. {event.status_reason}".strip()


def _day_before(event: Event) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1))
    alarm.add("description", clean_line(event.full_name))
    return alarm


def _host() -> str:
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
