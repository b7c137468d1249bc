"""What the live page and the screen show of the queue, and the short form to ask."""

from django import template

from entity.registry import registry
from portal.base import clock
from questions import terms
from questions.live.forms import AskNowForm
from questions.live.selectors import Wall, wall
from questions.models import PetitionType

register = template.Library()


@register.inclusion_tag("questions/live_ask_now.html")
def ask_now(event):
    """Pregunte ahora: the same bytes for everybody, so no token and nothing typed."""
    term = terms.at_filing(clock.now(), PetitionType.usual(), event, registry())
    return {"event": event, "form": AskNowForm(), "term": term}


@register.inclusion_tag("questions/live_on_air.html", takes_context=True)
def on_air(context, event):
    """The question that is being answered; nothing between two of them."""
    return {"event": event, "shown": _wall(context, event).on_air}


@register.inclusion_tag("questions/live_wall.html", takes_context=True)
def live_wall(context, event):
    """What comes next, and what was answered today."""
    return {"event": event, "wall": _wall(context, event)}


def _wall(context, event) -> Wall:
    """Read once for a page. Kept with its request: the event of the page outlives it."""
    request = context["request"]
    kept = getattr(request, "live_walls", {})
    if event.pk not in kept:
        kept[event.pk] = wall(event)
        request.live_walls = kept
    return kept[event.pk]
