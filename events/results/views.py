"""Public pages of what is accounted for."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from events.models import Event
from events.results import exports, selectors
from portal.base import csv_lines
from portal.base.public_pages import public_page


def _event_or_404(event_slug):
    return get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)


@public_page("programa", per_event=True)
def results(request, event_slug):
    """Every result of an event, or those of one programme."""
    event = _event_or_404(event_slug)
    rows = list(selectors.results_of(event))
    if not rows:
        raise Http404
    names, chosen = selectors.programme_names(rows), request.GET.get("programa", "")
    if chosen and chosen not in names:
        return redirect(request.path)  # a page that is kept for every invented name fills the store
    shown = [row for row in rows if chosen in ("", row.programme)]
    context = {
        "event": event,
        "programmes": selectors.by_programme(shown),
        "names": names,
        "chosen": chosen,
        "total": len(rows),
        "section": "event",
    }
    return render(request, "events/results.html", context)


@public_page(per_event=True)
def results_csv(request, event_slug):
    """The same rows for a spreadsheet."""
    event = _event_or_404(event_slug)
    lines = csv_lines.lines(exports.COLUMNS, map(exports.line, selectors.results_of(event)))
    return HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
