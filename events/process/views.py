"""Pages of the permanent process: its moments and the calendar of the year."""

from django.http import Http404
from django.shortcuts import render

from events.process import selectors
from portal.base import clock
from portal.base.public_pages import public_page


@public_page()
def process(request):
    """The moments in which accounts are rendered during the year."""
    context = {"moments": selectors.moments(), "months": selectors.months(clock.local_day().year)}
    return render(request, "events/process.html", context)


@public_page()
def calendar(request, year=None):
    """The events of a year, month by month. A year without any is no page, but the present one."""
    known = selectors.years()
    year = year or clock.local_day().year
    if year not in known:
        raise Http404
    context = {"year": year, "years": known, "months": selectors.months(year)}
    return render(request, "events/calendar.html", context)
