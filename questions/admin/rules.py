"""Which office usually answers a topic: rules that the desk proposes by."""

from django.contrib import admin

from portal.base.admin import DeskMixin
from questions.models import TopicRule


@admin.register(TopicRule)
class TopicRuleAdmin(DeskMixin, admin.ModelAdmin):
    """A proposal only: nobody is bound by it, and what was assigned stays as it is."""

    list_display = ("topic", "municipality", "office")
    list_filter = ("office", "topic")
    list_select_related = ("topic", "municipality", "office")
