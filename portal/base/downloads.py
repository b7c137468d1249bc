"""Stored files as answers: nothing in them can act in the browser."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response

from portal.base.models import StoredFile

# It may be replaced or taken away, so who keeps it asks each time.
PUBLIC = "public, max-age=0, s-maxage=1, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
# In place of the portal's own policy: the file may load nothing and run nothing.
LETS_NOTHING_ACT = {"default-src": ["'none'"], "sandbox": [""]}


def download(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The bytes of a stored file, as a download; `inline` shows a picture in the page's place.

    Who may have it is decided before. Raises Http404 where the file is gone from the disk.
    """
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=not inline,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response._csp_replace = LETS_NOTHING_ACT
    return response


def cached_download(
    request, stored: StoredFile, *, inline: bool = False, keep: str = PUBLIC
) -> HttpResponse:
    """The same for a file that everybody may have: with its ETag, and 304 for who has it already.

    `keep` is its Cache-Control.
    """
    etag = f'"{stored.sha256}"'
    response = get_conditional_response(request, etag=etag) or download(stored, inline=inline)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = keep
    return response
