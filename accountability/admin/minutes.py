"""Minutes in the desk."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.admin import minutes_text
from accountability.admin.moves import MoveAdmin
from accountability.admin.paper import PaperMixin
from accountability.forms import ChangeNoteForm, UntilForm
from accountability.minutes import building, workflow
from accountability.minutes.forms import HeadForm
from accountability.minutes.selectors import events_without_minutes
from accountability.models import Minutes, Signatory
from accountability.paper.forms import SignedForm
from accountability.paper.workflow import attach_signed


class SignatoryInline(admin.TabularInline):
    model = Signatory
    extra = 0


@admin.register(Minutes)
class MinutesAdmin(PaperMixin, MoveAdmin):
    """Minutes are written until they are approved; then only a new edition corrects them.

    The head and who signs stand in the form; the text has a page of its own.
    """

    list_display = ("number", "event", "edition", "status", "published_at", "paper")
    list_filter = ("status",)
    list_select_related = ("event",)
    readonly_fields = ("edition", "status", "change_note", "published_at")
    inlines = [SignatoryInline]
    form = HeadForm
    change_form_template = "admin/accountability/minutes/change_form.html"
    actions = [
        "bring", "open_to_remarks", "close_to_remarks", "approve", "publish", "attach_signed",
        "start_new_edition",
    ]  # fmt: skip

    def public_changed(self, obj):
        """Nothing: what can be edited here is not public yet."""

    def get_urls(self):
        view = self.admin_site.admin_view(minutes_text.text)
        page = path(
            "<number:pk>/texto/",
            lambda request, pk: view(request, self, pk),
            name="accountability_minutes_text",
        )
        return [page, *super().get_urls()]

    def get_changeform_initial_data(self, request):
        """What the last event that has no minutes yet, and its session, know of the head."""
        event = events_without_minutes().first()
        known = workflow.known_of(event) if event else {}
        return {**known, "event": event, **super().get_changeform_initial_data(request)}

    def response_add(self, request, obj, post_url_continue=None):
        """The text of new minutes comes next."""
        response = super().response_add(request, obj, post_url_continue)
        if "_save" not in request.POST:
            return response
        return HttpResponseRedirect(reverse("admin:accountability_minutes_text", args=[obj.pk]))

    def save_model(self, request, obj, form, change):
        """An edit goes through the machine: minutes approved meanwhile stay as they are."""
        if change:
            workflow.edited(obj, actor=request.user, detail=_("Head and signatures"))
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return self.readonly_fields
        fixed = [n for n in self.readonly_fields if n != "change_note" or obj.edition == 1]
        return (*fixed, "event")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """First editions begin here, later ones with their action."""
        if db_field.name == "event":
            kwargs["queryset"] = events_without_minutes()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.status in Minutes.Status.EDITABLE
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_open = obj is None or obj.status in Minutes.Status.EDITABLE
        return is_open and super().has_delete_permission(request, obj)

    @admin.action(
        description=gettext_lazy("Bring the sections from the data"), permissions=["change"]
    )
    def bring(self, request, queryset):
        self.run(request, queryset, building.build)

    @admin.action(description=gettext_lazy("Open to remarks"), permissions=["publish"])
    def open_to_remarks(self, request, queryset):
        title = _("Open to remarks")
        return self.ask_and_run(request, queryset, workflow.open_to_remarks, UntilForm, title)

    @admin.action(description=gettext_lazy("Close to remarks"), permissions=["publish"])
    def close_to_remarks(self, request, queryset):
        self.run(request, queryset, workflow.close_to_remarks)

    @admin.action(description=gettext_lazy("Approve the minutes"), permissions=["publish"])
    def approve(self, request, queryset):
        self.run(request, queryset, workflow.approve_minutes)

    @admin.action(description=gettext_lazy("Publish the minutes"), permissions=["publish"])
    def publish(self, request, queryset):
        self.run(request, queryset, workflow.publish_minutes)

    @admin.action(description=gettext_lazy("Attach the signed copy"), permissions=["publish"])
    def attach_signed(self, request, queryset):
        title = _("Attach the signed copy")
        if queryset.count() > 1:
            sentence = _("Choose one edition: each has a signed copy of its own.")
            return self.message_user(request, sentence, messages.WARNING)
        return self.ask_and_run(request, queryset, attach_signed, SignedForm, title)

    @admin.action(description=gettext_lazy("Prepare a new edition"), permissions=["add"])
    def start_new_edition(self, request, queryset):
        title = _("Prepare a new edition")
        return self.ask_and_run(request, queryset, workflow.new_edition, ChangeNoteForm, title)
