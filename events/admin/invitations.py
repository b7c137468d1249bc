"""Invitations to an event at the desk: rounds, how far they are, who was called, what they said."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.pages import event_or_404, event_page
from events.invitations import notifications, selectors, workflow
from events.invitations.forms import RoundForm
from portal.base import csv_lines
from portal.base.machine import MoveRefused

VIEW = "events.view_invitation"
A_PAGE = 100


def _event(request, model_admin, pk, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return event_or_404(request, model_admin, pk)


def _back(event):
    address = reverse("admin:events_event_invitations", args=[event.pk])
    return HttpResponseRedirect(address, status=303)


def invitations(request, model_admin, pk):
    """Rounds with their progress, answers in figures, and who was invited."""
    event = _event(request, model_admin, pk, VIEW)
    if request.method == "POST":
        return _retry(request, event)
    page = Paginator(selectors.invited(event), A_PAGE).get_page(request.GET.get("pagina"))
    return event_page(
        request, model_admin, event, "invitations", _("Invitations"),
        rounds=selectors.rounds(event), figures=selectors.figures(event), page=page,
        may_send=request.user.has_perm(workflow.SEND),
    )  # fmt: skip


def _retry(request, event):
    key = request.POST.get("retry", "")
    rounds = event.rounds.filter(pk=key) if key.isdecimal() and len(key) <= 18 else []
    sending = get_object_or_404(rounds) if rounds else None
    count = workflow.retry_failed(sending, actor=request.user) if sending else 0
    words = ngettext("%(n)s will be sent again.", "%(n)s will be sent again.", count)
    messages.success(request, words % {"n": count})
    return _back(event)


def new_round(request, model_admin, pk):
    """Choose groups and words, read the message as it will go out, and confirm."""
    event = _event(request, model_admin, pk, workflow.SEND)
    if request.method != "POST":
        form = RoundForm(initial={"key": secrets.token_urlsafe(12)})
        return _form_page(request, model_admin, event, form)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _form_page(request, model_admin, event, form)
    if "confirm" not in request.POST:
        return _preview(request, model_admin, event, form)
    try:
        sending = workflow.start_round(event, actor=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        return _form_page(request, model_admin, event, form, refusal=str(refused))
    words = ngettext(
        "%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sending.total
    )
    messages.success(request, words % {"n": sending.total})
    return _back(event)


def _form_page(request, model_admin, event, form, refusal=""):
    return event_page(
        request, model_admin, event, "new_round", _("Invite"), form=form, refusal=refusal
    )


def _preview(request, model_admin, event, form):
    data = form.cleaned_data
    total = selectors.to_invite(event, data["groups"]).count()
    return event_page(
        request, model_admin, event, "new_round", _("Invite"), form=form, total=total,
        letter=notifications.letter(event, data["message"]),
    )  # fmt: skip


def invited_list(request, model_admin, pk):
    """Who was invited and when, as a table: organisations and groups, no person, no address."""
    event = _event(request, model_admin, pk, VIEW)
    lines = csv_lines.lines(selectors.EVIDENCE_COLUMNS, selectors.evidence(event))
    headers = {"Content-Disposition": f'attachment; filename="invitaciones-{event.slug}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


PAGES = (
    ("invitaciones", invitations, "invitations"),
    ("invitaciones/nueva", new_round, "new_round"),
    ("invitaciones/lista", invited_list, "invited_list"),
)
