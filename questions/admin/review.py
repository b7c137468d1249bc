"""The review page: who may open it, and what its buttons do."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from portal.base.admin import NEVER, revision_of
from portal.base.dates import short_day
from portal.base.machine import MoveRefused, Overtaken
from questions import selectors_staff, workflow
from questions.admin import review_acts, undoing
from questions.admin.decisions import DECISIONS, take
from questions.admin.forms import ReviewForm
from questions.admin.review_acts import next_page
from questions.admin.review_page import LIST, page, page_of
from questions.models import Question
from questions.workflow.machines import MODERATE

MAY_BE_EMPTY = ("title", "room_summary", "place")


def _question_or_404(user, pk) -> Question:
    """A contribution that this person may open; that of another office does not exist for it."""
    if not str(pk).isdecimal():
        raise Http404
    rows = selectors_staff.with_desk_data(Question.objects.visible_to(user))
    return get_object_or_404(rows, pk=pk)


def review(request, model_admin, pk):
    """Show a contribution, or take the decision whose button was pressed."""
    question = _question_or_404(request.user, pk)
    if request.method != "POST":
        return page(request, model_admin, question, ReviewForm(question=question))
    act = review_acts.act_of(request.POST)
    if act:
        return act(request, model_admin, question)
    return _decide(request, model_admin, question)


def _decide(request, model_admin, question):
    data = request.POST
    if data.get("join"):  # "join to this one", beside a similar contribution
        data = review_acts.with_values(data, decision="merge", into=data["join"])
    decision = DECISIONS.get(data.get("decision"))
    if decision is None:
        raise BadRequest
    form = ReviewForm(data, question=question)
    try:
        question.revision = _revision(request)
        workflow.leases.refuse_to_others(question, actor=request.user)
        problem = form.problem_of(decision.fields)
        if problem:
            return _refused(request, model_admin, question.pk, form, decision, *problem)
        goes_on = decision.goes_on and selectors_staff.is_unreviewed(question)
        take(decision, question, request.user, form.cleaned_data)
    except MoveRefused as refused:
        of_nobody = isinstance(refused, (Overtaken, workflow.leases.Leased))
        field = "" if of_nobody else _field_of(decision, form.cleaned_data)
        return _refused(request, model_admin, question.pk, form, decision, field, str(refused))
    messages.success(request, decision.done % _facts(question))
    workflow.leases.release(question, actor=request.user)
    undoing.offer(request, [question])
    return HttpResponseRedirect(_after(request.user, question, goes_on), status=303)


def _field_of(decision, data) -> str:
    """Where a refusal stands: at what was left empty and may not be, else at the first field."""
    needed = (name for name in decision.fields if name not in MAY_BE_EMPTY)
    empty = (name for name in needed if not data.get(name))
    return next(empty, next(iter(decision.fields), ""))


def _revision(request) -> int:
    """The revision that the form was drawn with. A form without one is nobody's of ours."""
    revision = revision_of(request.POST.get("revision", ""))
    if revision == NEVER:
        raise BadRequest
    return revision


def _facts(question) -> dict:
    return {
        "number": question.number,
        "office": question.office.name if question.office else "",
        "due": short_day(question.due_on),
    }


def _after(user, question, goes_on: bool) -> str:
    """The next one to review, the same page, or the list where neither is left."""
    if goes_on and user.has_perm(MODERATE):
        return next_page(user, after=question)
    still_visible = Question.objects.visible_to(user).filter(pk=question.pk).exists()
    return page_of(question) if still_visible else reverse(LIST)


def _refused(request, model_admin, pk, form, decision, field, sentence):
    """The page anew, as the case stands now, with what was typed and the refusal beside it."""
    question = _question_or_404(request.user, pk)
    form.refuse(field, sentence)
    context = {"refused": decision.name, "refusal": sentence, "refused_field": field}
    return page(request, model_admin, question, form, **context)
