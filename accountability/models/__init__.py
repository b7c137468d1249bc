"""What stays of an event: its record, its minutes, its commitments, its package."""

from accountability.models.commitment import (
    Commitment,
    CommitmentDateChange,
    CommitmentUpdate,
    Evidence,
)
from accountability.models.minutes import Minutes, MinutesSection, Signatory
from accountability.models.package import ArchivePackage
from accountability.models.record import Attendance, FrozenMatrix, RecordFile, SessionRecord
from accountability.models.remarks import CommitmentNote, MinutesRemark

__all__ = [
    "ArchivePackage",
    "Attendance",
    "Commitment",
    "CommitmentDateChange",
    "CommitmentNote",
    "CommitmentUpdate",
    "Evidence",
    "FrozenMatrix",
    "Minutes",
    "MinutesRemark",
    "MinutesSection",
    "RecordFile",
    "SessionRecord",
    "Signatory",
]
