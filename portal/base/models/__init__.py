"""Tables that every room writes to. They name a room's row by text (kind and id), never by key."""

from portal.base.models.content import ContentVersion, SearchEntry
from portal.base.models.files import DocumentText, StoredFile
from portal.base.models.history import Transition
from portal.base.models.ledger import PublicationEntry
from portal.base.models.machinery import RateCount, Sequence, Tick
from portal.base.models.mail import Announcement, OutgoingMail
from portal.base.models.people import AccessEntry, StaffPreference, Subscription

__all__ = [
    "AccessEntry",
    "Announcement",
    "ContentVersion",
    "DocumentText",
    "OutgoingMail",
    "PublicationEntry",
    "RateCount",
    "SearchEntry",
    "Sequence",
    "StaffPreference",
    "StoredFile",
    "Subscription",
    "Tick",
    "Transition",
]
