"""The page of an answer: written by the office, read and published by a second person."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base.admin import NEVER, revision_of
from portal.base.downloads import download
from portal.base.machine import MoveRefused
from questions import plain_language, selectors_answers, selectors_staff, text_templates
from questions.admin.answer_decisions import DONE, OF_WRITER, field_of, fields_of, take
from questions.admin.answer_desk import Desk, path_of
from questions.admin.answer_form import MOST_BODY, MOST_SUMMARY, TEXT, AnswerForm
from questions.models import Answer, Question, TextTemplate
from questions.workflow.attachments import MOST_FILES

Use = TextTemplate.Use
SHOWN_HINTS = 12
# Buttons that only show something: nothing is written, and all that was typed stays.
LOOKS = ("preview", "review")


@dataclass
class Case:
    """What a request is about: the question, its edition if there is one, and who asks."""

    request: object
    model_admin: object
    question: Question
    answer: Answer | None

    @property
    def desk(self) -> Desk:
        return Desk(self.request.user, self.question, self.answer)

    def form(self, data=None, sent=None) -> AnswerForm:
        standing = None if self.answer else selectors_answers.standing_answer(self.question)
        return AnswerForm(data, sent, question=self.question, answer=self.answer, standing=standing)

    def read_again(self) -> "Case":
        """The same as it stands now, after somebody else changed it."""
        if self.answer is None:
            return self
        visible = selectors_staff.visible_answers(self.request.user)
        answer = get_object_or_404(visible, pk=self.answer.pk)
        return Case(self.request, self.model_admin, answer.question, answer)


def begin(request, model_admin, question_pk):
    """The first words of an answer or of a corrected edition; one in work is opened instead."""
    visible = selectors_staff.with_desk_data(Question.objects.visible_to(request.user))
    question = get_object_or_404(visible, pk=question_pk)
    if question.answer_id and request.method == "GET":
        return HttpResponseRedirect(page_of(question.answer_id))
    return _serve(Case(request, model_admin, question, None))


def edition(request, model_admin, pk):
    if not str(pk).isdecimal():
        raise Http404
    answer = get_object_or_404(selectors_staff.visible_answers(request.user), pk=pk)
    return _serve(Case(request, model_admin, answer.question, answer))


def attachment(request, pk, file_pk):
    """An attachment for the desk, in any state: the second person opens it before approving."""
    found = selectors_answers.attachment_of(request.user, pk, file_pk)
    return download(get_object_or_404(found).stored)


def page_of(answer_pk, anchor="") -> str:
    return reverse("admin:questions_answer_change", args=[answer_pk]) + anchor


def _serve(case: Case):
    request = case.request
    if request.method != "POST":
        if case.answer is None and not case.desk.may_write:
            raise PermissionDenied(_("Only the office that has it writes its answer."))
        return _page(case, case.form())
    if text_templates.BUTTON in request.POST:
        data, _place = text_templates.inserted(request.POST, case.question)
        return _page(case, case.form(data), lost_file=_lost_file(request))
    form = case.form(request.POST, request.FILES)
    name, _dash, chosen = request.POST.get("decision", "").partition("-")
    if name in LOOKS:
        return _page(case, form, preview=name == "preview", lost_file=_lost_file(request))
    if name not in DONE or (case.answer is None and name not in OF_WRITER):
        raise BadRequest
    return _decide(case, form, name, chosen)


def _decide(case: Case, form, name, chosen):
    problem = form.problem_of(fields_of(name, form))
    if problem:
        return _refused(case, form, *problem)
    try:
        if case.answer:
            case.answer.revision = _revision(case.request)
        moved = take(
            name, case.question, case.answer, case.request.user, form,
            may_set_moment=case.desk.may_set_moment, chosen=_chosen(form, name, chosen),
        )  # fmt: skip
    except MoveRefused as refused:
        return _refused(case, form, field_of(refused, name), str(refused))
    messages.success(case.request, DONE[name])
    anchor = "#anexos" if name in ("attach", "remove") else ""
    return HttpResponseRedirect(page_of(moved.pk, anchor), status=303)


def _chosen(form, name, chosen):
    """The attachment that a button names."""
    if name != "remove":
        return None
    found = [file for file in form.attached if str(file.pk) == chosen]
    if not found:
        raise MoveRefused(_("This file is no longer attached."))
    return found[0]


def _revision(request) -> int:
    revision = revision_of(request.POST.get("revision", ""))
    if revision == NEVER:
        raise BadRequest
    return revision


def _lost_file(request) -> bool:
    """A browser sends a chosen file once: it has to be chosen again."""
    return bool(request.FILES.get("new_file"))


def _refused(case: Case, form, field, sentence):
    """The page anew as things stand now, with what was typed and the refusal beside it."""
    form.refuse(field, sentence)
    lost = _lost_file(case.request)
    return _page(case.read_again(), form, refusal=sentence, lost_file=lost)


def _page(case: Case, form, **extra):
    desk, question, answer = case.desk, case.question, case.answer
    shown = {name: form[name].value() or "" for name in TEXT}
    context = {
        **case.model_admin.admin_site.each_context(case.request),
        "title": _("Answer question %(number)s") % {"number": question.number},
        "opts": case.model_admin.opts,
        "question": question,
        "answer": answer,
        "desk": desk,
        "form": form,
        "shown": _as_public(desk, shown),
        "most_files": MOST_FILES,
        "letters_left": MOST_SUMMARY - len(shown["summary"]),
        "edition": answer.edition if answer else question.answers.count() + 1,
        "path": path_of(desk),
        "light": selectors_staff.light(question),
        "state": selectors_staff.desk_state(question, answer and answer.status),
        "joined": selectors_answers.joined_with(question),
        "verdicts": selectors_answers.verdicts(question),
        "ready_texts": text_templates.offered(question, [Use.ANSWER]) if desk.may_write else {},
        **_hints(shown),
        **extra,
    }
    case.request.current_app = case.model_admin.admin_site.name
    return TemplateResponse(case.request, "admin/questions/answer/write.html", context)


def _as_public(desk: Desk, shown: dict) -> dict:
    """The edition with what is typed, as the template of the public page reads it."""
    answer = desk.answer
    return {
        **shown,
        "edition": answer.edition if answer else 1,
        "office": desk.question.office,
        "published_at": answer and answer.published_at,
        "attachments": answer.attachments if answer else [],
        "pk": answer and answer.pk,
        "question": desk.question,
    }


def _hints(shown: dict) -> dict:
    """Advice on the words that are shown; nothing for a page that is still empty."""
    summary, body = shown["summary"][:400], shown["body"][:MOST_BODY]
    if not (summary or body):
        return {}
    size = plain_language.size_of(body)
    found = plain_language.hints(body, summary=summary, known=selectors_answers.own_names())
    return {
        "size": size,
        "reading": _reading(size.seconds),
        "reviewed": True,
        "hints": found[:SHOWN_HINTS],
        "more_hints": max(0, len(found) - SHOWN_HINTS),
    }


def _reading(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
