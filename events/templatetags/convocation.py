"""What the page of an event shows of its convocation."""

from django import template

from events.models import Event

register = template.Library()


@register.inclusion_tag("events/deliveries.html")
def deliveries(event):
    """Reports that were delivered to control bodies, of a held event; a query if there are any."""
    if event.status != Event.Status.HELD or not getattr(event, "has_deliveries", True):
        return {"deliveries": []}
    return {"deliveries": event.deliveries.only("event_id", "report", "body", "delivered_on")}


@register.filter
def person(user) -> str:
    """How the desk names a member of the staff."""
    return user.get_full_name() or user.get_username()
