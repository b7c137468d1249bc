"""What the staff sees of the base: the outbox, who looked at personal data, and habits.

And the parents of other rooms' admins.
"""

from portal.base.admin.access import AccessEntryAdmin
from portal.base.admin.habits import StaffPreferenceAdmin
from portal.base.admin.mail import OutgoingMailAdmin
from portal.base.admin.moving import MoveMixin, as_drawn, move_each, revision_field
from portal.base.admin.parents import PublicModelAdmin, ReadOnlyAdmin

__all__ = [
    "AccessEntryAdmin",
    "MoveMixin",
    "OutgoingMailAdmin",
    "PublicModelAdmin",
    "ReadOnlyAdmin",
    "StaffPreferenceAdmin",
    "as_drawn",
    "move_each",
    "revision_field",
]
