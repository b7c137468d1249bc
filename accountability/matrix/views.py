"""The frozen matrices of an event: their page and their files."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accountability.matrix import ledger
from accountability.models import FrozenMatrix, SessionRecord
from portal.base.downloads import FOR_EVER, cached_download
from portal.base.models import PublicationEntry
from portal.base.public_pages import public_page


def _frozen(event_slug):
    records = SessionRecord.objects.of_public_events().filter(event__slug=event_slug)
    found = FrozenMatrix.objects.filter(record__in=records)
    return found.select_related("stored", "record__event").order_by("-edition")


@public_page(per_event=True)
def matrices(request, event_slug):
    """When the questions and answers were frozen, how many, and how each file is checked."""
    found = list(_frozen(event_slug))
    if not found:
        raise Http404
    named = {ledger.reference(one): one for one in found}
    entries = PublicationEntry.objects.filter(kind=ledger.KIND, reference__in=named)
    for entry in entries:
        named[entry.reference].entry = entry
    context = {"matrices": found, "event": found[0].record.event, "section": "archive"}
    return render(request, "accountability/matrices.html", context)


@require_safe
def matrix_file(request, event_slug, edition):
    """One edition, which never changes."""
    frozen = get_object_or_404(_frozen(event_slug), edition=int(edition))
    return cached_download(request, frozen.stored, keep=FOR_EVER)
