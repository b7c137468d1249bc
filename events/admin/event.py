"""The event in the desk: written here, moved by its workflow alone."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entity import counting
from entity.registry import working_calendar
from events import publishing, schedule
from events.admin.forms import WIDGETS, EventForm
from events.admin.inlines import INLINES
from events.admin.moves import MovingAdmin
from events.models import Event
from portal.base import clock
from portal.base.admin import PublicModelAdmin
from portal.base.dates import long_day

WRITTEN_BY_MOVES = ("status", "status_reason", "announced_at")
FIELDSETS = [
    (None, {"fields": (("status", "announced_at"), "status_reason")}),
    (
        gettext_lazy("Invitation"),
        {"fields": ("kind", "title", "subtitle", "slug", "tagline", "summary")},
    ),
    (
        gettext_lazy("When and where"),
        {"fields": (("starts_at", "ends_at"), "modality", "venue", "media_note")},
    ),
    (gettext_lazy("Questions"), {"fields": (("questions_open_at", "questions_close_at"),)}),
    (
        gettext_lazy("What accounts are rendered about"),
        {"fields": (("period_from", "cutoff_on"), "about", "quotation", "norms")},
    ),
]


@admin.register(Event)
class EventAdmin(MovingAdmin, PublicModelAdmin):
    """Its state is read here; the address is written until it is announced, then never again."""

    form = EventForm
    formfield_overrides = WIDGETS
    fieldsets = FIELDSETS
    inlines = INLINES
    list_display = ("title", "kind", "starts_at", "modality", "status", "slug")
    list_filter = ("status", "kind", "modality")
    list_select_related = ("kind",)
    search_fields = ("title", "subtitle", "slug")
    date_hierarchy = "starts_at"

    def public_changed(self, obj):
        publishing.event_changed(obj)

    def view_on_site(self, obj):
        """A draft has no page yet."""
        return None if obj.status == Event.Status.DRAFT else obj.get_absolute_url()

    def get_readonly_fields(self, request, obj=None):
        """Once announced the address stays; a date that was taken off comes back by its move."""
        fixed = ["slug"] if obj and obj.status != Event.Status.DRAFT else []
        if obj and obj.status in Event.Status.BAD_NEWS:
            fixed += ["starts_at", "ends_at"]
        return (*WRITTEN_BY_MOVES, *fixed)

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == Event.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Write the edited fields and no other: a move that was made meanwhile stays."""
        if not change:
            return obj.save()
        columns = {field.name for field in obj._meta.concrete_fields}
        edited = columns & set(form.changed_data)
        if "slug" in form.fields:
            edited.add("slug")  # it may have followed the date
        if "ends_at" in edited:
            counting.changed()  # the terms that end some days after the event
        return obj.save(update_fields=edited)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.warn(request, form.instance)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["moves"] = self.buttons(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def warn(self, request, event):
        """Tell when the agenda does not fill the event's time, and when its day is a holiday."""
        for words in (self._agenda_words(event), self._holiday_words(event)):
            if words:
                self.message_user(request, words, messages.WARNING)

    @staticmethod
    def _agenda_words(event) -> str:
        items = list(event.agenda.all())
        over = schedule.minutes_over(event, items) if items else 0
        if over > 0:
            words = ngettext(
                "The agenda is %(n)s minute longer than the event.",
                "The agenda is %(n)s minutes longer than the event.",
                over,
            )
        elif over < 0:
            words = ngettext(
                "The agenda is %(n)s minute shorter than the event.",
                "The agenda is %(n)s minutes shorter than the event.",
                -over,
            )
        else:
            return ""
        return words % {"n": abs(over)}

    @staticmethod
    def _holiday_words(event) -> str:
        day = clock.local_day(event.starts_at)
        reason = working_calendar().holiday(day)
        told = {"day": long_day(day), "reason": reason}
        return _("%(day)s is not a working day: %(reason)s.") % told if reason else ""
