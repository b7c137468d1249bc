"""Stored files as answers: nothing in them can act in the browser."""

from django.http import FileResponse, Http404

from portal.base.models import StoredFile

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
