"""Calendar files (RFC 5545): of one event, and a calendar of all of them to subscribe to.

A client takes a newer edition by its SEQUENCE and a cancelled event by its STATUS, both under the
same UID; both are columns that `events.publishing` keeps, so nothing here depends on the moment.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Timezone, vDatetime, vDuration, vInt, vText, vUri
from icalendar import Event as Entry

from entity.registry import registry
from events.models import Event
from portal.base.texts import clean_line, clean_text

REFRESH = timedelta(hours=6)
DISPLAY, DAY_BEFORE = vText("DISPLAY"), vDuration(timedelta(days=-1))
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
    calendar.add_component(_timezone(settings.TIME_ZONE))
    zone, host = ZoneInfo(settings.TIME_ZONE), _host()
    for event in events:
        calendar.add_component(_entry(event, zone, host))
    return calendar.to_ical()


@lru_cache(maxsize=4)
def _timezone(name: str) -> Timezone:
    return Timezone.from_tzid(name)


def _entry(event: Event, zone: ZoneInfo, host: str) -> Entry:
    """Written with the types of each property: `add` would look them up five thousand times."""
    entry, address = Entry(), settings.SITE_URL + event.get_absolute_url()
    changed_at = event.calendar_changed_at or event.announced_at or event.starts_at
    changed = vDatetime(changed_at.astimezone(UTC))
    said = "\n\n".join(filter(None, [_news(event), event.summary, address]))
    entry["uid"] = vText(f"event-{event.pk}@{host}")
    entry["dtstamp"] = entry["last-modified"] = changed
    entry["sequence"] = vInt(event.calendar_sequence)
    entry["status"] = vText(STATUSES[event.status])
    entry["summary"] = vText(clean_line(event.full_name))
    entry["dtstart"] = vDatetime(event.starts_at.astimezone(zone))
    entry["dtend"] = vDatetime(event.ends_at.astimezone(zone))
    entry["url"] = vUri(address)
    entry["description"] = vText(clean_text(said))
    if place := clean_line(_place(event)):
        entry["location"] = vText(place)
    if event.status == Event.Status.ANNOUNCED:
        entry.add_component(_day_before(entry["summary"]))
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


def _day_before(summary: vText) -> Alarm:
    alarm = Alarm()
    alarm["action"], alarm["trigger"], alarm["description"] = DISPLAY, DAY_BEFORE, summary
    return alarm


def _host() -> str:
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
