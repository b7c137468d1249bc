"""Published contributions: lists and pages, the same for everybody."""

import threading

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import registry
from events.models import Event
from portal.base import clock, pdf, qr
from portal.base.public_pages import public_page
from questions import ledger, selectors, selectors_lists, voices
from questions.forms import QuestionFilterForm
from questions.status import public_status

PER_PAGE = 20
FILTERS = ("tema", "municipio", "oficina", "estado", "orden", "pagina")

MOST_WAITED = 2  # seconds
_drawing = threading.BoundedSemaphore(1)
# One draws and one waits for it: the other threads of a process stay free for other pages.
_places = threading.BoundedSemaphore(2)


@public_page(*FILTERS, free=("q",))
def questions(request):
    """Every published contribution, with search and filters."""
    return _list(request, None)


@public_page(*FILTERS, "sobre", free=("q",), per_event=True)
def event_questions(request, event_slug):
    """The published contributions of one event."""
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    return _list(request, event)


def _list(request, event):
    form = QuestionFilterForm(request.GET)
    found = selectors_lists.QuestionList(form, event)
    paginator = Paginator(found.keys, PER_PAGE)
    paginator.count = found.number  # counted with the states already
    page = paginator.get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "filter_fields": [form[name] for name in ("tema", "municipio", "oficina", "orden")],
        "event": event,
        "found": found,
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "items": selectors_lists.listed(page.object_list),
        "section": "questions",
    }
    return render(request, "questions/list.html", context)


@public_page()
def question_number(request, number):
    """The short address of a contribution leads to its whole one."""
    item = get_object_or_404(selectors.addressable(), number=number)
    return redirect(item, permanent=True) if selectors.is_public(item) else _gone(request, item)


def _gone(request, item):
    """It was public once. No redirect to its old title: that may be why it was taken away."""
    return render(request, "questions/gone.html", {"question": item}, status=410)


@public_page()
def question(request, number, slug):
    """One contribution: what was asked, where it stands, what was answered."""
    item = get_object_or_404(selectors.addressable(), number=number)
    if not selectors.is_public(item):
        return _gone(request, item)
    if item.slug != slug:
        return redirect(item, permanent=True)
    history = selectors.public_history(item)
    answers = selectors.published_answers(item)
    context = {
        "question": item,
        "status": public_status(item),
        "answers": answers,
        "verdicts": voices.shown_verdicts(answers[0]) if answers else {},
        "comment_letters": voices.COMMENT_LETTERS,
        "history": history,
        "merged": selectors.merged_into(item),
        "similar": selectors.similar_to(item),
        "why": selectors.why_this_date(item, history),
        "has_pdf": pdf.is_available(),
        "section": "questions",
    }
    return render(request, "questions/detail.html", context)


@public_page()
def question_pdf(request, number):
    """The published contribution on paper: answer, history, address and QR.

    Drawing one takes seconds, so each process draws one at a time; who comes meanwhile is asked
    to come again.
    """
    item = get_object_or_404(selectors.addressable(), number=number)
    if not selectors.is_public(item):
        return _gone(request, item)
    if not _places.acquire(blocking=False):
        return _no_pdf_now(request, item)
    try:
        content = _drawn(item)
    except pdf.NotAvailable:
        return _no_pdf_now(request, item)
    finally:
        _places.release()
    return HttpResponse(content, content_type="application/pdf")


def _drawn(item) -> bytes:
    """Its PDF, once nobody else's is drawn. Raises pdf.NotAvailable."""
    if not _drawing.acquire(timeout=MOST_WAITED):
        raise pdf.NotAvailable
    try:
        return pdf.render("questions/question_pdf.html", _paper(item), keep=True)
    finally:
        _drawing.release()


def _paper(item):
    answers = selectors.published_answers(item)[:1]
    entry = ledger.entry_of(answers[0]) if answers else None
    address = settings.SITE_URL + reverse("question_number", kwargs={"number": item.number})
    return {
        "question": item,
        "status": public_status(item),
        "answers": answers,
        "history": selectors.public_history(item),
        "address": address,
        "entry": entry,
        **(_proof(entry) if entry else {}),
        "entity": registry().entity,
        "printed_on": clock.local_day(),
    }


def _proof(entry) -> dict:
    """A QR that leads to what the publication log says of the answer that is printed."""
    proof = settings.SITE_URL + reverse("verify_entry", args=[entry.pk])
    words = _("QR code that opens %(address)s") % {"address": proof}
    return {"proof": proof, "qr": qr.svg(proof, words)}


def _no_pdf_now(request, item):
    response = render(request, "questions/no_pdf.html", {"question": item}, status=503)
    response.headers["Retry-After"] = "10"
    return response
