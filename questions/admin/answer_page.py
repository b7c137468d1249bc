"""The page of an answer: written by the office, read and published by a second person."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.machine import MoveRefused
from questions import selectors_staff, workflow
from questions.admin import words
from questions.admin.forms import AnswerForm
from questions.models import Answer, Question
from questions.workflow.machines import APPROVE

A = Answer.Status
TEXT = ("summary", "body", "correction_note")
DONE = {
    "save": gettext_lazy("The draft was saved."),
    "request": gettext_lazy("The answer waits for the approval of another person."),
    "publish": gettext_lazy("The answer was published. Its author is told by e-mail."),
    "schedule": gettext_lazy("The answer is approved and is published on its day."),
    "return": gettext_lazy("The answer went back to who drafted it, with your comment."),
}
# Where a refusal of each decision stands.
FIELDS = {
    "save": TEXT,
    "request": TEXT,
    "publish": (),
    "schedule": ("release_at",),
    "return": ("comment",),
}
OF_APPROVER = ("publish", "schedule", "return")


@dataclass
class Desk:
    """What a person may do with an answer now."""

    user: object
    question: Question
    answer: Answer | None

    @property
    def status(self):
        return self.answer.status if self.answer else A.DRAFT

    @property
    def may_write(self) -> bool:
        answerable = self.question.status in (Question.Status.ASSIGNED, Question.Status.ANSWERED)
        drafts = selectors_staff.may_draft(self.user, self.question)
        return self.status == A.DRAFT and answerable and drafts

    @property
    def is_own(self) -> bool:
        return bool(self.answer and self.answer.drafted_by_id == self.user.pk)

    @property
    def may_approve(self) -> bool:
        waiting = self.status in (A.AWAITING_APPROVAL, A.SCHEDULED)
        return waiting and self.user.has_perm(APPROVE) and not self.is_own

    @property
    def waits_for_another(self) -> bool:
        return self.status == A.AWAITING_APPROVAL and not self.may_approve


def begin(request, model_admin, question_pk):
    """The first words of an answer or of a corrected edition; one in work is opened instead."""
    visible = selectors_staff.with_desk_data(Question.objects.visible_to(request.user))
    question = get_object_or_404(visible, pk=question_pk)
    if question.answer_id and request.method == "GET":
        return HttpResponseRedirect(page_of(question.answer_id))
    return _serve(request, model_admin, question, None)


def edition(request, model_admin, pk):
    if not str(pk).isdecimal():
        raise Http404
    answer = get_object_or_404(selectors_staff.visible_answers(request.user), pk=pk)
    return _serve(request, model_admin, answer.question, answer)


def page_of(answer_pk) -> str:
    return reverse("admin:questions_answer_change", args=[answer_pk])


def _serve(request, model_admin, question, answer):
    if request.method != "POST":
        if answer is None and not Desk(request.user, question, None).may_write:
            raise PermissionDenied(_("Only the office that has it writes its answer."))
        return _page(request, model_admin, question, answer, AnswerForm(answer=answer))
    form = AnswerForm(request.POST, answer=answer)
    name = request.POST.get("decision")
    if name == "preview":
        return _page(request, model_admin, question, answer, form, preview=True)
    if name not in DONE or (answer is None and name not in ("save", "request")):
        raise BadRequest
    return _decide(request, model_admin, question, answer, form, name)


def _decide(request, model_admin, question, answer, form, name):
    problem = form.problem_of(FIELDS[name])
    if problem:
        return _refused(request, model_admin, question, answer, form, *problem)
    try:
        if answer:
            answer.revision = _revision(request)
        moved = _take(name, question, answer, request.user, form.cleaned_data)
    except MoveRefused as refused:
        field = next(iter(FIELDS[name][-1:]), "") if name in OF_APPROVER else ""
        return _refused(request, model_admin, question, answer, form, field, str(refused))
    messages.success(request, DONE[name])
    return HttpResponseRedirect(page_of(moved.pk), status=303)


def _revision(request) -> int:
    try:
        return int(request.POST["revision"])
    except (KeyError, ValueError) as error:
        raise BadRequest from error


@transaction.atomic
def _take(name, question, answer, actor, data) -> Answer:
    """All moves of a decision or none. Raises MoveRefused or PermissionDenied."""
    if name in ("save", "request"):
        text = {field: data[field] for field in TEXT}
        answer = workflow.draft_answer(question, actor=actor, answer=answer, **text)
        return workflow.request_approval(answer, actor=actor) if name == "request" else answer
    if name == "return":
        return workflow.return_answer(answer, actor=actor, comment=data["comment"])
    if name == "schedule":
        if not data["release_at"]:
            raise MoveRefused(_("Choose the day and the hour of publication."))
        return workflow.schedule_answer(answer, actor=actor, release_at=data["release_at"])
    return workflow.publish_answer(answer, actor=actor)


def _refused(request, model_admin, question, answer, form, field, sentence):
    """The page anew as things stand now, with what was typed and the refusal beside it."""
    if answer:
        visible = selectors_staff.visible_answers(request.user)
        answer = get_object_or_404(visible, pk=answer.pk)
        question = answer.question
    form.refuse(field, sentence)
    return _page(request, model_admin, question, answer, form, refusal=sentence)


def _page(request, model_admin, question, answer, form, **extra):
    desk = Desk(request.user, question, answer)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Answer question %(number)s") % {"number": question.number},
        "opts": model_admin.opts,
        "question": question,
        "answer": answer,
        "desk": desk,
        "form": form,
        "shown": {name: form[name].value() or "" for name in TEXT},
        "edition": answer.edition if answer else question.answers.count() + 1,
        "path": _path(desk),
        "light": selectors_staff.light(question),
        "state": selectors_staff.desk_state(question, answer and answer.status),
        "merged": question.merged_questions.order_by("number").values_list("number", flat=True),
        **extra,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/questions/answer/write.html", context)


def _path(desk: Desk) -> list[dict]:
    """Assigned, drafted, sent to approval, published: who and when, and which step is now."""
    moves = selectors_staff.answer_moves(desk.answer) if desk.answer else {}
    reached = {A.DRAFT: 1, A.AWAITING_APPROVAL: 2, A.SCHEDULED: 3, A.PUBLISHED: 4}[desk.status]
    steps = (
        (_("Assigned"), "assign_question"),
        (_("Draft"), "draft_answer"),
        (_("To approve"), "request_approval"),
        (_("Published"), "publish_answer"),
    )
    return [
        {
            "label": label,
            "at": moves[move].at if move in moves and number <= reached else None,
            "who": words.who(moves[move]) if move in moves and number <= reached else "",
            "is_now": number == reached,
            "is_done": number < reached,
        }
        for number, (label, move) in enumerate(steps)
    ]
