"""`/verificar/`: what was published, and whether a file is what was published."""

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accountability.verification import selectors
from portal.base import addresses, ledger
from portal.base.addresses import client_address
from portal.base.models import PublicationEntry
from portal.base.public_pages import public_page
from portal.base.same_origin import same_origin_post

WINDOW, MOST_FILES = timedelta(minutes=10), 60
LARGEST = 200 * 1024 * 1024


@public_page(free=("huella", "radicado"))
def verify(request):
    """Ask the log for a file's SHA-256, or for a contribution or commitment by its number."""
    by_hash, by_number = selectors.Search(), selectors.Search()
    if typed := request.GET.get("huella"):
        by_hash = selectors.by_hash(typed)
    elif typed := request.GET.get("radicado"):
        by_number = selectors.by_reference(typed)
    return _page(request, by_hash, by_number)


def _page(request, by_hash, by_number, file_error="", status=200):
    context = {
        "by_hash": by_hash,
        "by_number": by_number,
        "found": by_hash if by_hash.was_asked else by_number,
        "file_error": file_error,
        "last": PublicationEntry.objects.first(),
    }
    return render(request, "accountability/verify.html", context, status=status)


@same_origin_post
def verify_file(request):
    """A file that was sent is read, its SHA-256 looked for, and nothing of it kept."""
    key = addresses.limit_key(client_address(request))
    if addresses.count("verify-file", key, window=WINDOW) > MOST_FILES:
        return _refused(request, _("Too many files from here. Wait ten minutes."), 429)
    upload = request.FILES.get("archivo")
    if upload is None:
        return _refused(request, _("Choose the file that you want to check."), 400)
    if upload.size > LARGEST:
        return _refused(request, _("The file is too large: the most is 200 MB."), 413)
    digest = ledger.digest_of_upload(upload)
    return HttpResponseRedirect(f"{reverse('verify')}?huella={digest}#resultado", status=303)


def _refused(request, sentence, status):
    return _page(request, selectors.Search(), selectors.Search(), sentence, status)


@public_page()
def verify_entry(request, number):
    """One entry: what a printed copy's QR leads to."""
    entry = get_object_or_404(PublicationEntry, pk=number)
    context = {
        "entry": entry,
        "line": ledger.line_of(entry).replace("\t", " · "),
        "has_content": selectors.content_of(entry) is not None,
        "others": PublicationEntry.objects.filter(kind=entry.kind, reference=entry.reference)
        .exclude(pk=entry.pk)[: selectors.MOST],
    }  # fmt: skip
    return render(request, "accountability/verify_entry.html", context)


@require_safe
def verify_content(request, number):
    """The very bytes whose SHA-256 stands in the entry, to be checked at home."""
    entry = get_object_or_404(PublicationEntry, pk=number)
    content = selectors.content_of(entry)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="entrada-{entry.pk}.json"'
    return response


@require_safe
def log_file(request):
    """The whole log as text, one line for each entry."""
    response = StreamingHttpResponse(ledger.lines(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registro-publicaciones.txt"'
    return response
