"""The list and the page of surveys."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.admin.moves import MoveAdmin
from evaluation import selectors, workflow
from evaluation.admin.forms import QuestionForm, SurveyForm
from evaluation.models import Survey, SurveyQuestion
from events import publishing
from events.models import Event
from portal.base.machine import MoveRefused


class QuestionInline(admin.StackedInline):
    """Its questions, while nobody could answer them yet."""

    model = SurveyQuestion
    form = QuestionForm
    fields = (("order", "kind", "is_required"), "text", "offered")
    extra = 1

    def _is_draft(self, obj):
        return workflow.may_be_edited(obj)

    def has_add_permission(self, request, obj):
        return self._is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_draft(obj) and super().has_delete_permission(request, obj)

    def get_fields(self, request, obj=None):
        shown = super().get_fields(request, obj)
        return shown if self._is_draft(obj) else shown[:2]


@admin.register(Survey)
class SurveyAdmin(MoveAdmin):
    """Questions are edited in a draft alone: what people answered keeps them."""

    form = SurveyForm
    list_display = ("title", "event", "kind", "number", "status", "opened_at", "closed_at")
    list_filter = ("status", "kind")
    list_select_related = ("event",)
    search_fields = ("title",)
    fields = ("event", "kind", "title", "status", "opened_at", "closed_at")
    readonly_fields = ("status", "opened_at", "closed_at")
    inlines = [QuestionInline]
    actions = ["open_surveys", "close_surveys"]
    change_form_template = "admin/evaluation/survey/change_form.html"
    change_list_template = "admin/evaluation/survey/change_list.html"

    def has_run_permission(self, request):
        return request.user.has_perm(workflow.RUN)

    def has_change_permission(self, request, obj=None):
        return workflow.may_be_edited(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "event", "kind") if obj else self.readonly_fields

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for one in formset.forms:
            if one.instance.pk and one not in formset.deleted_forms and one.has_changed():
                one.keep_choices(one.instance)

    def public_changed(self, obj):
        publishing.session_changed(obj.event)

    def view_on_site(self, obj):
        return None if obj.status == Survey.Status.DRAFT else obj.get_absolute_url()

    @admin.action(description=gettext_lazy("Open the survey"), permissions=["run"])
    def open_surveys(self, request, queryset):
        self.run(request, queryset, workflow.open_survey)

    @admin.action(description=gettext_lazy("Close the survey"), permissions=["run"])
    def close_surveys(self, request, queryset):
        self.run(request, queryset, workflow.close_survey)

    def get_urls(self):
        pages = (
            ("<number:pk>/respuestas/", self._words, "answers"),
            ("evaluacion/<number:pk>/", self._usual, "usual"),
        )
        own = [
            path(address, self.admin_site.admin_view(view), name=f"evaluation_survey_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def _words(self, request, pk):
        """What was answered so far, and what was written: for the staff alone."""
        survey = get_object_or_404(Survey.objects.select_related("event"), pk=pk)
        if not self.has_view_permission(request, survey):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Answers: %(title)s") % {"title": survey.title},
            "survey": survey,
            "results": selectors.results(survey),
            "words": selectors.words_of(survey),
            "opts": self.opts,
        }
        return render(request, "admin/evaluation/survey/answers.html", context)

    def _usual(self, request, pk):
        """The usual evaluation of an event, as a draft; asked for by a POST."""
        event = get_object_or_404(Event, pk=pk)
        if request.method == "POST":
            try:
                made = workflow.default_evaluation(event, actor=request.user)
            except MoveRefused as refused:
                messages.warning(request, str(refused))
            else:
                address = reverse("admin:evaluation_survey_change", args=[made.pk])
                return HttpResponseRedirect(address, status=303)
        return HttpResponseRedirect(reverse("admin:evaluation_survey_changelist"), status=303)

    def changelist_view(self, request, extra_context=None):
        without = Event.objects.exclude(surveys__kind=Survey.Kind.EVALUATION)
        may = self.has_add_permission(request)
        extra = {"without_evaluation": without.order_by("-starts_at")[:5] if may else ()}
        return super().changelist_view(request, {**extra, **(extra_context or {})})
