"""What the page of an event shows of its results."""

from django import template

from events.results import selectors

register = template.Library()


@register.inclusion_tag("events/results_part.html", takes_context=True)
def results_part(context, event):
    """The first results by programme, and the way to all of them."""
    return {"event": event, "part": selectors.part_of(event), "request": context.get("request")}
