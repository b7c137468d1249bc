"""The author's own page: private, never stored, opened with the code or with the link of a mail."""

from datetime import timedelta
from functools import wraps

from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.base import clock
from portal.base.addresses import client_address
from portal.base.machine import MoveRefused
from questions import codes, form_cookie, guard, selectors, voices, workflow
from questions.forms import ClarificationForm, FollowForm, OwnVerdictForm
from questions.joined import answering_case
from questions.models import FollowLink, Question
from questions.status import public_status

SESSION_FOLLOW, SESSION_DONE = "follow", "follow_done"
OPEN_FOR = timedelta(minutes=30)
DONE = {
    "clarify": gettext_lazy("We received your clarification."),
    "more_time": gettext_lazy("You have a second month to reply."),
    "verdict": gettext_lazy("Thank you. The office reads what you told us."),
    "reopen": gettext_lazy("We reopened your question."),
    "withdraw": gettext_lazy("We withdrew your question."),
}


def _posted(view):
    """Whoever opens the address of a button (a reload, a copied address) lands on the page."""

    @wraps(view)
    def wrapped(request):
        return view(request) if request.method == "POST" else redirect("my_question")

    return wrapped


def _back(request, done=""):
    """To the page again, which says once what was done."""
    if done:
        request.session[SESSION_DONE] = done
    return HttpResponseRedirect(reverse("my_question"), status=303)


def _open_session(request, question):
    """Half an hour for one case. The session gets a new key, so an old one is worth nothing."""
    if request.session.session_key:
        request.session.cycle_key()
    until = clock.now() + OPEN_FOR
    request.session[SESSION_FOLLOW] = {"pk": question.pk, "until": until.timestamp()}


def followed_case(request) -> Question | None:
    followed = request.session.get(SESSION_FOLLOW)
    if not followed or followed["until"] < clock.now().timestamp():
        return None
    return selectors.own_case(followed["pk"])


@require_http_methods(["GET", "HEAD", "POST"])
def my_question(request):
    """Ask for radicado and code, or show the case they opened."""
    if request.method == "POST":
        return _try_code(request)
    question = followed_case(request)
    if question is None:
        return _ask_page(request, FollowForm())
    done = DONE.get(request.session.pop(SESSION_DONE, ""), "")
    return _case_page(request, question, done=done)


def _ask_page(request, form, status=200):
    return render(request, "questions/follow.html", {"form": form}, status=status)


def _try_code(request):
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, form)
    reference = codes.normalised_reference(form.cleaned_data["reference"])
    address = client_address(request)
    if guard.too_many_wrong_codes(reference, address, add=0):
        form.add_error(None, _("There were too many tries. Wait an hour and try again."))
        return _ask_page(request, form, status=429)
    question = Question.objects.filter(reference=reference).first()
    stored = question.code_digest if question else codes.digest("")
    if not codes.matches(form.cleaned_data["code"], stored) or question is None:
        guard.too_many_wrong_codes(reference, address, add=1)
        form.add_error(None, _("We can't find that number with that code. Check every letter."))
        return _ask_page(request, form)
    _open_session(request, question)
    return _back(request)


def _case_page(request, question, **forms):
    history = selectors.public_history(question)
    # who asked the same as another one is answered there
    answers = selectors.published_answers(answering_case(question))
    context = {
        "question": question,
        "status": public_status(question, own=True),
        "own": True,
        "answers": answers,
        "history": history,
        "clarification": selectors.pending_clarification(question),
        "today": clock.local_day(),
        "clarified": question.clarifications.filter(replied_at__isnull=False),
        "clarify_form": forms.get("clarify_form") or ClarificationForm(),
        "verdict_form": forms.get("verdict_form") or _verdict_form(question, answers),
        "why": selectors.why_this_date(question, history),
        "note": forms.get("note", ""),
        "unsure": forms.get("unsure", ""),
        "done": forms.get("done", ""),
    }
    return render(request, "questions/own_case.html", context)


def follow_link(request, token):
    """The link of a mail: opens the short session and leaves the address bar at once."""
    link = (
        FollowLink.objects.filter(digest=codes.link_digest(token), expires_at__gt=timezone.now())
        .select_related("question")
        .first()
    )
    if link is None:
        form = FollowForm()
        note = _("This link is no longer valid. Use your filing number and your code.")
        return render(request, "questions/follow.html", {"form": form, "note": note}, status=410)
    _open_session(request, link.question)
    return redirect("my_question")


@_posted
def leave(request):
    """Forget the case, the receipt with its code and any draft (a borrowed telephone)."""
    request.session.pop(SESSION_FOLLOW, None)
    return form_cookie.forget(_back(request))


def _own_move(request, form_class, name, move):
    question = followed_case(request)
    if question is None:
        return _back(request)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            move(question, form)
            return _back(request, done=name)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return _case_page(request, question, **{f"{name}_form": form})


@_posted
def clarify(request):
    return _own_move(
        request, ClarificationForm, "clarify",
        lambda q, f: workflow.answer_clarification(q, reply=f.cleaned_data["reply"]),
    )  # fmt: skip


@_posted
def more_time(request):
    """A second month to clarify, once (art. 17)."""
    question = followed_case(request)
    if question is None:
        return _back(request)
    try:
        workflow.extend_clarification(question)
    except MoveRefused as refusal:
        return _case_page(request, question, note=str(refusal))
    return _back(request, done="more_time")


def _may_reopen(question) -> bool:
    return question.status == Question.Status.ANSWERED and not question.reopened_on


def _verdict_form(question, answers):
    """The form with what the author said before of the standing edition; None without one."""
    if question.status != Question.Status.ANSWERED or not answers:
        return None
    said = voices.author_verdict(answers[0])
    initial = {"value": said.value, "reason": said.comment} if said else {}
    return OwnVerdictForm(initial=initial, may_reopen=_may_reopen(question))


@_posted
def verdict(request):
    """Whether the answer answered its author, who may ask once for it to be completed.

    A second press finds the case reopened, and nothing more to say.
    """
    question = followed_case(request)
    if question is None or question.status != Question.Status.ANSWERED:
        return _back(request)
    form = OwnVerdictForm(request.POST, may_reopen=_may_reopen(question))
    if form.is_valid():
        answer, said = selectors.published_answers(question)[0], form.cleaned_data
        try:
            workflow.judge_answer(question, answer, **said)
            return _back(request, done="reopen" if said.get("reopen") else "verdict")
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return _case_page(request, question, verdict_form=form)


@_posted
def withdraw(request):
    """The author takes it back; asked once more on the page by a checkbox."""
    question = followed_case(request)
    if question is None:
        return _back(request)
    if not request.POST.get("sure"):
        return _case_page(request, question, unsure=_("Mark the box to withdraw it."))
    try:
        workflow.withdraw_question(question)
    except MoveRefused as refusal:
        return _case_page(request, question, note=str(refusal))
    return _back(request, done="withdraw")
