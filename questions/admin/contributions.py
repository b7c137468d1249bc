"""The list of contributions, with its views and actions, and the door to the review page."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.admin import DeskMixin, key_or_404, revision_field, searched_words
from portal.base.dates import iso, short_day
from questions import selectors_staff
from questions.admin import (
    bulk,
    channels,
    filters,
    keys,
    review,
    review_acts,
    review_files,
    undoing,
)
from questions.models import Question
from questions.workflow.machines import MODERATE, OWN_OFFICE


class DeadlineChangeList(ChangeList):
    """Rows in the order of their deadlines, unless somebody sorts by a column."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        return rows if ORDER_VAR in self.params else selectors_staff.by_deadline(rows)

    def get_results(self, request):
        super().get_results(request)
        if self.multi_page and not self.show_all:
            self.result_list = selectors_staff.read_page(self.result_list)

    @property
    def saved_view(self):
        return next(spec for spec in self.filter_specs if hasattr(spec, "is_tabs"))

    @property
    def shown_view(self) -> str:
        return self.saved_view.shown

    @property
    def tabs(self) -> list[dict]:
        return self.saved_view.tabs

    @property
    def chosen_filters(self) -> list[dict]:
        """Each filter that is in use, with its words and the address of the list without it."""
        return [
            {
                "words": f"{spec.title}: {spec.words}",
                "address": self.get_query_string(remove=[spec.parameter_name]),
            }
            for spec in self.filter_specs
            if not hasattr(spec, "is_tabs") and spec.value()
        ]

    def get_ordering_field_columns(self):
        return super().get_ordering_field_columns() if ORDER_VAR in self.params else {}


@admin.register(Question)
class QuestionAdmin(DeskMixin, admin.ModelAdmin):
    """Contributions are filed by citizens and moved by the workflow: no adding, no deleting."""

    list_display = (
        "deadline", "number_and_revision", "text", "topic_and_place", "received", "office_name",
        "state", "support",
    )  # fmt: skip
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
    action_form = bulk.BarForm
    actions = bulk.ACTIONS
    actions_on_bottom = False

    def get_urls(self):
        pages = (
            ("<number:pk>/archivo/<number:file_pk>/", review_files.question_file, "file"),
            ("<number:pk>/reservar/", review_acts.reserve, "reserve"),
            ("siguiente/", self.next_view, "next"),
            ("deshacer/", undoing.undo_view, "undo"),
            ("teclas/", keys.switch_view, "keys"),
        )
        wrap = self.admin_site.admin_view
        return [
            *(path(a, wrap(view), name=f"questions_question_{name}") for a, view, name in pages),
            *channels.urls(self),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return selectors_staff.with_desk_data(Question.objects.visible_to(request.user))

    def get_changelist(self, request, **kwargs):
        return DeadlineChangeList

    def lookup_allowed(self, lookup, value, request):
        """By the filters of the page alone: any other column in an address could be guessed."""
        return lookup in {filter_class.parameter_name for filter_class in self.list_filter}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm(MODERATE)

    def has_send_back_permission(self, request):
        return request.user.has_perm(MODERATE) or request.user.has_perm(OWN_OFFICE)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page stands where Django has its form. Others' contributions are 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return review.review(request, self, key_or_404(self.opts, object_id))

    def changelist_view(self, request, extra_context=None):
        context = {
            "may_review": self.has_moderate_permission(request),
            "bulk": dict.fromkeys(self.get_actions(request), True),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def next_view(self, request):
        """Take the contribution that is reviewed next and go there; pressed, never just opened."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:questions_question_changelist"))
        return HttpResponseRedirect(review_acts.next_page(request.user), status=303)

    def get_search_results(self, request, queryset, search_term):
        """A number, a filing number, or words that must all stand in its texts."""
        for word in searched_words(search_term):
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
        if not shown:
            return ""
        context = {"light": shown, "other": selectors_staff.other_clock(question)}
        return render_to_string("admin/questions/light.html", context)

    @admin.display(description=gettext_lazy("No."), ordering="number")
    def number_and_revision(self, question):
        """With the revision that the row was drawn with, so that many cannot overwrite one."""
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, question.number, revision_field(question), question.revision)

    @admin.display(description=gettext_lazy("Question"))
    def text(self, question):
        context = {
            "question": question,
            "words": question.title or Truncator(question.original_text).chars(120),
            "personal": bulk.personal_data(question),
        }
        return render_to_string("admin/questions/question/row_text.html", context)

    @admin.display(description=gettext_lazy("Topic and municipality"), ordering="topic__order")
    def topic_and_place(self, question):
        return format_html("{}<small>{}</small>", question.topic.name, question.place)

    @admin.display(description=gettext_lazy("Received"), ordering="submitted_at")
    def received(self, question):
        return format_html(
            '{}<small>{} <time datetime="{}">{}</time></small>',
            question.get_channel_display(),
            Truncator(question.received_place).chars(40),
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

    @admin.display(description=gettext_lazy("Support"), ordering="support")
    def support(self, question):
        return question.support
