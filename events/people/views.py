"""Register to attend or to speak, the receipt with its code, and one's own registration."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Attendee, Event, Speaker
from events.people import notifications, windows, workflow
from events.people.forms import AttendeeForm, SpeakerForm
from portal.base import addresses, automatic, clock, qr, secret_codes
from portal.base.machine import MoveRefused

WINDOW, MOST = timedelta(minutes=10), 10
SESSION_RECEIPT, SESSION_OPEN = "registration", "registration_open"
OPEN_FOR = timedelta(minutes=30)
KINDS = {"attendee": Attendee, "speaker": Speaker}


class _Attend:
    """The way to a seat."""

    kind, form, template = "attendee", AttendeeForm, "events/attend.html"
    url, takes = "event_attend", staticmethod(windows.takes_attendees)
    register = staticmethod(workflow.register_attendee)
    more = ("needs",)


class _Speak:
    """The way to a turn to speak."""

    kind, form, template = "speaker", SpeakerForm, "events/speak.html"
    url, takes = "event_speak", staticmethod(windows.takes_speakers)
    register = staticmethod(workflow.register_speaker)
    more = ("in_own_name", "topic", "theme", "medium", "material_url", "text")


def _event(event_slug) -> Event:
    return get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)


@require_http_methods(["GET", "HEAD", "POST"])
def attend(request, event_slug):
    """Put one's name down for a seat."""
    return _register(request, _event(event_slug), _Attend)


@require_http_methods(["GET", "HEAD", "POST"])
def speak(request, event_slug):
    """Put one's name down to speak."""
    return _register(request, _event(event_slug), _Speak)


def _register(request, event, way):
    if request.method != "POST":
        return _page(request, event, way, way.form())
    form = way.form(request.POST)
    if not form.is_valid():
        return _page(request, event, way, form)
    if automatic.looks_automatic(request.POST):
        note = _("Read your data once more and press the button again.")
        return _page(request, event, way, form, note=note)
    if _is_flood(request, event):
        note = _("Many registrations came from this connection. Wait ten minutes and press again.")
        return _page(request, event, way, form, note=note, status=429)
    person = _person(request, form, way)
    try:
        way.register(event, person)
    except MoveRefused as refused:
        anew = isinstance(refused, workflow.PageUsed)
        return _page(request, event, way, form, note=str(refused), anew=anew)
    code = "" if person.email else person.code
    request.session[SESSION_RECEIPT] = {"event": event.pk, "kind": way.kind, "code": code}
    return HttpResponseRedirect(reverse(f"{way.url}_done", args=[event.slug]), status=303)


def _person(request, form, way) -> workflow.Person:
    data = form.cleaned_data
    given = {name: data[name] for name in ("name", "email", "phone", "organisation")}
    return workflow.Person(
        token=request.POST["started"],
        municipality=data["municipality"],
        notice=form.shown_notice,
        language=request.LANGUAGE_CODE,
        more={name: data[name] for name in way.more},
        **given,
    )


def _is_flood(request, event) -> bool:
    key = f"{addresses.limit_key(addresses.client_address(request))}|{event.slug}"
    return addresses.count("registration", key, window=WINDOW) > MOST


def _page(request, event, way, form, *, note="", status=200, anew=False):
    started = "" if anew else request.POST.get("started")
    context = {
        "event": event,
        "form": form,
        "note": note,
        "is_open": way.takes(event),
        "left": workflow.seats_left(event),
        "closes_at": windows.speakers_until(event),
        "started": started or automatic.opened_now(),
    }
    return render(request, way.template, context, status=status)


def _again(way):
    def again(request, event_slug):
        note = _("The page was open for a long time. Press the button again.")
        return _page(request, _event(event_slug), way, way.form(request.POST), note=note)

    return again


attend.after_lost_cookie = _again(_Attend)
speak.after_lost_cookie = _again(_Speak)


def done(request, event_slug):
    """The receipt, for the session that registered: the code for the door, or where it was sent."""
    event = _event(event_slug)
    receipt = request.session.get(SESSION_RECEIPT) or {}
    if receipt.get("event") != event.pk:
        return redirect(event)
    code, row = receipt["code"], None
    if code:
        row = workflow.find(KINDS[receipt["kind"]], event, code)
    context = {
        "event": event,
        "kind": receipt["kind"],
        "code": secret_codes.shown(code) if code else "",
        "row": row,
        "qr": _door_qr(event, code) if code and receipt["kind"] == "attendee" else "",
    }
    return render(request, "events/registered.html", context)


def _door_qr(event, code) -> str:
    address = settings.SITE_URL + reverse("admin:events_event_door", args=[event.pk])
    return qr.svg(f"{address}?codigo={code}", _("Code for the door"))


def open_link(request, token):
    """The link of a mail: opens one's own registration for half an hour, and leaves the address."""
    found = notifications.opened(token)
    if found is None or found[0] not in KINDS:
        raise Http404
    request.session.cycle_key()
    until = (clock.now() + OPEN_FOR).timestamp()
    request.session[SESSION_OPEN] = {"kind": found[0], "pk": found[1], "until": until}
    return redirect("registration")


def _own(request):
    opened = request.session.get(SESSION_OPEN) or {}
    if opened.get("until", 0) < clock.now().timestamp():
        return None, ""
    rows = KINDS[opened["kind"]].objects.select_related("event")
    return rows.filter(pk=opened["pk"]).first(), opened["kind"]


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request):
    """One's own registration, opened by the link of a mail; a button cancels it."""
    row, kind = _own(request)
    if row is None:
        return render(request, "events/registration_closed.html", status=410)
    note = ""
    if request.method == "POST":
        cancel = workflow.cancel_attendance if kind == "attendee" else workflow.withdraw_speaker
        try:
            cancel(row)
        except MoveRefused as refused:
            note = str(refused)
            row.refresh_from_db()
        else:
            return HttpResponseRedirect(reverse("registration"), status=303)
    may_cancel = workflow.ATTENDEE if kind == "attendee" else workflow.SPEAKER
    move = "cancel_attendance" if kind == "attendee" else "withdraw_speaker"
    context = {"row": row, "kind": kind, "note": note, "may_cancel": may_cancel.allows(row, move)}
    return render(request, "events/registration.html", context)
