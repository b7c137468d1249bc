"""Topics that citizens propose: reviewed, published, and told what came of them."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import publishing
from events.admin.forms import PUBLIC, WIDGETS, ReasonForm
from events.models import AgendaItem, TopicProposal
from events.process import workflow
from portal.base.admin import MoveMixin, PublicModelAdmin
from portal.base.forms import CleanTextField

MOST_REASON = TopicProposal._meta.get_field("public_reason").max_length


class TopicReasonForm(ReasonForm):
    """A sentence beside the topic: shorter than what is said of a whole event."""

    reason = CleanTextField(label=_("Reason"), max_length=MOST_REASON, help_text=PUBLIC)


class WordsForm(forms.ModelForm):
    """The public words of a topic; one that is shown is never without."""

    def clean_public_text(self):
        text = self.cleaned_data["public_text"]
        if not text and self.instance.status in TopicProposal.Status.SHOWN:
            raise forms.ValidationError(_("The public reads it: write it, or do not publish it."))
        return text


class ItemForm(forms.Form):
    """Under which item of the agenda the topic is."""

    agenda_item = forms.ModelChoiceField(label=_("agenda item"), queryset=AgendaItem.objects.none())

    def __init__(self, data=None, *, event):
        super().__init__(data)
        self.fields["agenda_item"].queryset = AgendaItem.objects.filter(event=event)


@admin.register(TopicProposal)
class TopicProposalAdmin(MoveMixin, PublicModelAdmin):
    """What was written stays; the public words are edited, the state moves by its actions."""

    form = WordsForm
    formfield_overrides = WIDGETS
    list_display = ("original_text", "event", "municipality", "status", "proposed_at")
    list_filter = ("status", "event")
    list_select_related = ("event", "municipality")
    search_fields = ("original_text", "public_text")
    readonly_fields = (
        "event", "original_text", "municipality", "status", "public_reason", "agenda_item",
        "proposed_at",
    )  # fmt: skip
    fields = ("public_text", *readonly_fields)
    actions = ["publish", "include", "leave_out", "withhold"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_review_permission(self, request):
        return request.user.has_perm(workflow.REVIEW)

    def save_model(self, request, obj, form, change):
        """The words alone: a move that was made meanwhile stays."""
        obj.save(update_fields=["public_text"])

    def public_changed(self, obj):
        publishing.event_changed(obj.event)

    @admin.action(description=_("Publish in their public words"), permissions=["review"])
    def publish(self, request, queryset):
        def move(proposal, **told):
            return workflow.publish_topic(proposal, public_text=proposal.public_text, **told)

        self.told(request, self.move_rows(request, queryset, move))

    @admin.action(description=_("Put on the agenda…"), permissions=["review"])
    def include(self, request, queryset):
        """One event at a time: its items are the choice."""
        rows = list(queryset)
        if len({row.event_id for row in rows}) != 1:
            words = _("Choose topics of one event only: each has its own agenda.")
            return self.message_user(request, words, messages.WARNING)
        form = ItemForm(request.POST if "apply" in request.POST else None, event=rows[0].event)
        return self._ask(request, rows, form, workflow.include_topic, _("Put on the agenda"))

    @admin.action(description=_("Leave out, with the reason…"), permissions=["review"])
    def leave_out(self, request, queryset):
        form = TopicReasonForm(request.POST if "apply" in request.POST else None)
        return self._ask(request, queryset, form, workflow.leave_out_topic, _("Leave out"))

    @admin.action(description=_("Do not publish…"), permissions=["review"])
    def withhold(self, request, queryset):
        form = TopicReasonForm(request.POST if "apply" in request.POST else None)
        return self._ask(request, queryset, form, workflow.withhold_topic, _("Do not publish"))

    def _ask(self, request, rows, form, move, title):
        if not form.is_valid():
            return self.ask_first(request, rows, form, title)
        self.told(request, self.move_rows(request, rows, move, **form.cleaned_data))
        return None

    def told(self, request, moved):
        if moved:
            words = ngettext("%(n)s topic was moved.", "%(n)s topics were moved.", len(moved))
            self.message_user(request, words % {"n": len(moved)}, messages.SUCCESS)
