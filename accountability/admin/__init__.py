"""The archive in the staff desk: records, minutes, commitments and their news."""

from accountability.admin import commitments, records

__all__ = ["commitments", "records"]
