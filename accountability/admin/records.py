"""Session records in the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accountability import publishing, workflow
from accountability.admin.moves import MoveAdmin
from accountability.admin.record_files import RecordFileInline, RecordFilesMixin
from accountability.admin.recording import RecordingMixin
from accountability.forms import RecordForm
from accountability.live import fill_record
from accountability.matrix.workflow import freeze
from accountability.models import (
    Attendance,
    SessionRecord,
)


class AttendanceInline(admin.TabularInline):
    model = Attendance
    extra = 0


@admin.register(SessionRecord)
class SessionRecordAdmin(RecordFilesMixin, RecordingMixin, MoveAdmin):
    """A published record may still be completed; the page changes with it."""

    form = RecordForm
    change_form_template = "admin/accountability/sessionrecord/change_form.html"
    list_display = ("event", "status", "published_at")
    list_filter = ("status",)
    list_select_related = ("event",)
    readonly_fields = ("status", "published_at")
    inlines = [AttendanceInline, RecordFileInline]
    actions = ["bring_session", "bring_attendance", "publish", "freeze"]

    def public_changed(self, obj):
        """A draft that was deleted was never public: nothing of it is looked for."""
        if obj.pk:
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

    @admin.action(
        description=gettext_lazy("Freeze the matrix of questions anew"), permissions=["publish"]
    )
    def freeze(self, request, queryset):
        self.run(request, queryset, freeze)
