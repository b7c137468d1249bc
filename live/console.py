"""The console of a live session: a page of the desk for two operators at once.

Reading changes nothing. Every button is a form; without a script it posts and the page comes back,
with one the answer is the part of the page that changes while the session goes on.
"""

import hashlib
import re
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from events.models import Event
from events.session import selectors
from events.session.workflow import RUN, take_seat
from live import console_page
from live.console_acts import ACTS
from live.console_page import Posted, form_of, page_of, state_of
from live.console_who import with_who
from portal.base import csv_lines
from portal.base.machine import MoveRefused

BY_SCRIPT = "X-Console"
# What runs with the clock of the page is no news: the text, and what its element tells after this.
TICKING = re.compile(r"data-ticks[^>]*>[^<]*")


@dataclass
class Asked:
    """What somebody wants of an event's session."""

    event: Event
    user: object
    data: dict


def _demand(request) -> None:
    if not request.user.has_perm(RUN):
        raise PermissionDenied


def _event(pk) -> Event:
    """An event that can be run: a draft has no session."""
    return get_object_or_404(Event.objects.public().select_related("live", "kind"), pk=pk)


@require_GET
def console_list(request):
    """Which events can be run, those of today first."""
    _demand(request)
    rows = console_page.announced_first(selectors.runnable())
    context = {
        **admin.site.each_context(request),
        "title": _("Live sessions"),
        "here": _("Live"),
        "rows": rows,
    }
    return TemplateResponse(request, "live/console_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def console(request, pk):
    """The console, or what one of its buttons does."""
    _demand(request)
    event = _event(pk)
    if request.method == "POST":
        return _act(request, event)
    return _page(request, event)


@require_GET
def console_state(request, pk):
    """What changed since the script looked last; nothing new is answered without a body."""
    _demand(request)
    token = get_token(request)
    context = {**state_of(_event(pk), request.user), "csrf_token": token}
    html = render_to_string("live/console_state.html", context, request)
    told = TICKING.sub("", html.replace(token, ""))
    etag = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
    response = HttpResponse(html, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


@require_POST
def console_seat(request, pk):
    """This person has the console open: the other operator sees it."""
    _demand(request)
    take_seat(_event(pk), request.user)
    return HttpResponse(status=204)


@require_GET
def console_log(request, pk):
    """The whole minute log, with what only the team reads."""
    _demand(request)
    event = _event(pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Minute log"),
        "here": _("Minute log"),
        "list_address": reverse("console", args=[event.pk]),
        "list_label": _("Live console"),
        "event": event,
        "log": selectors.log_of(event),
    }
    return TemplateResponse(request, "live/console_log.html", context)


@require_GET
def console_log_csv(request, pk):
    """The whole minute log as a table, for who writes the minutes."""
    _demand(request)
    event = _event(pk)
    lines = csv_lines.lines(selectors.LOG_COLUMNS, selectors.log_rows(event))
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bitacora-{event.slug}.csv"'
    return response


def _page(request, event, posted=None):
    context = {
        **admin.site.each_context(request),
        "title": console_page.title_of(event),
        "list_address": reverse("console_list"),
        "list_label": _("Live"),
        "here": event.title,
        **page_of(event, request.user, posted),
    }
    return TemplateResponse(request, "live/console.html", context)


def _act(request, event):
    """Do what the button says; a refusal is told, with who came first, and loses nothing typed."""
    name = request.POST.get("act", "")
    act = ACTS.get(name)
    if act is None:
        raise BadRequest
    asked = Asked(event, request.user, request.POST)
    take_seat(event, request.user)
    row = act.row(asked)
    form = None
    if act.form:
        form = form_of(name, act.form, event=event, user=request.user, data=request.POST)
    refusal = _refusal(request, name, act, row, form, event)
    posted = Posted(name, request.POST.get("row", ""), form) if refusal and form else None
    return _answer(request, event, act, posted)


def _refusal(request, name, act, row, form, event) -> str:
    """Call the workflow. Gives the sentence of the refusal; empty when it was done."""
    if form is not None and not form.is_valid():
        refusal = Posted(name, "", form).error
    else:
        try:
            said = act.do(row, actor=request.user, **_typed(form))
        except MoveRefused as refused:
            refusal = with_who(refused, row, act=name, event=event, user=request.user)
            if form is not None:
                form.add_error(next(iter(form.fields)), refusal)
        else:
            _tell(request, act, said)
            return ""
    messages.warning(request, refusal)
    return refusal


def _typed(form) -> dict:
    """What was typed, by the names of the workflow's arguments."""
    if form is None:
        return {}
    return form.arguments() if hasattr(form, "arguments") else {"form": form}


def _tell(request, act, said) -> None:
    """Say what was done where the page does not show it by itself."""
    if isinstance(said, str) and said:
        messages.warning(request, said)
    elif act.done:
        messages.success(request, act.done)


def _answer(request, event, act, posted):
    if request.headers.get(BY_SCRIPT):
        event = _event(event.pk)
        context = {**page_of(event, request.user, posted), "is_answer": True}
        return TemplateResponse(request, "live/console_answer.html", context)
    if posted:
        return _page(request, _event(event.pk), posted)
    address = reverse("console", args=[event.pk])
    return HttpResponseRedirect(f"{address}#{act.anchor}", status=303)
