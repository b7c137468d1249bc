"""What other rooms' pages show of surveys."""

from django import template

from evaluation import selectors

register = template.Library()


@register.inclusion_tag("evaluation/open_surveys.html")
def open_surveys(event):
    """A panel with each survey of an event that takes answers now; nothing else."""
    return {"event": event, "surveys": selectors.open_surveys(event)}
