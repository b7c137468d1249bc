"""The list of contributions, with its views, and the door to the review page."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entity.models import Office
from portal.base.dates import iso, short_day
from portal.base.machine import MoveRefused
from questions import selectors_staff, workflow
from questions.admin import filters, review
from questions.admin.forms import offices
from questions.models import Question
from questions.workflow.machines import MODERATE

VIEW_LABELS = {
    "por-revisar": gettext_lazy("To review"),
    "sin-oficina": gettext_lazy("Without office"),
    "por-vencer": gettext_lazy("Due soon"),
    "atrasadas": gettext_lazy("Late"),
    "por-aprobar": gettext_lazy("To approve"),
    "abiertas": gettext_lazy("Open"),
    "todas": gettext_lazy("All"),
}


class OfficeActionForm(ActionForm):
    """The bar above the list: an action and the office it is about."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False, choices=offices)


class DeadlineChangeList(ChangeList):
    """Rows in the order of their deadlines, unless somebody sorts by a column."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        return rows if ORDER_VAR in self.params else selectors_staff.by_deadline(rows)

    @property
    def shown_view(self) -> str:
        return next(spec.shown for spec in self.filter_specs if hasattr(spec, "is_tabs"))

    def get_ordering_field_columns(self):
        return super().get_ordering_field_columns() if ORDER_VAR in self.params else {}


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    """Contributions are filed by citizens and moved by the workflow: no adding, no deleting."""

    list_display = ("deadline", "number", "text", "about", "received", "office_name", "state")
    list_display_links = None
    list_filter = (
        filters.SavedView, filters.StateFilter, filters.DeadlineFilter, filters.OfficeFilter,
        filters.TopicFilter, filters.MunicipalityFilter, filters.ChannelFilter,
        filters.EventFilter,
    )  # fmt: skip
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("number", "reference", "title", "original_text", "public_text")
    action_form = OfficeActionForm
    actions = ["assign_to_office"]
    actions_on_bottom = False

    def get_urls(self):
        download = self.admin_site.admin_view(review.question_file)
        return [
            path("<int:pk>/archivo/<int:file_pk>/", download, name="questions_question_file"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return selectors_staff.with_desk_data(Question.objects.visible_to(request.user))

    def get_changelist(self, request, **kwargs):
        return DeadlineChangeList

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm(MODERATE)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page stands where Django has its form. Others' contributions are 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return review.review(request, self, object_id)

    def changelist_view(self, request, extra_context=None):
        found = selectors_staff.counts_of(request)
        tabs = [
            {"name": name, "label": label, "count": found[name.replace("-", "_")]}
            for name, label in VIEW_LABELS.items()
        ]
        context = {"tabs": tabs, "next_to_review": self._next(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def _next(self, request) -> str:
        if not self.has_moderate_permission(request):
            return ""
        following = selectors_staff.next_to_review(request.user)
        return review.page_of(following) if following else ""

    def get_search_results(self, request, queryset, search_term):
        """A number, a filing number, or words that must all stand in its texts."""
        for word in search_term.split():
            found = Q(reference__icontains=word)
            if word.isdecimal():
                found |= Q(number=int(word[:18]))
            for column in ("title", "original_text", "public_text"):
                found |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False

    @admin.display(description=gettext_lazy("Deadline"), ordering="due_on")
    def deadline(self, question):
        shown = selectors_staff.light(question)
        return render_to_string("admin/questions/light.html", {"light": shown}) if shown else ""

    @admin.display(description=gettext_lazy("Question"))
    def text(self, question):
        words = question.title or Truncator(question.original_text).chars(120)
        page = reverse("admin:questions_question_change", args=[question.pk])
        return format_html('<a href="{}">{}</a>', page, words)

    @admin.display(description=gettext_lazy("Topic and municipality"), ordering="topic__order")
    def about(self, question):
        return format_html("{}<small>{}</small>", question.topic.name, question.place)

    @admin.display(description=gettext_lazy("Received"), ordering="submitted_at")
    def received(self, question):
        return format_html(
            '{}<small><time datetime="{}">{}</time></small>',
            question.get_channel_display(),
            iso(question.local_day),
            short_day(question.local_day),
        )

    @admin.display(description=gettext_lazy("Office"), ordering="office__name")
    def office_name(self, question):
        return question.office.short_name if question.office else _("Without office")

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def state(self, question):
        shown = selectors_staff.desk_state(question, question.answer_status)
        return render_to_string("admin/questions/state.html", {"state": shown})

    @admin.action(description=gettext_lazy("Assign to office"), permissions=["moderate"])
    def assign_to_office(self, request, queryset):
        """Row by row through the workflow; what is refused is told, the others go on."""
        office = Office.objects.filter(pk=_whole(request.POST.get("office"))).first()
        if office is None:
            self.message_user(request, _("Choose the office that answers."), messages.WARNING)
            return
        assigned = 0
        for question in queryset:
            try:
                workflow.assign_question(question, actor=request.user, office=office)
            except MoveRefused as refused:
                words = f"{question.number}: {refused}"
                self.message_user(request, words, messages.WARNING)
            else:
                assigned += 1
        if assigned:
            words = ngettext(
                "%(n)s contribution was assigned to %(office)s.",
                "%(n)s contributions were assigned to %(office)s.",
                assigned,
            ) % {"n": assigned, "office": office.name}
            self.message_user(request, words, messages.SUCCESS)


def _whole(text) -> int:
    return int(text) if (text or "").isdecimal() else 0
