"""What terms are counted with has a version: closing days, the anchor, the days of events.

Rooms above store it beside what they computed; a chore of theirs counts again what is older.
"""

from portal.base.models import Sequence

_NAME = "calendar"


def version() -> int:
    """The present version; 0 before anything changed."""
    return Sequence.objects.filter(name=_NAME).values_list("value", flat=True).first() or 0


def changed() -> int:
    """A day, a term or an event's date changed: open terms are counted anew. In a transaction."""
    return Sequence.take(_NAME)
