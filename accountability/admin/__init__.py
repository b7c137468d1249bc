"""The archive in the staff desk: records, minutes, commitments and their news."""

from accountability.admin import commitments, minutes, packages, records, voices

__all__ = ["commitments", "minutes", "packages", "records", "voices"]
