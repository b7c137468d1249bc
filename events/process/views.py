"""Pages of the permanent process: its moments, the calendar of the year, proposed topics."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Event
from events.process import selectors, workflow
from events.process.forms import ProposalForm
from portal.base import addresses, automatic, clock
from portal.base.machine import MoveRefused
from portal.base.public_pages import public_page

WINDOW, MOST_PROPOSALS = timedelta(minutes=10), 20


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


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request, event_slug):
    """Propose a topic for the agenda, and read what others proposed and what came of it."""
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    if request.method != "POST":
        return _topics_page(request, event, ProposalForm(), sent="enviado" in request.GET)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _topics_page(request, event, form)
    if automatic.looks_automatic(request.POST):
        note = _("Read your text once more and press the button again.")
        return _topics_page(request, event, form, note=note)
    if _is_flood(request, event):
        note = _("Many topics came from this connection. Wait ten minutes and press again.")
        return _topics_page(request, event, form, note=note, status=429)
    try:
        workflow.propose_topic(
            event,
            text=form.cleaned_data["text"],
            municipality=form.cleaned_data["municipality"],
            token=request.POST.get("started", ""),
        )
    except MoveRefused as refused:
        return _topics_page(request, event, form, note=str(refused))
    return redirect(reverse("event_topics", kwargs={"event_slug": event_slug}) + "?enviado=1")


def _is_flood(request, event) -> bool:
    key = f"{addresses.limit_key(addresses.client_address(request))}|{event.slug}"
    return addresses.count("topic-proposal", key, window=WINDOW) > MOST_PROPOSALS


def _topics_page(request, event, form, *, sent=False, note="", status=200):
    context = {
        "event": event,
        "form": form,
        "sent": sent,
        "note": note,
        "is_open": workflow.is_open(event),
        "started": request.POST.get("started") or automatic.opened_now(),
        "proposals": selectors.proposals(event),
    }
    return render(request, "events/topics.html", context, status=status)


def _topics_again(request, event_slug):
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    note = _("The page was open for a long time. Press the button again.")
    return _topics_page(request, event, ProposalForm(request.POST), note=note)


topics.after_lost_cookie = _topics_again
