"""Answers: the list with joint releases, and the door to the page where one is written."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.base.admin import DeskMixin, key_or_404
from questions import selectors_answers, selectors_staff
from questions.admin import answer_page, joint_release, words
from questions.admin.filters import DeskFilter
from questions.admin.joint_release import moment
from questions.models import Answer
from questions.workflow.machines import APPROVE


class StateFilter(DeskFilter):
    title = gettext_lazy("state")
    parameter_name = "status__exact"
    opened = True

    def lookups(self, request, model_admin):
        return Answer.Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class ReleaseFilter(DeskFilter):
    """Answers that go out together; the moments are those for which something waits."""

    title = gettext_lazy("release")
    parameter_name = "salida"
    opened = True

    def lookups(self, request, model_admin):
        self.releases = {r.key: r for r in selectors_answers.releases_of(request)}
        return [(key, moment(found.at)) for key, found in self.releases.items()]

    def has_output(self):
        return bool(self.releases)

    def queryset(self, request, queryset):
        chosen = self.releases.get(self.value())
        return queryset.filter(status="scheduled", release_at=chosen.at) if chosen else queryset


@admin.register(Answer)
class AnswerAdmin(DeskMixin, admin.ModelAdmin):
    """Answers are written on their own page and moved by the workflow."""

    list_display = (
        "question_number", "summary_line", "office_name", "standing", "drafter", "release",
        "published",
    )  # fmt: skip
    list_display_links = None
    list_filter = (StateFilter, ReleaseFilter)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("=question__number", "question__reference", "summary")
    ordering = ("-question__number", "-edition")
    actions = ["approve_and_schedule", "approve_and_publish"]
    actions_on_bottom = False

    def get_urls(self):
        write = self.admin_site.admin_view(self.write_view)
        download = self.admin_site.admin_view(self.attachment_view)
        return [
            path("<number:question_pk>/escribir/", write, name="questions_answer_write"),
            path("<number:pk>/anexo/<number:file_pk>/", download, name="questions_answer_file"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return selectors_staff.visible_answers(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_approve_permission(self, request):
        return request.user.has_perm(APPROVE)

    def write_view(self, request, question_pk):
        """Begin the answer of a contribution, or go on with the one in work."""
        self._demand_view(request)
        return answer_page.begin(request, self, question_pk)

    def attachment_view(self, request, pk, file_pk):
        self._demand_view(request)
        return answer_page.attachment(request, pk, file_pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One edition: written and decided about while it is in work, read afterwards."""
        self._demand_view(request)
        return answer_page.edition(request, self, key_or_404(self.opts, object_id))

    def _demand_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def changelist_view(self, request, extra_context=None):
        groups = [(found, release_words(found)) for found in selectors_answers.releases_of(request)]
        offered = [(name, label) for _do, name, label in self.get_actions(request).values()]
        context = {"groups": groups, "actions_offered": offered}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Approve and schedule for…"), permissions=["approve"])
    def approve_and_schedule(self, request, queryset):
        return joint_release.approve(request, self, queryset, now=False)

    @admin.action(description=gettext_lazy("Approve and publish now"), permissions=["approve"])
    def approve_and_publish(self, request, queryset):
        return joint_release.approve(request, self, queryset, now=True)

    @admin.display(description=gettext_lazy("Question"), ordering="question__number")
    def question_number(self, answer):
        return f"{answer.question.number} ({answer.edition})"

    @admin.display(description=gettext_lazy("Summary in a sentence"))
    def summary_line(self, answer):
        page = reverse("admin:questions_answer_change", args=[answer.pk])
        return format_html('<a href="{}">{}</a>', page, answer.summary)

    @admin.display(description=gettext_lazy("Office"), ordering="office__short_name")
    def office_name(self, answer):
        return answer.office.short_name

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def standing(self, answer):
        shown = selectors_staff.answer_state(answer)
        return render_to_string("admin/questions/state.html", {"state": shown})

    @admin.display(description=gettext_lazy("Drafted by"))
    def drafter(self, answer):
        return words.person(answer.drafted_by)

    @admin.display(description=gettext_lazy("Goes out"), ordering="release_at")
    def release(self, answer):
        return moment(answer.release_at) if answer.status == "scheduled" else ""

    @admin.display(description=gettext_lazy("Published"), ordering="published_at")
    def published(self, answer):
        return moment(answer.published_at) if answer.published_at else ""


def release_words(found) -> str:
    """Salen juntas el 29 dic 2020, 8:00 a. m. (5)."""
    shown = {"when": moment(found.at), "n": found.count}
    if found.is_past:
        return _("It was for %(when)s and did not go out (%(n)s)") % shown
    words = ngettext(
        "Goes out on %(when)s (%(n)s)", "Go out together on %(when)s (%(n)s)", found.count
    )
    return words % shown
