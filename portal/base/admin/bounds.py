"""Lists of the desk: bounds for what they are asked (words, rows of an action), and titles."""

import re

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import models
from django.http import Http404
from django.utils.text import capfirst

MOST_LETTERS, MOST_WORDS, MOST_DIGITS = 200, 20, 18
_LONG_NUMBER = re.compile(rf"\d{{{MOST_DIGITS + 1},}}")


def searched_words(typed: str) -> list[str]:
    """The first words of a search; each is one more condition, and databases bound their depth."""
    return typed[:MOST_LETTERS].split()[:MOST_WORDS]


def is_key(opts, text: str) -> bool:
    """Whether a text can be the key of a row at all."""
    if not isinstance(opts.pk, models.IntegerField):
        return True
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def key_or_404(opts, text: str) -> str:
    """The key in the address of a row. Raises Http404 for what can be none."""
    if not is_key(opts, text):
        raise Http404
    return text


def _is_too_long(value: str) -> bool:
    """Whether there is a number in it that no column holds (Python reads 9_999 as one)."""
    return len(value) > MOST_LETTERS or bool(_LONG_NUMBER.search(value.replace("_", "")))


class DeskMixin:
    """For every ModelAdmin of the desk: what it is asked from outside has a bound."""

    def get_search_results(self, request, queryset, search_term):
        words = " ".join(searched_words(search_term))
        return super().get_search_results(request, queryset, words)

    def get_changelist_instance(self, request):
        """A filter with a number that no database holds is a wrong one, as Django calls it."""
        asked = ((name, value) for name, values in request.GET.lists() for value in values)
        if any(name != SEARCH_VAR and _is_too_long(value) for name, value in asked):
            raise IncorrectLookupParameters
        listed = super().get_changelist_instance(request)
        listed.title = capfirst(self.opts.verbose_name_plural)
        return listed

    def render_change_form(self, request, context, *args, **kwargs):
        """Who may only read is told what it is; Django would say "View" and its name."""
        original = context.get("original")
        if original and not self.has_change_permission(request, original):
            context["title"] = capfirst(self.opts.verbose_name)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request, object_id, *args, **kwargs):
        key = key_or_404(self.opts, object_id)
        return super().history_view(request, key, *args, **kwargs)

    def _get_edited_object_pks(self, request, prefix):
        """Of a list whose rows are edited in place; Django would fail over what is no key."""
        keys = super()._get_edited_object_pks(request, prefix)
        return [key for key in keys if is_key(self.opts, key)]

    def response_action(self, request, queryset):
        """What was chosen and is no key is not chosen: Django would fail over it."""
        fields = request.POST.copy()
        chosen = fields.getlist(ACTION_CHECKBOX_NAME)
        fields.setlist(ACTION_CHECKBOX_NAME, [key for key in chosen if is_key(self.opts, key)])
        request.POST = fields
        return super().response_action(request, queryset)
