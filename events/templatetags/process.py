"""Parts of an event's page: proposed topics, and who may put their name down."""

from django import template

from events.people import windows
from events.process import workflow

register = template.Library()


@register.inclusion_tag("events/topics_part.html")
def topics_part(event):
    """The way to the topics that people propose, while and after they can."""
    return {"event": event, "takes_topics": workflow.is_open(event)}


@register.inclusion_tag("events/people_part.html")
def people_part(event):
    """The ways to register, while they are open."""
    return {
        "event": event,
        "attends": windows.takes_attendees(event),
        "speaks": windows.takes_speakers(event),
    }
