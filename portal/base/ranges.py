"""Parts of a large file, as a player asks for them (RFC 9110, section 14): one range at a time.

Several ranges in one request, and what is no range, are answered with the whole file, as the
standard allows.
"""

import re

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from whitenoise.responders import SlicedFile

from portal.base.downloads import PUBLIC, download
from portal.base.models import StoredFile

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_NONE = (1, 0)
# A link to its second 750 opens a player of the browser, which may load it; no script may run.
PLAYS_ITSELF = {
    "default-src": ["'none'"], "media-src": ["'self'"], "sandbox": ["allow-same-origin"],
}  # fmt: skip


def ranged_download(request, stored: StoredFile) -> HttpResponse:
    """The bytes of a file that everybody may have, whole or the part that was asked for.

    Answers 304, 206 with Content-Range, 416 for a part that lies outside, else 200. Nothing of
    it is held in memory. Where the proxy sends files itself (`ACCEL_REDIRECT`), it is told which.
    Raises Http404 where the file is gone from the disk.
    """
    etag = f'"{stored.sha256}"'
    response = get_conditional_response(request, etag=etag) or _bytes(request, stored, etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = PUBLIC
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _bytes(request, stored: StoredFile, etag: str) -> HttpResponse:
    whole = download(stored, inline=True)
    whole._csp_replace = PLAYS_ITSELF
    if settings.ACCEL_REDIRECT:
        whole.close()
        return _by_the_proxy(stored, whole)
    asked = _asked(request, stored.size, etag)
    if asked is None:
        return whole
    start, end = asked
    if start > end:
        whole.close()
        return _outside(stored)
    return _part(whole, stored, start, end)


def _part(whole: FileResponse, stored: StoredFile, start: int, end: int) -> FileResponse:
    part = FileResponse(
        SlicedFile(whole.file_to_stream, start, end),
        filename=stored.name, content_type=stored.content_type, status=206,
    )  # fmt: skip
    part.headers["Content-Range"] = f"bytes {start}-{end}/{stored.size}"
    part.headers["Content-Length"] = str(end - start + 1)
    part._csp_replace = PLAYS_ITSELF
    return part


def _outside(stored: StoredFile) -> HttpResponse:
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})


def _by_the_proxy(stored: StoredFile, whole: FileResponse) -> HttpResponse:
    response = HttpResponse(content_type=stored.content_type)
    response.headers["X-Accel-Redirect"] = settings.ACCEL_REDIRECT + stored.content.name
    response.headers["Content-Disposition"] = whole.headers["Content-Disposition"]
    response._csp_replace = PLAYS_ITSELF
    return response


def _asked(request, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte; the first beyond the last where it lies outside; None for the whole.

    A part is only good with the bytes that the client has already: If-Range says of which file.
    Only GET has parts.
    """
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else _NONE
    if last and int(last) < int(first):
        return None
    end = min(int(last or size), size - 1)
    return (int(first), end) if int(first) < size else _NONE
