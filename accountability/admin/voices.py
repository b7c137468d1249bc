"""Remarks and notes of citizens in the desk: read, answered, shown or withheld."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.admin.moves import MoveAdmin
from accountability.forms import ReasonForm
from accountability.models import CommitmentNote, MinutesRemark
from accountability.voices import workflow
from portal.base.forms import CleanTextField

WORDS = {"rows": 5, "cols": 80}


class ReplyForm(forms.Form):
    """What is answered, and the words of the remark that may be read."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=MinutesRemark.Outcome.choices
    )
    reply = CleanTextField(
        label=gettext_lazy("Reply"), max_length=2000, widget=forms.Textarea(WORDS),
        help_text=gettext_lazy("The public reads it beside the remark."),
    )  # fmt: skip
    public_text = CleanTextField(
        label=gettext_lazy("The remark as it may be read"), max_length=2000, required=False,
        widget=forms.Textarea(WORDS),
        help_text=gettext_lazy("Empty: as it was written. Take out names and data of people."),
    )  # fmt: skip


class NoteTextForm(forms.Form):
    """The words of a note that may be read."""

    public_text = CleanTextField(
        label=gettext_lazy("The note as it may be read"), max_length=2000, required=False,
        widget=forms.Textarea(WORDS),
        help_text=gettext_lazy("Empty: as it was written. Take out names and data of people."),
    )  # fmt: skip


class VoiceAdmin(MoveAdmin):
    """What was written stays as it came; only its moves change anything."""

    def public_changed(self, obj):
        """Nothing: no field is edited here."""

    def lookup_allowed(self, lookup, value, request):
        """By the filters of the page alone: no address is found out letter by letter."""
        offered = lookup.split("__")[0] in {name.split("__")[0] for name in self.list_filter}
        return offered and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(MinutesRemark)
class MinutesRemarkAdmin(VoiceAdmin):
    """Every remark is answered before the minutes are approved."""

    list_display = (
        "__str__", "minutes", "paragraph", "beginning", "attended", "received_at", "status",
        "outcome",
    )  # fmt: skip
    list_filter = ("status", "minutes__event")
    list_select_related = ("minutes__event",)
    exclude = ("email", "token", "revision", "answered_by")
    actions = ["answer", "withhold"]

    def has_answer_permission(self, request):
        return request.user.has_perm(workflow.ANSWER)

    @admin.display(description=gettext_lazy("remark"))
    def beginning(self, obj):
        return obj.text[:120]

    @admin.action(description=gettext_lazy("Answer"), permissions=["answer"])
    def answer(self, request, queryset):
        title = _("Answer")
        return self.ask_and_run(request, queryset, workflow.answer_remark, ReplyForm, title)

    @admin.action(description=gettext_lazy("Do not publish"), permissions=["answer"])
    def withhold(self, request, queryset):
        title = _("Do not publish")
        return self.ask_and_run(request, queryset, workflow.withhold_remark, ReasonForm, title)


@admin.register(CommitmentNote)
class CommitmentNoteAdmin(VoiceAdmin):
    """Notes are shown once somebody read them."""

    list_display = ("__str__", "commitment", "beginning", "municipality", "received_at", "status")
    list_filter = ("status", "commitment__office")
    list_select_related = ("commitment", "municipality")
    exclude = ("email", "token", "revision")
    actions = ["publish", "withhold"]

    def has_moderate_permission(self, request):
        return request.user.has_perm(workflow.MODERATE)

    @admin.display(description=gettext_lazy("note"))
    def beginning(self, obj):
        return obj.text[:120]

    @admin.action(description=gettext_lazy("Publish"), permissions=["moderate"])
    def publish(self, request, queryset):
        title = _("Publish")
        return self.ask_and_run(request, queryset, workflow.publish_note, NoteTextForm, title)

    @admin.action(description=gettext_lazy("Do not publish"), permissions=["moderate"])
    def withhold(self, request, queryset):
        title = _("Do not publish")
        return self.ask_and_run(request, queryset, workflow.withhold_note, ReasonForm, title)
