"""Public pages around commitments: following them, their news, their table, the last balance."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.commitments import exports, feeds
from accountability.commitments.forms import FollowForm
from accountability.commitments.notifications import topic_of
from accountability.commitments.selectors import LastBalance
from accountability.models import Commitment
from entity import atom
from entity.registry import registry
from events.models import Event
from portal.base import csv_lines, follows, ods
from portal.base.addresses import client_address
from portal.base.public_pages import public_page
from questions import voices


def _commitment_or_404(reference, **more):
    return get_object_or_404(Commitment.objects.public(), reference=reference.upper(), **more)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, reference, slug):
    """Follow one commitment by e-mail; the answer is the same for every address."""
    item = _commitment_or_404(reference, slug=slug)
    if request.method != "POST":
        return _follow_page(request, item, FollowForm(), sent="enviado" in request.GET)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _follow_page(request, item, form)
    if not voices.is_mail_flood(client_address(request)):
        follows.start(topic_of(item), form.cleaned_data["email"], request.LANGUAGE_CODE)
    return redirect(f"{request.path}?enviado=1")


def _follow_page(request, item, form, *, sent=False, note=""):
    context = {"commitment": item, "form": form, "sent": sent, "note": note}
    context["section"] = "commitments"
    return render(request, "accountability/commitment_follow.html", context)


def _follow_again(request, reference, slug):
    item = _commitment_or_404(reference, slug=slug)
    note = _("The page was open for a long time. Press the button again.")
    return _follow_page(request, item, FollowForm(request.POST), note=note)


follow.after_lost_cookie = _follow_again


@public_page()
def feed(request):
    """What is new of all commitments, in Spanish under either address."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"entity": registry().entity.short_name}
        return atom.response(
            _("Commitments of %(entity)s") % words,
            name="compromisos",
            page=reverse("commitments"),
            path=reverse("commitments_feed"),
            items=feeds.newest(atom.MOST),
        )


@public_page()
def commitment_feed(request, reference):
    """What is new of one commitment."""
    item = _commitment_or_404(reference)
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("commitment_feed", kwargs={"reference": item.reference.lower()})
        if request.path_info != path:
            return redirect(path, permanent=True)
        words = {"reference": item.reference, "title": item.title}
        return atom.response(
            _("Commitment %(reference)s: %(title)s") % words,
            name=f"compromisos/{item.reference.lower()}",
            page=item.get_absolute_url(),
            path=path,
            items=feeds.newest(atom.MOST, Commitment.objects.public().filter(pk=item.pk)),
        )


@public_page()
def table_csv(request):
    """Every public commitment, one line each."""
    lines = csv_lines.lines(exports.COLUMNS, exports.rows())
    return HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")


@public_page()
def table_ods(request):
    """The same as an open spreadsheet."""
    book = ods.book("Compromisos", exports.COLUMNS, exports.rows())
    return HttpResponse(book, content_type=ods.CONTENT_TYPE)


@public_page()
def last_balance(request, event_slug):
    """What became of what was promised in the event before this one."""
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    context = {"event": event, "shown": LastBalance(event), "section": "event"}
    return render(request, "accountability/last_balance_page.html", context)
