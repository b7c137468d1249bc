"""Public pages of polls and of the evaluation of an event."""

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from evaluation import selectors, workflow
from evaluation.forms import BallotForm
from evaluation.models import Survey
from events.models import HallAddress
from portal.base import addresses, csv_lines, ods
from portal.base.addresses import client_address, person_of_day
from portal.base.machine import MoveRefused
from portal.base.public_pages import public_page
from portal.base.same_origin import same_origin_post

WINDOW, MOST_BALLOTS, HALL_TIMES = timedelta(minutes=10), 60, 20


def _survey(event_slug: str, number: int | None, *, asked: bool = True) -> Survey:
    """The poll of a number, or the evaluation where there is no number in the address.

    With its questions where they are `asked`.
    """
    surveys = Survey.objects.public().select_related("event").filter(event__slug=event_slug)
    surveys = selectors.with_questions(surveys) if asked else surveys
    if number is None:
        return get_object_or_404(surveys, kind=Survey.Kind.EVALUATION)
    return get_object_or_404(surveys, kind=Survey.Kind.POLL, number=number)


def _page(request, survey, form, status=200):
    context = {
        "survey": survey,
        "event": survey.event,
        "form": form,
        "is_open": survey.status == Survey.Status.OPEN,
        "section": "event",
    }
    return render(request, "evaluation/survey.html", context, status=status)


@public_page(per_event=True)
def survey(request, event_slug, number=None):
    """The questions while it is open; afterwards the way to its results."""
    found = _survey(event_slug, number)
    return _page(request, found, BallotForm(survey=found))


def to_survey(request, event_slug, number=None):
    """Whoever opens the address that takes answers gets the page with the questions."""
    return HttpResponseRedirect(_survey(event_slug, number).get_absolute_url())


@same_origin_post(get=to_survey)
def answer(request, event_slug, number=None):
    """One person's answers. A second time is thanked like the first and changes nothing."""
    found = _survey(event_slug, number)
    form = BallotForm(request.POST, survey=found)
    if _is_flood(client_address(request), found):
        form.note = _("Many answers came from this connection. Wait ten minutes and try again.")
        return _page(request, found, form, status=429)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        workflow.cast_ballot(found, person=person_of_day(request), answers=form.answers)
    except MoveRefused:
        return HttpResponseRedirect(found.get_absolute_url(), status=303)
    return HttpResponseRedirect(f"{found.get_absolute_url()}#gracias", status=303)


def _is_flood(address: str, found: Survey) -> bool:
    """Count one more ballot of an address, and say whether it is one too many."""
    key = f"{addresses.limit_key(address)}|{found.pk}"
    number = addresses.count("ballot", key, window=WINDOW)
    if number <= MOST_BALLOTS:
        return False
    networks = HallAddress.objects.filter(event=found.event).values_list("network", flat=True)
    is_hall = any(addresses.is_within(address, network) for network in networks)
    return not is_hall or number > MOST_BALLOTS * HALL_TIMES


def _closed(event_slug, number) -> Survey:
    found = _survey(event_slug, number, asked=False)
    if found.status != Survey.Status.CLOSED:
        raise Http404
    return found


@public_page(per_event=True)
def results(request, event_slug, number=None):
    """What was answered, once it is closed; while it is open, when it will be."""
    found = _survey(event_slug, number, asked=False)
    is_closed = found.status == Survey.Status.CLOSED
    context = {
        "survey": found,
        "event": found.event,
        "results": selectors.results(found) if is_closed else None,
        "section": "event",
    }
    return render(request, "evaluation/results.html", context)


def results_csv(request, event_slug, number=None):
    """The same as a table."""
    found = _closed(event_slug, number)
    rows = selectors.rows(selectors.results(found))
    response = StreamingHttpResponse(
        csv_lines.lines(selectors.COLUMNS, rows), content_type="text/csv; charset=utf-8"
    )
    return _as_file(response, found, "csv")


def results_ods(request, event_slug, number=None):
    """The same for a spreadsheet that wants no CSV."""
    found = _closed(event_slug, number)
    rows = selectors.rows(selectors.results(found))
    book = ods.book("Encuesta", selectors.COLUMNS, rows)
    return _as_file(HttpResponse(book, content_type=ods.CONTENT_TYPE), found, "ods")


def _as_file(response, found, ending):
    name = f"encuesta-{found.event.slug}-{found.number}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
