"""The review page: one contribution with everything the desk needs to decide about it."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import working_calendar
from portal.base.dates import short_day
from portal.base.machine import MoveRefused, Overtaken
from questions import selectors_staff, terms
from questions.admin import words
from questions.admin.decisions import DECISIONS, offered, take
from questions.admin.forms import ReviewForm
from questions.models import Author, Question, QuestionFile
from questions.workflow.machines import MODERATE

FILES = "questions.view_questionfile"
IDENTITY = "questions.view_identity"
LIST = "admin:questions_question_changelist"


def page_of(question) -> str:
    return reverse("admin:questions_question_change", args=[question.pk])


def _question_or_404(user, pk) -> Question:
    """A contribution that this person may open; that of another office does not exist for it."""
    if not str(pk).isdecimal():
        raise Http404
    rows = selectors_staff.with_desk_data(Question.objects.visible_to(user))
    return get_object_or_404(rows, pk=pk)


def review(request, model_admin, pk):
    """Show a contribution, or take the decision whose button was pressed."""
    question = _question_or_404(request.user, pk)
    if request.method == "POST":
        return _decide(request, model_admin, question)
    return _page(request, model_admin, question, ReviewForm(question=question))


def _decide(request, model_admin, question):
    decision = DECISIONS.get(request.POST.get("decision"))
    if decision is None:
        raise BadRequest
    form = ReviewForm(request.POST, question=question)
    problem = form.problem_of(decision.fields)
    if problem:
        return _refused(request, model_admin, question.pk, form, decision, *problem)
    try:
        question.revision = _revision(request)
        take(decision, question, request.user, form.cleaned_data)
    except MoveRefused as refused:
        field = "" if isinstance(refused, Overtaken) else _field_of(decision, form.cleaned_data)
        return _refused(request, model_admin, question.pk, form, decision, field, str(refused))
    messages.success(request, decision.done % _facts(question))
    return HttpResponseRedirect(_after(request.user, question, decision), status=303)


def _field_of(decision, data) -> str:
    """Where a refusal stands: at what was left empty (a title may be), else at the first field."""
    empty = (name for name in decision.fields if name != "title" and not data.get(name))
    return next(empty, next(iter(decision.fields), ""))


def _revision(request) -> int:
    """The revision that the form was drawn with. A form without one is nobody's of ours."""
    try:
        return int(request.POST["revision"])
    except (KeyError, ValueError) as error:
        raise BadRequest from error


def _facts(question) -> dict:
    return {
        "number": question.number,
        "office": question.office.name if question.office else "",
        "due": short_day(question.due_on),
    }


def _after(user, question, decision) -> str:
    """The next one to review, the same page, or the list where neither is left."""
    if decision.goes_on:
        following = selectors_staff.next_to_review(user, after=question.pk)
        return page_of(following) if following else reverse(LIST)
    still_visible = Question.objects.visible_to(user).filter(pk=question.pk).exists()
    return page_of(question) if still_visible else reverse(LIST)


def _refused(request, model_admin, pk, form, decision, field, sentence):
    """The page anew, as the case stands now, with what was typed and the refusal beside it."""
    question = _question_or_404(request.user, pk)
    form.refuse(field, sentence)
    context = {"refused": decision.name, "refusal": sentence, "refused_field": field}
    return _page(request, model_admin, question, form, **context)


def _page(request, model_admin, question, form, **extra):
    user = request.user
    told = words.told(selectors_staff.history(question))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Contribution %(number)s") % {"number": question.number},
        "opts": model_admin.opts,
        "question": question,
        "form": form,
        "light": selectors_staff.light(question),
        "state": selectors_staff.desk_state(question, question.answer_status),
        "offered": offered(user, question),
        "history": told,
        "last_move": told[-1] if told else None,
        "skipped_days": terms.skipped_days(question, working_calendar()),
        "identity": _identity(user, question),
        "files": _files(user, question),
        "clarifications": question.clarifications.all(),
        "answers": selectors_staff.answers_of(question),
        "may_draft": selectors_staff.may_draft(user, question) and _answerable(question),
        "following": _following(user, question),
        **extra,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/questions/question/review.html", context)


def _answerable(question) -> bool:
    return question.status in (Question.Status.ASSIGNED, Question.Status.ANSWERED)


def _following(user, question):
    if not user.has_perm(MODERATE):
        return None
    following = selectors_staff.next_to_review(user, after=question.pk)
    return page_of(following) if following else None


def _identity(user, question) -> dict | None:
    """What the author left, without the data itself; nothing for who reviews without identity."""
    if not user.has_perm(IDENTITY):
        return None
    author = Author.objects.filter(question=question).first()
    left = {
        _("name"): author and author.name,
        _("e-mail"): author and author.email,
        _("organisation"): author and author.organisation,
    }
    return {
        "left": [label for label, value in left.items() if value],
        "is_minor": bool(author and author.is_minor),
    }


def _files(user, question):
    if not user.has_perm(FILES):
        return None
    return question.files.select_related("stored")


def question_file(request, pk, file_pk):
    """A file of a contribution, as a download that cannot act in the browser."""
    if not request.user.has_perm(FILES):
        raise PermissionDenied
    visible = Question.objects.visible_to(request.user)
    attached = get_object_or_404(
        QuestionFile.objects.filter(question__in=visible, question=pk).select_related("stored"),
        pk=file_pk,
    )
    stored = attached.stored
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}
    return response
