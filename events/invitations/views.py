"""The page of an invitation: it asks, and only its button answers.

Programs that scan mail open every link in it, so opening changes nothing.
"""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.invitations import workflow
from events.invitations.forms import ResponseForm
from events.models import Contact, Invitation
from portal.base.machine import MoveRefused


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, key):
    """See what one is invited to, and say whether one comes; it can be changed later."""
    rows = Invitation.objects.select_related("event", "contact")
    row = get_object_or_404(rows, key=key)
    if request.method != "POST":
        first = {"response": row.response, "people": row.people or 1}
        return _page(request, row, ResponseForm(initial=first))
    form = ResponseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        workflow.respond(row, **form.cleaned_data)
    except MoveRefused as refused:
        return _page(request, row, form, note=str(refused))
    return HttpResponseRedirect(reverse("invitation", kwargs={"key": key}), status=303)


def _again(request, key):
    """The cookie was lost: what was chosen is still there, and is sent by one more press."""
    rows = Invitation.objects.select_related("event", "contact")
    return _page(request, get_object_or_404(rows, key=key), ResponseForm(request.POST))


invitation.after_lost_cookie = _again


def _page(request, row, form, note=""):
    context = {
        "row": row,
        "event": row.event,
        "form": form,
        "note": note,
        "takes_answers": workflow.takes_answers(row.event),
        "stop_address": reverse("invitation_stop", kwargs={"key": row.contact.key}),
    }
    return render(request, "events/rsvp.html", context)


# A POST that a mail program sends by itself (RFC 8058): no cookie, no page of ours before it.
# Whoever holds the key may do nothing with it but end the invitations to this one contact.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, key):
    """Show the button, or end the invitations; ended twice is ended."""
    contact = get_object_or_404(Contact, key=key)
    if request.method == "POST":
        workflow.stop(contact)
    return render(request, "events/rsvp_stop.html", {"is_stopped": bool(contact.stopped_at)})
