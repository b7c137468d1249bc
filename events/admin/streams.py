"""“I tried the link”: the page where each stream of an event is tried before its day."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events import stream_tests
from events.admin.agenda import KEY
from events.admin.pages import event_or_404, event_page
from portal.base.machine import MoveRefused


def streams(request, model_admin, pk):
    """The links of an event with their last test; a button of each writes a new one."""
    event = event_or_404(request, model_admin, pk)
    if request.method == "POST":
        return _record(request, model_admin, event)
    return _page(request, model_admin, event)


def _record(request, model_admin, event):
    """The pressed button is `works-12` or `fails-12`."""
    result, _dash, key = request.POST.get("act", "").partition("-")
    if not KEY.fullmatch(key):
        raise BadRequest
    stream = get_object_or_404(event.streams, pk=int(key))
    note, url = request.POST.get(f"note-{key}", ""), request.POST.get(f"url-{key}", "")
    try:
        stream_tests.record_test(stream, actor=request.user, result=result, note=note, url=url)
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return _page(request, model_admin, event, status=409)
    told = {"label": stream.label, "result": stream.get_test_result_display()}
    words = _("“%(label)s”: %(result)s.") % told
    model_admin.log_change(request, event, words)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:events_event_streams", args=[event.pk]), status=303)


def _page(request, model_admin, event, *, status=200):
    rows = event.streams.select_related("tested_by")
    response = event_page(
        request, model_admin, event, "streams", _("Try the links"),
        rows=[(stream, request.POST.get(f"note-{stream.pk}", "")) for stream in rows],
        warnings=stream_tests.warnings(event),
        may_try=request.user.has_perm(stream_tests.TRY),
    )  # fmt: skip
    response.status_code = status
    return response
