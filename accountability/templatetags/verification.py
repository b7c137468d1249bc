"""Names of what stands in the publication log."""

from django import template

from accountability.verification import selectors

register = template.Library()


@register.filter
def entry_label(entry) -> str:
    """The kind of an entry in words."""
    return selectors.label(entry)
