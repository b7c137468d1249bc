"""What the staff sees of the base: the outbox, who looked at personal data, and habits.

And the parents of other rooms' admins.
"""

from portal.base.admin.access import AccessEntryAdmin
from portal.base.admin.bounds import DeskMixin, key_or_404, searched_words
from portal.base.admin.document_texts import DocumentTextAdmin
from portal.base.admin.habits import StaffPreferenceAdmin
from portal.base.admin.mail import OutgoingMailAdmin
from portal.base.admin.moving import (
    NEVER,
    MoveMixin,
    as_drawn,
    move_each,
    revision_field,
    revision_of,
)
from portal.base.admin.parents import PublicModelAdmin, ReadOnlyAdmin

__all__ = [
    "NEVER",
    "AccessEntryAdmin",
    "DeskMixin",
    "DocumentTextAdmin",
    "MoveMixin",
    "OutgoingMailAdmin",
    "PublicModelAdmin",
    "ReadOnlyAdmin",
    "StaffPreferenceAdmin",
    "as_drawn",
    "key_or_404",
    "move_each",
    "revision_field",
    "revision_of",
    "searched_words",
]
