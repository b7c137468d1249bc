"""The button that undoes: offered for fifteen seconds after a decision, on whatever page follows.

What it is about stands in the session, so no page asks the database for it.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base import clock
from portal.base.machine import MoveRefused
from questions import workflow
from questions.models import Question, UndoStep

SESSION = "desk_undo"
LIST = "admin:questions_question_changelist"
MOST = 500


@dataclass(frozen=True)
class Offer:
    """What can be undone now: the keys of the steps, and the whole seconds that are left."""

    steps: str
    seconds: int


def offer(request, questions, back: str = "") -> None:
    """Offer to undo the last move of each of these; what was offered before is not any more.

    `back` is where the undoing leads to; without it, to the contribution.
    """
    request.session.pop(SESSION, None)
    steps = [step for q in questions if (step := getattr(q, "undo_step", None))]
    if steps:
        request.session[SESSION] = {
            "steps": ",".join(str(step.pk) for step in steps),
            "until": min(step.until for step in steps).isoformat(),
            "back": back,
        }


def offered(request, at=None) -> Offer | None:
    """What this person may undo now. Only looks: an offer that is over is just not shown."""
    found = request.session.get(SESSION)
    if not found:
        return None
    left = datetime.fromisoformat(found["until"]) - clock.now(at)
    seconds = ceil(left.total_seconds())
    return Offer(found["steps"], seconds) if seconds > 0 else None


def undo_view(request):
    """Undo the steps that the form names, one by one; each refusal is told with its number."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.user.has_perm("questions.view_question"):
        raise PermissionDenied
    back = request.session.pop(SESSION, {}).get("back", "")
    steps = _steps(request.POST.get("steps", ""), request.user)
    if not steps:
        messages.warning(request, _("The 15 seconds are over, or it was undone already."))
    done = [step.question for step in steps if _undone(request, step)]
    if done:
        numbers = ", ".join(str(question.number) for question in done)
        words = ngettext(
            "Undone: contribution %(numbers)s is as it was. Nobody was told anything.",
            "Undone: contributions %(numbers)s are as they were. Nobody was told anything.",
            len(done),
        )
        messages.success(request, words % {"numbers": numbers})
    return HttpResponseRedirect(_after(request.user, steps, back), status=303)


def _steps(text: str, user) -> list[UndoStep]:
    keys = [int(key) for key in text.split(",")[:MOST] if key.isdecimal() and len(key) < 19]
    mine = UndoStep.objects.filter(pk__in=keys, actor=user).select_related("question")
    return list(mine.order_by("-pk"))


def _undone(request, step) -> bool:
    try:
        workflow.undo_last(step.question, actor=request.user, step=step.pk)
    except MoveRefused as refused:
        messages.warning(request, f"{step.question.number}: {refused}")
        return False
    return True


def _after(user, steps, back: str) -> str:
    """Back to the contribution, where there is one and it may be seen; else to the list."""
    if len(steps) == 1 and not back:
        question = steps[0].question
        if Question.objects.visible_to(user).filter(pk=question.pk).exists():
            return reverse("admin:questions_question_change", args=[question.pk])
    return back or reverse(LIST)
