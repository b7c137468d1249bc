"""What the page of an event shows while its session goes on."""

from django import template

from live.page import LivePage

register = template.Library()


@register.simple_tag(takes_context=True)
def live_page(context, page):
    """`{% live_page page as live %}`: the session of an event at the instant of its page."""
    query = context["request"].GET
    return LivePage(page, shows_all_lines=query.get("minutos") == "todos")


@register.simple_tag
def home_session(page):
    """The same for the home page, which lives by the site's version: start and end are known."""
    return LivePage(page)
