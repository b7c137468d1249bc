"""What the menu "Participa" says in the checklist of an event."""

from django.utils.translation import gettext as _

from accountability.archive.material import Material
from accountability.archive.participa import items
from events.convocation import checklist
from events.convocation.checklist import Verdict
from events.models import Event


def menu(event: Event) -> Verdict:
    """Done when each of the eight items has its link."""
    missing = [item.letter for item in items(Material([event])) if item.is_pending]
    return Verdict(not missing, _("Missing: %s") % ", ".join(missing) if missing else "")


checklist.register_check("participa", menu)
