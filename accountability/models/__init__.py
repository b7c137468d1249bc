"""What stays of an event: its record, its minutes, its commitments."""

from accountability.models.commitment import (
    Commitment,
    CommitmentDateChange,
    CommitmentUpdate,
    Evidence,
)
from accountability.models.minutes import Minutes, MinutesSection, Signatory
from accountability.models.record import Attendance, SessionRecord

__all__ = [
    "Attendance",
    "Commitment",
    "CommitmentDateChange",
    "CommitmentUpdate",
    "Evidence",
    "Minutes",
    "MinutesSection",
    "SessionRecord",
    "Signatory",
]
