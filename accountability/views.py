"""Public pages of commitments and sessions, the same for everybody."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accountability import selectors
from accountability.board import Board
from accountability.forms import FILTERS
from accountability.models import Commitment
from accountability.session import session_page
from portal.base.downloads import download
from portal.base.public_pages import public_page


@public_page(*FILTERS, free=("q",))
def commitments(request):
    """Every commitment: how many were fulfilled, and which are overdue."""
    board = Board(request.GET)
    context = {"board": board, "page": board.page, "page_range": board.page_range}
    return render(request, "accountability/board.html", {**context, "section": "commitments"})


@public_page()
def commitment(request, reference, slug):
    """One commitment: what was promised, until when, how far it got, and its proofs."""
    item = get_object_or_404(selectors.commitments_with_page_data(), reference=reference.upper())
    if request.path != item.get_absolute_url():
        return redirect(item, permanent=True)
    context = {"shown": selectors.CommitmentPage(item), "commitment": item}
    return render(request, "accountability/commitment.html", {**context, "section": "commitments"})


@public_page()
def commitment_reference(request, reference):
    """The short address, as it is read aloud, leads to the whole one."""
    item = get_object_or_404(Commitment.objects.public(), reference=reference.upper())
    return redirect(item, permanent=True)


def evidence_file(request, pk):
    """A proof of published news, as a download that cannot act in the browser."""
    stored = get_object_or_404(selectors.public_evidence(), pk=pk).stored
    response = download(stored)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@public_page(per_event=True)
def session(request, event_slug):
    """What happened in the session of an event, line by line, with its moments of the recording."""
    shown = session_page(event_slug)
    if shown is None:
        raise Http404
    context = {"shown": shown, "event": shown.event, "section": "archive"}
    return render(request, "accountability/session.html", context)
