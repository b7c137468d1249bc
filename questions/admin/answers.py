"""Answers: the list, and the door to the page where one is written and approved."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from questions import selectors_staff
from questions.admin import answer_page, words
from questions.models import Answer


@admin.register(Answer)
class AnswerAdmin(admin.ModelAdmin):
    """Answers are written on their own page and moved by the workflow."""

    list_display = ("question_number", "summary_line", "office", "standing", "drafter", "published")
    list_display_links = None
    list_filter = ("status",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("=question__number", "question__reference", "summary")
    ordering = ("-question__number", "-edition")
    actions = None

    def get_urls(self):
        write = self.admin_site.admin_view(self.write_view)
        return [
            path("<int:question_pk>/escribir/", write, name="questions_answer_write"),
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

    def write_view(self, request, question_pk):
        """Begin the answer of a contribution, or go on with the one in work."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_page.begin(request, self, question_pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One edition: written and decided about while it is in work, read afterwards."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_page.edition(request, self, object_id)

    @admin.display(description=gettext_lazy("Question"), ordering="question__number")
    def question_number(self, answer):
        return f"{answer.question.number} ({answer.edition})"

    @admin.display(description=gettext_lazy("Summary in a sentence"))
    def summary_line(self, answer):
        page = reverse("admin:questions_answer_change", args=[answer.pk])
        return format_html('<a href="{}">{}</a>', page, answer.summary)

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def standing(self, answer):
        shown = selectors_staff.answer_state(answer)
        return render_to_string("admin/questions/state.html", {"state": shown})

    @admin.display(description=gettext_lazy("Drafted by"))
    def drafter(self, answer):
        return words.person(answer.drafted_by)

    @admin.display(description=gettext_lazy("Published"), ordering="published_at")
    def published(self, answer):
        return answer.published_at
