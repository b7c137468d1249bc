"""`/eventos/<slug>/transcripcion/`: what was said, each paragraph with an address of its own."""

from django.http import Http404
from django.shortcuts import render

from accountability.transcript import reading
from portal.base.public_pages import public_page


@public_page(per_event=True)
def transcript(request, event_slug):
    shown = reading.transcript_page(event_slug)
    if shown is None:
        raise Http404
    context = {"shown": shown, "event": shown.event, "section": "archive"}
    return render(request, "accountability/transcript.html", context)
