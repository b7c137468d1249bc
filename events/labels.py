"""What citizens read of an event's state. The desk has words of its own (`Event.Status`)."""

from django.utils.translation import pgettext_lazy

from events.models import Event

S = Event.Status
PUBLIC = {
    S.ANNOUNCED: pgettext_lazy("public event", "Announced"),
    S.POSTPONED: pgettext_lazy("public event", "Postponed"),
    S.SUSPENDED: pgettext_lazy("public event", "Suspended"),
    S.CANCELLED: pgettext_lazy("public event", "Cancelled"),
    S.HELD: pgettext_lazy("public event", "Held"),
}


def public_status(event: Event) -> str:
    """The word of a public event; a draft has none, since nobody reads it."""
    return str(PUBLIC.get(event.status, ""))
