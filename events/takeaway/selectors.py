"""What was drawn of an event."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from events.models import Event, EventMedia
from events.takeaway import sheets

Kind = EventMedia.Kind
FILES = {
    Kind.CARD: "tarjeta.png",
    Kind.POSTER_A4: "afiche-a4.pdf",
    Kind.POSTER_LETTER: "afiche-carta.pdf",
    Kind.LEAFLET_A4: "volante-a4.pdf",
    Kind.LEAFLET_LETTER: "volante-carta.pdf",
}


@dataclass(frozen=True)
class Sheet:
    """One of an event's sheets; `made_at` is None until the worker drew it."""

    kind: str
    label: str
    address: str
    made_at: datetime | None
    size: int
    is_waiting: bool


def address_of(event: Event, kind: str) -> str:
    return reverse("event_drawn", kwargs={"event_slug": event.slug, "name": FILES[kind]})


def sheets_of(event: Event) -> list[Sheet]:
    """Every sheet that the event has or will have, in one query."""
    drawn = {media.kind: media for media in event.media.select_related("stored")}
    return [_sheet(event, kind, drawn.get(kind)) for kind in sheets.kinds_of(event)]


def _sheet(event: Event, kind: str, media: EventMedia | None) -> Sheet:
    return Sheet(
        kind=kind,
        label=Kind(kind).label,
        address=address_of(event, kind),
        made_at=media and media.made_at,
        size=media.stored.size if media else 0,
        is_waiting=media is None or not media.digest,
    )
