"""The pages on which citizens write about a draft of the minutes, or about a commitment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.minutes import selectors
from accountability.models import Commitment
from accountability.voices import workflow
from accountability.voices.forms import NoteForm, RemarkForm
from portal.base import addresses, automatic
from portal.base.machine import MoveRefused

WINDOW, MOST = timedelta(minutes=10), 10


@dataclass(frozen=True)
class Page:
    """What the two pages differ in: their template and words, their form, and what files it."""

    template: str
    scope: str
    form: Callable
    file: Callable
    context: dict


def _shown(request, page: Page, form, *, note="", status=200):
    context = {
        **page.context,
        "form": form,
        "note": note,
        "sent": request.GET.get("enviado", "")[:9] if request.method != "POST" else "",
        "started": request.POST.get("started") or automatic.opened_now(),
    }
    return render(request, page.template, context, status=status)


def _taken(request, page: Page):
    if request.method != "POST":
        return _shown(request, page, page.form())
    form = page.form(request.POST)
    if not form.is_valid():
        return _shown(request, page, form)
    if automatic.looks_automatic(request.POST):
        note = _("Read your text once more and press the button again.")
        return _shown(request, page, form, note=note)
    key = f"{addresses.limit_key(addresses.client_address(request))}|{page.scope}"
    if addresses.count("voice", key, window=WINDOW) > MOST:
        note = _("Many texts came from this connection. Wait ten minutes and press again.")
        return _shown(request, page, form, note=note, status=429)
    try:
        row = page.file(token=request.POST.get("started", ""), **form.told)
    except MoveRefused as refused:
        return _shown(request, page, form, note=str(refused), status=409)
    return redirect(f"{request.path}?enviado={row.number}")


def _remark_page(event_slug) -> Page:
    draft = selectors.asked_about(event_slug)  # who comes late is told so, and loses no word
    if draft is None:
        raise Http404
    minutes = draft.minutes

    def form(data=None):
        return RemarkForm(data, paragraphs=draft.paragraph_count)

    def file(**told):
        return workflow.submit_remark(minutes, **told)

    context = {
        "minutes": minutes, "event": draft.event, "is_open": workflow.takes_remarks(minutes),
        "draft_is_public": minutes.status == minutes.Status.IN_REMARKS,
        "is_published": minutes.status == minutes.Status.PUBLISHED,
        "section": "archive",
    }  # fmt: skip
    template = "accountability/remark.html"
    return Page(template, f"minutes-{minutes.pk}", form, file, context)


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request, event_slug):
    """Say something of the draft of an event's minutes."""
    return _taken(request, _remark_page(event_slug))


def _note_page(reference, slug) -> Page:
    commitment = get_object_or_404(
        Commitment.objects.public().select_related("event"), reference=reference.upper(), slug=slug
    )

    def file(**told):
        return workflow.submit_note(commitment, **told)

    context = {"commitment": commitment, "section": "commitments"}
    return Page("accountability/note.html", f"note-{commitment.pk}", NoteForm, file, context)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request, reference, slug):
    """Tell what you see of a commitment where you live."""
    return _taken(request, _note_page(reference, slug))


def _note_again(request, reference, slug):
    page = _note_page(reference, slug)
    words = _("The page was open for a long time. Press the button again.")
    return _shown(request, page, page.form(request.POST), note=words)


def _remark_again(request, event_slug):
    page = _remark_page(event_slug)
    words = _("The page was open for a long time. Press the button again.")
    return _shown(request, page, page.form(request.POST), note=words)


remark.after_lost_cookie = _remark_again
note.after_lost_cookie = _note_again
