"""What authors and followers are told, one short function for each step, in its transaction.

The key of a message names the case, the step, its revision and the reader, so no step is told
twice. The text never holds what a citizen wrote, nor the secret code, nor who anybody is.
"""

from questions.notifications import words  # noqa: F401 - registers the words of the keys
from questions.notifications.delivery import HOLD, keys_for
from questions.notifications.endings import (
    answered,
    archived,
    closed_elsewhere,
    lapsed,
    restored,
    withdrawn,
)
from questions.notifications.steps import (
    clarification_asked,
    clarification_extended,
    clarified,
    late,
    merged,
    message_received,
    published,
    received,
    reopened,
    split,
    term_extended,
    term_recounted,
    withheld,
)

__all__ = [
    "HOLD",
    "answered",
    "archived",
    "clarification_asked",
    "clarification_extended",
    "clarified",
    "closed_elsewhere",
    "keys_for",
    "lapsed",
    "late",
    "merged",
    "message_received",
    "published",
    "received",
    "reopened",
    "restored",
    "split",
    "term_extended",
    "term_recounted",
    "withdrawn",
    "withheld",
]
