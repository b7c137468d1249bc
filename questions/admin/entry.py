"""Entering one contribution that came by another channel, and the receipt for its author."""

import functools
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entity.registry import registry, working_calendar
from portal.base import clock, pdf, secret_codes
from portal.base.machine import MoveRefused
from questions import codes, entering, terms
from questions.forms.entry import EntryForm
from questions.models import Question
from questions.workflow.machines import ENTER

SESSION = "entered"
KEPT_CODES, KEPT_MINUTES = 5, 30
# What the next one usually shares with the last one, by the word in the address.
PREFILLED = {"canal": "channel", "lugar": "received_place", "evento": "event"}


def may_enter(view):
    """Only who may enter contributions; everybody else is refused."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(ENTER):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def desk_page(request, model_admin, template, title, **context):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "sees_list": request.user.has_perm("questions.view_question"),
        **context,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/questions/channels/{template}.html", context)


@may_enter
def enter(request, model_admin):
    """The empty form, or the filing of what was typed. A second press files nothing twice."""
    if request.method != "POST":
        return _page(request, model_admin, EntryForm(initial=_initial(request)))
    token = entering.token_of(request.POST.get("token", ""))
    if token is None:
        raise BadRequest
    form = EntryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, model_admin, form, sealed=request.POST["token"])
    before = entering.filed_with(token)
    if before and entering.is_another(before, form):
        note = _(
            "This page filed %(ref)s before. If this is another contribution, press File again."
        ) % {"ref": before.reference}
        return _page(request, model_admin, form, note=note)
    if form.used_form and not before:
        form.add_error("paper_number", form.used_form)
        return _page(request, model_admin, form, sealed=request.POST["token"])
    return _file(request, model_admin, form, token)


def _initial(request) -> dict:
    now = clock.now()
    chosen = {field: request.GET.get(word, "") for word, field in PREFILLED.items()}
    return {**chosen, "received_on": clock.local_day(now), "received_time": timezone.localtime(now)}


def _file(request, model_admin, form, token):
    try:
        topics = registry().topic_by_slug
        question = entering.enter(form, token=token, actor=request.user, topics=topics)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, model_admin, form, sealed=request.POST["token"])
    _remember(request, question, token)
    return HttpResponseRedirect(_done(question), status=303)


def _page(request, model_admin, form, *, sealed="", note=""):
    chosen_files = form.is_bound and any(request.FILES.getlist("files"))
    return desk_page(
        request, model_admin, "entry", _("Enter a contribution"),
        form=form, token=sealed or entering.new_token(), note=note, files_lost=chosen_files,
    )  # fmt: skip


def _remember(request, question, token) -> None:
    """The session of who entered it knows the code for a while; nobody else ever does."""
    kept = request.session.get(SESSION, [])[-KEPT_CODES + 1 :]
    request.session[SESSION] = [*kept, [question.pk, token, clock.now().timestamp()]]


def _token(request, pk) -> str | None:
    oldest = clock.now().timestamp() - 60 * KEPT_MINUTES
    kept = request.session.get(SESSION, [])
    return next((token for key, token, at in kept if key == pk and at > oldest), None)


def _done(question) -> str:
    return reverse("admin:questions_question_entered", args=[question.pk])


def _receipt_of(request, pk) -> dict | None:
    """What the receipt says; None where this session did not enter it, or a while ago."""
    token = _token(request, pk)
    question = token and Question.objects.with_list_data().filter(pk=pk).first()
    if not question:
        return None
    return {
        "question": question,
        "code": secret_codes.shown(codes.code_for(token)),
        "review_by": working_calendar().add(question.filed_on, terms.REVIEW_DAYS),
        "filed_later": question.filed_on != question.local_day,
        "follow_url": settings.SITE_URL + reverse("my_question"),
        "entity": registry().entity,
    }


def _too_late(request):
    words = _("The code was shown when it was entered, and is shown no more.")
    messages.warning(request, words)
    return redirect("admin:questions_question_enter")


@may_enter
def done(request, model_admin, pk):
    """Number and code to be read out or handed over, and the way on to the next one."""
    receipt = _receipt_of(request, pk)
    if receipt is None:
        return _too_late(request)
    question = receipt["question"]
    values = (question.channel, question.received_place, question.event and question.event.slug)
    again = urlencode({k: v for k, v in zip(PREFILLED, values, strict=True) if v})
    return desk_page(
        request, model_admin, "entered", _("It was filed as %(ref)s") % {"ref": question.reference},
        again=again, has_pdf=pdf.is_available(),
        may_open=Question.objects.visible_to(request.user).filter(pk=pk).exists(), **receipt,
    )  # fmt: skip


@may_enter
def receipt(request, model_admin, pk):
    """The receipt as a page for the printer."""
    context = _receipt_of(request, pk)
    if context is None:
        return _too_late(request)
    back = _done(context["question"])
    return render(request, "questions/entry_receipt.html", {**context, "back": back})


@may_enter
def receipt_pdf(request, model_admin, pk):
    """The same as a PDF; the page for the printer where none can be drawn."""
    context = _receipt_of(request, pk)
    if context is None:
        return _too_late(request)
    try:
        content = pdf.render("questions/entry_receipt.html", context)
    except pdf.NotAvailable:
        messages.warning(request, _("No PDF can be made now. Print the receipt instead."))
        return HttpResponseRedirect(_done(context["question"]))
    name = context["question"].reference
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
