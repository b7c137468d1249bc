"""The public entity that renders accounts, and what it needs to work."""

from entity.models.calendar import ClosingDay
from entity.models.entity import Entity
from entity.models.moments import ProcessMoment
from entity.models.organisation import Municipality, Office, OfficeMember, Topic
from entity.models.privacy import Consent, PrivacyNotice

__all__ = [
    "ClosingDay",
    "Consent",
    "Entity",
    "Municipality",
    "Office",
    "OfficeMember",
    "PrivacyNotice",
    "ProcessMoment",
    "Topic",
]
