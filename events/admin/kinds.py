"""Kinds of event in the desk."""

from django.contrib import admin

from events import publishing
from events.models import EventKind
from portal.base.admin import PublicModelAdmin


@admin.register(EventKind)
class EventKindAdmin(PublicModelAdmin):
    """The code is a key that events and addresses keep: it is written once."""

    list_display = ("name", "code", "is_hearing", "order")
    list_editable = ("order",)
    prepopulated_fields = {"code": ("name",)}

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def public_changed(self, obj):
        """Every page may name the kind, and the search shows it beside each of its events."""
        super().public_changed(obj)
        if obj.pk:
            for event in obj.event_set.public():
                publishing.event_changed(event)
