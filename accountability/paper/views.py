"""The PDF of the minutes and their signed copy."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accountability.minutes import selectors
from accountability.paper import drawing
from accountability.voices.workflow import takes_remarks
from portal.base import pdf
from portal.base.downloads import FOR_EVER, cached_download


def _published(event_slug, edition=None) -> selectors.MinutesPage:
    shown = selectors.minutes_page(event_slug, edition)
    if shown is None:
        raise Http404
    return shown


@require_safe
def newest(request, event_slug):
    """The edition in force: the address is the same for ever, its file is the newest one's."""
    response = _stored(request, _published(event_slug).minutes.drawn, event_slug)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
def edition(request, event_slug, edition):
    return _stored(request, _published(event_slug, int(edition)).minutes.drawn, event_slug)


@require_safe
def signed(request, event_slug, edition):
    """The scan of the signed paper. A better one may take its place."""
    response = _stored(request, _published(event_slug, int(edition)).minutes.signed, None)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _stored(request, stored, event_slug):
    """The bytes; while the worker has not drawn them yet, the page that can be printed."""
    if stored is None:
        if event_slug is None:
            raise Http404
        return redirect("minutes", event_slug=event_slug)
    return cached_download(request, stored, inline=True, keep=FOR_EVER)


@require_safe
def draft(request, event_slug):
    """The draft that remarks are asked for, with its mark on every page; drawn when asked."""
    shown = selectors.open_draft(event_slug)
    if shown is None or not takes_remarks(shown.minutes):
        raise Http404
    try:
        content = drawing.drawn_draft(shown)
    except pdf.NotAvailable:
        return redirect("minutes_draft", event_slug=event_slug)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="acta-borrador.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
