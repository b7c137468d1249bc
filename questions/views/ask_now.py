"""Pregunte ahora: the short form of the live page, which is one cached page for everybody.

It carries no token and no note of its visitor; what can't be taken is shown again, with what was
typed, on a page of its own.
"""

import re
import secrets

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import registry
from events.kept import public_event
from events.models import Event
from portal.base import automatic, clock, rows
from portal.base.addresses import client_address, keyed_hash
from portal.base.same_origin import same_origin_post
from questions import codes, form_cookie, guard, terms
from questions.entering import squeezed
from questions.live.forms import AskNowForm
from questions.models import Draft, PetitionType, Question
from questions.sending import send
from questions.usual_topic import usual_topic
from questions.workflow import Filing

PRESS = re.compile(r"[0-9a-f]{32}")


def to_form(request, event_slug):
    """Whoever opens the address of the short form gets the whole one."""
    return redirect("ask", event_slug=event_slug)


@same_origin_post(get=to_form)
def ask_now(request, event_slug):
    """File what was typed and show its receipt, or the form again with what is missing."""
    event = public_event(event_slug)
    if event is None:
        raise Http404
    form = AskNowForm(request.POST)
    if not form.is_valid():
        return _again(request, event, form)
    if request.POST.get(automatic.HONEYPOT):
        note = _("Read your text once more and press Send question again.")
        return _again(request, event, form, note=note)
    return _send(request, rows.find(Event, event.pk), form)


def _send(request, event, form):
    token = _token(request, event, form)
    filing = Filing(
        token=token,
        topic=usual_topic(),
        event=event,
        language=request.LANGUAGE_CODE,
        **form.filing_fields(),
    )
    answer, signed = request.POST.get("simple_answer"), request.POST.get("simple_signed")
    is_person = bool(answer and signed) and guard.answered_right(answer, signed)
    address = client_address(request)
    verdict = send(Draft(token=token[:32]), filing, address=address, is_person=is_person)
    if verdict is guard.Verdict.FINE or _is_filed(token):
        return _to_receipt(token, event)
    if verdict is guard.Verdict.REPEATED:
        return _repeated(request, event, form)
    if verdict is guard.Verdict.ASK:
        return _again(request, event, form, simple=guard.simple_question())
    note = _("Many questions came from this connection. Wait 10 minutes and send it again.")
    return _again(request, event, form, note=note, status=429)


def _token(request, event, form) -> str:
    """The same for two presses of one page, where the page could give itself a random mark.

    The cached page has none without its script; the words are part of it, so that a second
    question from the same page is never taken for the first one.
    """
    press = request.POST.get("press", "")
    mark = press if PRESS.fullmatch(press) else secrets.token_hex(16)
    said = f"{mark}|{event.pk}|{squeezed(form.cleaned_data['text'])}"
    return keyed_hash("ask-now", said)[:32]


def _is_filed(token: str) -> bool:
    return Question.objects.filter(filing_key=codes.filing_key(token)).exists()


def _to_receipt(token: str, event):
    address = reverse("ask_receipt", kwargs={"event_slug": event.slug})
    return form_cookie.filed(HttpResponseRedirect(f"{address}#contenido", status=303), token)


def _repeated(request, event, form):
    """The receipt, where it was this browser that sent the same words; else kind words."""
    kept = form_cookie.read(request).receipt
    mine = Question.objects.filter(filing_key=codes.filing_key(kept), event=event).first()
    if kept and mine and squeezed(mine.original_text) == squeezed(form.cleaned_data["text"]):
        return _to_receipt(kept, event)
    return _again(request, event, form, is_repeated=True, status=409)


def _again(request, event, form, *, status=200, **context):
    term = terms.at_filing(clock.now(), PetitionType.usual(), event, registry())
    page = {"event": event, "form": form, "term": term, "press": secrets.token_hex(16), **context}
    return render(request, "questions/live_ask_again.html", page, status=status)
