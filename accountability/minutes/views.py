"""Public pages of the minutes, the same for everybody."""

from django.http import Http404
from django.shortcuts import render

from accountability.minutes import selectors
from accountability.voices.workflow import takes_remarks
from portal.base.public_pages import public_page


@public_page(per_event=True)
def minutes(request, event_slug):
    """The newest edition of an event's minutes, every paragraph with an address of its own."""
    return _edition(request, selectors.minutes_page(event_slug))


@public_page(per_event=True)
def minutes_edition(request, event_slug, edition):
    """One edition, which never changes, and what it changed against the one before."""
    return _edition(request, selectors.minutes_page(event_slug, int(edition)))


def _edition(request, shown):
    if shown is None:
        raise Http404
    context = {"shown": shown, "minutes": shown.minutes, "event": shown.event, "section": "archive"}
    return render(request, "accountability/minutes.html", context)


@public_page(per_event=True)
def minutes_draft(request, event_slug):
    """The draft while remarks about it are asked for, or being answered."""
    shown = selectors.open_draft(event_slug)
    if shown is None:
        raise Http404
    context = {
        "shown": shown, "minutes": shown.minutes, "event": shown.event, "section": "archive",
        "takes_remarks": takes_remarks(shown.minutes),
    }  # fmt: skip
    return render(request, "accountability/minutes_draft.html", context)
