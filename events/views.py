"""Public pages of events."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from events import players, schedule, selectors
from events.models import Document, Event
from portal.base.downloads import download
from portal.base.public_pages import public_page


@public_page("auto", "minutos", per_event=True)
def event(request, event_slug):
    """One event: invitation before, session while it is live, record afterwards."""
    page = _page_or_404(event_slug)
    context = {"page": page, "event": page.event, **section(page)}
    response = render(request, template_of(page), context)
    if page.shows_session:
        players.allow_frames(response, page.event.streams.all())
    return response


def template_of(page) -> str:
    if page.shows_session:
        return "events/live.html"
    return "events/after.html" if page.phase == schedule.Phase.PAST else "events/before.html"


def section(page) -> dict:
    """Which entry of the menu is the present one."""
    return {"section": "archive" if page.phase == schedule.Phase.PAST else "event"}


def _page_or_404(event_slug):
    events = selectors.with_page_data(Event.objects.public())
    return selectors.event_page(get_object_or_404(events, slug=event_slug))


@public_page(per_event=True)
def documents(request, event_slug):
    """The information that was published for the event."""
    page = _page_or_404(event_slug)
    return render(request, "events/documents.html", {"page": page, "event": page.event})


def document_file(request, event_slug, pk):
    """A file of the event, as a download that cannot act in the browser."""
    events = Event.objects.public()
    document = get_object_or_404(
        Document.objects.filter(event__in=events, event__slug=event_slug, stored__isnull=False)
        .select_related("stored"),
        pk=pk,
    )  # fmt: skip
    response = download(document.stored)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@public_page("tipo")
def archive(request):
    """Every event, by year, or those of one kind."""
    return _archive(request, selectors.public_events(), _("Archive"), None)


@public_page("tipo")
def archive_year(request, year):
    events = selectors.public_events(year)
    if not events:
        raise Http404
    return _archive(request, events, _("Events of %(year)s") % {"year": year}, year)


def _archive(request, events, title, year):
    kinds, chosen = selectors.kinds_of(events), request.GET.get("tipo", "")
    if chosen and chosen not in [kind.code for kind in kinds]:
        return redirect(request.path)  # a page that is kept for every invented kind fills the store
    shown = [event for event in events if chosen in ("", event.kind_id)]
    context = {
        "years": selectors.under_years(shown),
        "kinds": kinds,
        "chosen": chosen,
        "total": len(events),
        "title": title,
        "year": year,
        "section": "archive",
    }
    return render(request, "events/archive.html", context)


def now(request):
    """The short way that can be read out on the radio: to the live event, else the next one."""
    focus = schedule.event_in_focus()
    return redirect(focus.get_absolute_url() if focus else "events")
