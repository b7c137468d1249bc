"""Session records and minutes in the desk."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import publishing, workflow
from accountability.admin.moves import MoveAdmin
from accountability.forms import ChangeNoteForm
from accountability.live import fill_record
from accountability.models import (
    Attendance,
    Minutes,
    MinutesSection,
    SessionRecord,
    Signatory,
)
from events.models import Event


class AttendanceInline(admin.TabularInline):
    model = Attendance
    extra = 0


@admin.register(SessionRecord)
class SessionRecordAdmin(MoveAdmin):
    """A published record may still be completed; the page changes with it."""

    list_display = ("event", "status", "published_at")
    list_filter = ("status",)
    list_select_related = ("event",)
    readonly_fields = ("status", "published_at")
    inlines = [AttendanceInline]
    actions = ["bring_session", "bring_attendance", "publish"]

    def public_changed(self, obj):
        publishing.record_changed(obj)

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "event") if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == SessionRecord.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    @admin.action(description=gettext_lazy("Bring what the session left"), permissions=["publish"])
    def bring_session(self, request, queryset):
        self.run(request, queryset, lambda record, **told: fill_record(record.event, **told))

    @admin.action(
        description=gettext_lazy("Bring the attendance from the counts"), permissions=["publish"]
    )
    def bring_attendance(self, request, queryset):
        self.run(request, queryset, workflow.bring_attendance)

    @admin.action(description=gettext_lazy("Publish the record"), permissions=["publish"])
    def publish(self, request, queryset):
        self.run(request, queryset, workflow.publish_record)


class MinutesSectionInline(admin.StackedInline):
    model = MinutesSection
    extra = 0


class SignatoryInline(admin.TabularInline):
    model = Signatory
    extra = 0


@admin.register(Minutes)
class MinutesAdmin(MoveAdmin):
    """Minutes are written until they are approved; then only a new edition corrects them."""

    list_display = ("number", "event", "edition", "status", "published_at")
    list_filter = ("status",)
    list_select_related = ("event",)
    readonly_fields = ("edition", "status", "change_note", "published_at")
    inlines = [MinutesSectionInline, SignatoryInline]
    actions = ["approve", "publish", "start_new_edition"]
    EDITABLE = (Minutes.Status.DRAFT, Minutes.Status.IN_REMARKS)

    def public_changed(self, obj):
        """Nothing: what can be edited here is not public yet."""

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return self.readonly_fields
        fixed = [n for n in self.readonly_fields if n != "change_note" or obj.edition == 1]
        return (*fixed, "event")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """First editions begin here, later ones with their action."""
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.public().filter(minutes_editions=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.status in self.EDITABLE
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_open = obj is None or obj.status in self.EDITABLE
        return is_open and super().has_delete_permission(request, obj)

    @admin.action(description=gettext_lazy("Approve the minutes"), permissions=["publish"])
    def approve(self, request, queryset):
        self.run(request, queryset, workflow.approve_minutes)

    @admin.action(description=gettext_lazy("Publish the minutes"), permissions=["publish"])
    def publish(self, request, queryset):
        self.run(request, queryset, workflow.publish_minutes)

    @admin.action(description=gettext_lazy("Prepare a new edition"), permissions=["add"])
    def start_new_edition(self, request, queryset):
        title = _("Prepare a new edition")
        return self.ask_and_run(request, queryset, workflow.new_edition, ChangeNoteForm, title)
