"""What every step of the archive asks first: a permission, or words."""

from django.core.exceptions import PermissionDenied

from portal.base.machine import MoveRefused
from portal.base.texts import clean_text

PUBLISH = "accountability.publish_record"
APPROVE = "accountability.approve_commitment"


def demand(actor, permission: str) -> None:
    """Raises PermissionDenied."""
    if not actor.has_perm(permission):
        raise PermissionDenied


def needed(text: str, sentence: str) -> str:
    """The text without what nobody typed. Raises MoveRefused with `sentence` where none is left."""
    text = clean_text(text)
    if not text:
        raise MoveRefused(sentence)
    return text
