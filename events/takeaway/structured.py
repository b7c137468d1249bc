"""What a search engine reads of an event (schema.org/Event), in the words of the page."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from entity.registry import registry
from events.models import Event

STATUS = {
    Event.Status.ANNOUNCED: "EventScheduled",
    Event.Status.HELD: "EventScheduled",
    Event.Status.SUSPENDED: "EventPostponed",
    Event.Status.POSTPONED: "EventPostponed",
    Event.Status.CANCELLED: "EventCancelled",
}
ATTENDANCE = {
    Event.Modality.VIRTUAL: "OnlineEventAttendanceMode",
    Event.Modality.IN_PERSON: "OfflineEventAttendanceMode",
    Event.Modality.HYBRID: "MixedEventAttendanceMode",
}
SCHEMA = "https://schema.org/"


def json_ld(event: Event, *, picture: str = "", before: datetime | None = None) -> dict:
    """The event as JSON-LD; `picture` is the absolute address of its poster, where there is one.

    `before` is the start that was announced first, where it is another one now.
    """
    entity = registry().entity
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.full_name,
        "description": event.summary,
        "startDate": localtime(event.starts_at).isoformat(),
        "endDate": localtime(event.ends_at).isoformat(),
        "eventStatus": SCHEMA + STATUS[event.status],
        "eventAttendanceMode": SCHEMA + ATTENDANCE[event.modality],
        "location": _locations(event, entity),
        "organizer": {"@type": "Organization", "name": entity.name, "url": entity.website},
        "url": settings.SITE_URL + event.get_absolute_url(),
        "isAccessibleForFree": True,
        "inLanguage": "es-CO",
    }
    if before and event.status == Event.Status.ANNOUNCED:
        data["eventStatus"] = SCHEMA + "EventRescheduled"
        data["previousStartDate"] = localtime(before).isoformat()
    return data | ({"image": [picture]} if picture else {})


def _locations(event: Event, entity) -> list[dict]:
    found = []
    if event.modality != Event.Modality.VIRTUAL:
        town = event.municipality.name if event.municipality else entity.city
        address = {
            "@type": "PostalAddress",
            "addressLocality": town,
            "addressRegion": entity.department,
            "addressCountry": "CO",
        } | ({"streetAddress": event.place_address} if event.place_address else {})
        found.append({"@type": "Place", "name": event.venue or town, "address": address})
    if event.modality != Event.Modality.IN_PERSON:
        streams = [stream.url for stream in event.streams.all()]
        page = settings.SITE_URL + event.get_absolute_url()
        found.append({"@type": "VirtualLocation", "url": streams[0] if streams else page})
    return found
