"""What the review page does besides deciding: marks, notes, contact data, the lease, ready texts.

Each is a named button of the one form, so what is typed elsewhere on the page is never lost.
"""

from django.contrib import messages
from django.http import (
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base.machine import MoveRefused
from questions import selectors_staff, text_templates, workflow
from questions.admin import review_page, words
from questions.admin.forms import ReviewForm
from questions.admin.marking import Marking
from questions.models import Author, Question


def with_values(data, **values):
    """What was sent, with some values in the place of others."""
    data = data.copy()
    for name, value in values.items():
        data[name] = value
    return data


def act_of(data):
    """What the pressed button does; None for a decision."""
    if text_templates.BUTTON in data:
        return insert
    return ACTS.get(data.get("act"))


def _again(request, model_admin, question, data, **extra):
    """The page with everything that was typed; nothing was decided."""
    form = ReviewForm(data, question=question)
    form.is_valid()
    form.forget_errors()
    # Somebody may have moved it since this page was drawn: a decision must still find that out.
    drawn = data.get("revision", "")
    extra["revision"] = drawn if drawn.isdecimal() else question.revision
    return review_page.page(request, model_admin, question, form, **extra)


def marks(request, model_admin, question):
    """Draw the public text anew with the choices beside the findings. Writes nothing."""
    marking = Marking(question, request.POST)
    text = marking.applied(request.POST.get("public_text", ""))
    title = marking.hidden(request.POST.get("title", ""))
    data = with_values(request.POST, public_text=text, title=title)
    return _again(request, model_admin, question, data, marked=True)


def insert(request, model_admin, question):
    """Put a ready-made text into its field. Writes nothing."""
    data, place = text_templates.inserted(request.POST, question)
    return _again(request, model_admin, question, data, opened=place)


def identity(request, model_admin, question):
    """Show who sent it, once it was written down who looked."""
    author = workflow.open_identity(question, actor=request.user)
    return _again(request, model_admin, question, request.POST, author=author or Author())


def note(request, model_admin, question):
    """Add an internal note; its field is empty again."""
    try:
        workflow.add_note(question, actor=request.user, text=request.POST.get("note", ""))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return _again(request, model_admin, question, request.POST)
    messages.success(request, _("The note was saved."))
    return _again(request, model_admin, question, with_values(request.POST, note=""))


def lease(request, model_admin, question):
    """Reserve it for this person, or renew that for two minutes."""
    if not workflow.leases.take(question, actor=request.user):
        messages.warning(request, _("Somebody else has just reserved it."))
    return _again(request, model_admin, question, request.POST)


def skip(request, model_admin, question):
    """Leave it as it is and go on with the next one."""
    workflow.leases.release(question, actor=request.user)
    return HttpResponseRedirect(next_page(request.user, after=question), status=303)


ACTS = {"marks": marks, "identity": identity, "note": note, "lease": lease, "skip": skip}


def next_page(user, after=None) -> str:
    """The next one to review, reserved for this person; the list where nothing is left."""
    following = selectors_staff.next_to_review(user, after=after)
    if following is None:
        return reverse(review_page.LIST)
    workflow.leases.take(following, actor=user)
    return review_page.page_of(following)


def reserve(request, pk):
    """The same as `lease` for the script of an open page, which only wants to know whether."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    if workflow.leases.take(question, actor=request.user):
        return HttpResponse(status=204)
    lease = workflow.leases.holder(question)
    return JsonResponse({"who": words.person(lease.user) if lease else ""}, status=409)
