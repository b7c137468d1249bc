"""`/eventos/<slug>/paquete/`: what a package holds, how it is checked, and its ZIP."""

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from zipstream import ZIP_STORED, ZipStream

from accountability.package import bag, ledger, selectors
from events.models import Event
from portal.base.models import PublicationEntry
from portal.base.public_pages import public_page


@public_page(per_event=True)
def event_package(request, event_slug):
    event = get_object_or_404(Event.objects.public(), slug=event_slug)
    return _page(request, selectors.newest(event=event), event=event)


@public_page()
def year_package(request, year):
    if not Event.objects.public().filter(starts_at__year=year).exists():
        raise Http404
    return _page(request, selectors.newest(year=year), year=year)


def _page(request, package, event=None, year=None):
    entry = None
    if package:
        named = PublicationEntry.objects.filter(
            kind=ledger.KIND, reference=ledger.reference(package)
        )
        entry = named.first()
    context = {
        "package": package,
        "event": event,
        "year": year,
        "entry": entry,
        "zip_url": reverse("event_package_zip", args=[event.slug])
        if event
        else reverse("year_package_zip", args=[year]),
        "manifest": bag.MANIFEST,
        "site_url": settings.SITE_URL,
    }
    return render(request, "accountability/package.html", context)


@require_safe
def event_package_zip(request, event_slug):
    get_object_or_404(Event.objects.public(), slug=event_slug)
    return _zip(request, selectors.newest(event__slug=event_slug))


@require_safe
def year_package_zip(request, year):
    return _zip(request, selectors.newest(year=year))


def _zip(request, package):
    """The bag, packed while it is sent: nothing is compressed, so its length is known before."""
    if package is None or not bag.path_of(package.folder).is_dir():
        raise Http404
    zipped = ZipStream.from_path(
        str(bag.path_of(package.folder)), arcname=_name(package), compress_type=ZIP_STORED,
        sized=True,
    )  # fmt: skip
    response = StreamingHttpResponse(
        () if request.method == "HEAD" else zipped, content_type="application/zip"
    )
    response.headers["Content-Length"] = len(zipped)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(package)}.zip"'
    response.headers["ETag"] = f'"{package.sha256}"'
    return response


def _name(package) -> str:
    owner = package.event.slug if package.event_id else package.year
    return f"paquete-{owner}-{package.edition}"
