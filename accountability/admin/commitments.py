"""Commitments and their news in the desk."""

from functools import partial

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import publishing, workflow
from accountability.admin.commitment_lists import LISTS
from accountability.admin.moves import MoveAdmin
from accountability.commitments.forms import NewsForm, NextCheckForm
from accountability.forms import CommentForm, DateChangeForm, EvidenceForm, ReasonForm
from accountability.models import Commitment, CommitmentUpdate, Evidence
from accountability.status import commitment_status, days_words
from portal.base import clock

# What was promised in public never changes: dates move by their action, with a reason.
PROMISED = ("event", "promised", "promised_by", "original_due_on", "target", "unit")
WRITTEN_BY_MOVES = (
    "reference", "status", "due_on", "done", "status_reason", "closed_on", "last_update_on",
)  # fmt: skip


class CheckFilter(admin.SimpleListFilter):
    """Running ones whose day of checking has come, or is set at all."""

    title = gettext_lazy("next check")
    parameter_name = "revision"

    def lookups(self, request, model_admin):
        return [("hoy", _("To check")), ("con-dia", _("With a day set")), ("sin-dia", _("Without"))]

    def queryset(self, request, queryset):
        if self.value() == "hoy":
            return queryset.to_check(clock.local_day())
        if self.value() in ("con-dia", "sin-dia"):
            has_none = self.value() == "sin-dia"
            return queryset.unfinished().filter(next_check_on__isnull=has_none)
        return queryset


@admin.register(Commitment)
class CommitmentAdmin(MoveAdmin):
    """Drafts are written here; once public, only what was not promised may be edited."""

    list_display = (
        "reference", "title", "office", "due_on", "standing", "deadline", "progress",
        "next_check_on", "last_update_on",
    )  # fmt: skip
    list_display_links = ("reference", "title")
    list_filter = ("status", CheckFilter, "office", "event")
    list_select_related = ("office", "event")
    search_fields = ("reference", "title", "promised")
    raw_id_fields = ("question", "item")
    change_list_template = "admin/accountability/commitment/change_list.html"
    readonly_fields = WRITTEN_BY_MOVES
    actions = [
        "publish", "plan_check", "draft_news", "change_date", "fulfil", "close_partly", "withdraw",
    ]  # fmt: skip

    def get_urls(self):
        pages = (
            ("importar/", LISTS.upload, "import"),
            ("plantilla.<str:kind>", LISTS.template, "template"),
        )
        own = [
            path(
                address,
                self.admin_site.admin_view(partial(view, model_admin=self)),
                name=f"accountability_commitment_{name}",
            )
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def has_inform_permission(self, request):
        return request.user.has_perm("accountability.add_commitmentupdate")

    def public_changed(self, obj):
        publishing.commitment_changed(obj)

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.prefetch_related("date_changes")

    def get_readonly_fields(self, request, obj=None):
        is_public = obj and obj.status != Commitment.Status.DRAFT
        return (*self.readonly_fields, *PROMISED) if is_public else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == Commitment.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """A new one takes its reference in the workflow; a draft's date is still its first one."""
        if not change:
            obj.pk = workflow.add_commitment(actor=request.user, **form.cleaned_data).pk
            obj._state.adding = False
            return obj.refresh_from_db()
        if "original_due_on" in form.changed_data:
            obj.due_on = obj.original_due_on
        return super().save_model(request, obj, form, change)

    def written_by_the_desk(self, obj):
        return ["due_on"] if obj.status == Commitment.Status.DRAFT else []

    @admin.display(description=gettext_lazy("status"))
    def standing(self, obj):
        return commitment_status(obj).label

    @admin.display(description=gettext_lazy("deadline"))
    def deadline(self, obj):
        return days_words(obj)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, obj):
        return f"{obj.done} / {obj.target} ({obj.percent} %)"

    @admin.action(description=gettext_lazy("Publish"), permissions=["approve"])
    def publish(self, request, queryset):
        self.run(request, queryset, workflow.publish_commitment)

    @admin.action(description=gettext_lazy("Set the next check"), permissions=["change"])
    def plan_check(self, request, queryset):
        title = _("Set the next check")
        return self.ask_and_run(request, queryset, workflow.plan_check, NextCheckForm, title)

    @admin.action(description=gettext_lazy("Write news as drafts"), permissions=["inform"])
    def draft_news(self, request, queryset):
        """For what concerns many: one draft in each; their progress and proofs come after."""
        title = _("Write news as drafts")
        return self.ask_and_run(request, queryset, workflow.draft_update, NewsForm, title)

    @admin.action(description=gettext_lazy("Mark as fulfilled"), permissions=["approve"])
    def fulfil(self, request, queryset):
        self.run(request, queryset, workflow.fulfil_commitment)

    @admin.action(description=gettext_lazy("Change the date"), permissions=["approve"])
    def change_date(self, request, queryset):
        title = _("Change the date")
        return self.ask_and_run(request, queryset, workflow.change_date, DateChangeForm, title)

    @admin.action(description=gettext_lazy("Close as partly fulfilled"), permissions=["approve"])
    def close_partly(self, request, queryset):
        title = _("Close as partly fulfilled")
        return self.ask_and_run(request, queryset, workflow.close_partly, ReasonForm, title)

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["approve"])
    def withdraw(self, request, queryset):
        title = _("Withdraw")
        return self.ask_and_run(request, queryset, workflow.withdraw_commitment, ReasonForm, title)


class EvidenceInline(admin.TabularInline):
    """Who may write an update may add its proofs."""

    model = Evidence
    form = EvidenceForm
    extra = 1

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("accountability.add_commitmentupdate")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("accountability.change_commitmentupdate")

    has_delete_permission = has_change_permission

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("accountability.view_commitmentupdate")


@admin.register(CommitmentUpdate)
class CommitmentUpdateAdmin(MoveAdmin):
    """News of a commitment: written by its office, published by a second person."""

    list_display = ("commitment", "happened_on", "title", "done", "status", "drafted_by")
    list_filter = ("status", "commitment__office")
    list_select_related = ("commitment", "drafted_by")
    readonly_fields = ("status", "drafted_by", "approved_by", "published_at")
    inlines = [EvidenceInline]
    actions = ["send_to_approval", "publish", "give_back"]

    def public_changed(self, obj):
        """Nothing: only drafts can be edited, and no draft is public."""

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "commitment":
            running = Commitment.objects.public().unfinished()
            kwargs["queryset"] = running.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == CommitmentUpdate.Status.DRAFT
        return is_draft and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == CommitmentUpdate.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Whoever writes last is the drafter: that person cannot be the one who publishes."""
        obj.drafted_by = request.user
        super().save_model(request, obj, form, change)

    def written_by_the_desk(self, obj):
        return ["drafted_by"]

    @admin.action(description=gettext_lazy("Send to approval"), permissions=["change"])
    def send_to_approval(self, request, queryset):
        self.run(request, queryset, workflow.request_update_approval)

    @admin.action(description=gettext_lazy("Publish"), permissions=["approve"])
    def publish(self, request, queryset):
        self.run(request, queryset, workflow.publish_update)

    @admin.action(description=gettext_lazy("Give back with a comment"), permissions=["approve"])
    def give_back(self, request, queryset):
        title = _("Give back with a comment")
        return self.ask_and_run(request, queryset, workflow.return_update, CommentForm, title)
