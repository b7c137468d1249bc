"""`/eventos/<slug>/registro/`: what remains of a session, and the files that belong to it."""

from csp.constants import SELF
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accountability.records import selectors
from portal.base.downloads import cached_download
from portal.base.public_pages import public_page


@public_page(per_event=True)
def record(request, event_slug):
    """The recording with its chapters, who took part, photographs, papers and frozen matrices."""
    shown = selectors.record_page(event_slug)
    if shown is None:
        raise Http404
    context = {"shown": shown, "record": shown.record, "event": shown.event, "section": "archive"}
    response = render(request, "accountability/record.html", context)
    if shown.has_own_recording:
        response._csp_update = {"media-src": [SELF]}
    return response


@require_safe
def record_file(request, pk):
    """A file of a published record: a picture is shown, anything else is a download."""
    file = get_object_or_404(selectors.public_files(), pk=pk)
    return cached_download(request, file.stored, inline=file.is_picture)


@require_safe
def record_picture(request, pk):
    """The small copy of a photograph, for pages."""
    file = get_object_or_404(selectors.public_files(), pk=pk)
    return cached_download(request, file.small or file.stored, inline=file.is_picture)
