"""The accountability event and what it is made of."""

from events.models.agenda import AgendaItem
from events.models.content import Document, EventSection, ParticipationWay, StreamLink
from events.models.convocation import ChecklistMark, DutyProof, ReportDelivery
from events.models.event import Event, EventKind
from events.models.halls import HallAddress
from events.models.invitations import Contact, ContactGroup, Invitation, InvitationRound
from events.models.live import ConsoleSeat, FloorTurn, LiveSession, LogLine
from events.models.media import EventMedia
from events.models.people import Attendee, AudienceCount, Speaker
from events.models.results import Result
from events.models.topics import TopicProposal

__all__ = [
    "AgendaItem",
    "Attendee",
    "AudienceCount",
    "ChecklistMark",
    "ConsoleSeat",
    "Contact",
    "ContactGroup",
    "Document",
    "DutyProof",
    "Event",
    "EventKind",
    "EventMedia",
    "EventSection",
    "FloorTurn",
    "HallAddress",
    "Invitation",
    "InvitationRound",
    "LiveSession",
    "LogLine",
    "ParticipationWay",
    "ReportDelivery",
    "Result",
    "Speaker",
    "StreamLink",
    "TopicProposal",
]
