"""What other rooms' pages show of surveys."""

from django import template

from evaluation import selectors

register = template.Library()


@register.inclusion_tag("evaluation/open_surveys.html")
def open_surveys(event):
    """A panel with each survey of an event that takes answers now; nothing else."""
    return {"event": event, "surveys": selectors.open_surveys(event)}


@register.inclusion_tag("evaluation/event_surveys.html")
def event_surveys(event):
    """For the page of an event that was held: what may be answered, and what was."""
    surveys, closed = selectors.public_surveys(event)
    return {"event": event, "surveys": surveys, "closed": closed}
