"""The accountability event and what it is made of."""

from events.models.content import Document, EventSection, ParticipationWay, StreamLink
from events.models.event import AgendaItem, Event, EventKind
from events.models.halls import HallAddress

__all__ = [
    "AgendaItem",
    "Document",
    "Event",
    "EventKind",
    "EventSection",
    "HallAddress",
    "ParticipationWay",
    "StreamLink",
]
