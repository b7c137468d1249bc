"""Attachments of answers: of published editions for everybody, else for the author alone."""

from django.http import Http404
from django.utils.cache import get_conditional_response, patch_cache_control

from portal.base.downloads import download
from questions import selectors
from questions.views.author import followed_case

PUBLIC = "public, max-age=0, s-maxage=1, must-revalidate"


def answer_file(request, number, pk):
    """An attachment as it was published: a picture is shown, anything else is a download."""
    return _served(request, *_file_or_404(request, number, pk), small=False)


def answer_picture(request, number, pk):
    """The small copy of a picture, for pages."""
    return _served(request, *_file_or_404(request, number, pk), small=True)


def _file_or_404(request, number, pk):
    """The attachment, and whether everybody may see it. A session is only asked where none may."""
    file = selectors.published_file(number, pk)
    if file is None:
        raise Http404
    if selectors.is_public(file.answer.question):
        return file, True
    if not selectors.is_answered_by(followed_case(request), file.answer):
        raise Http404
    return file, False


def _served(request, file, is_public, *, small):
    """The bytes under a policy that lets nothing act; what is kept is asked about each time."""
    stored = file.small if small and file.small_id else file.stored
    etag = f'"{stored.sha256}"'
    response = get_conditional_response(request, etag=etag)
    response = response or download(stored, inline=file.is_picture)
    response.headers["ETag"] = etag
    if is_public:
        response.headers["Cache-Control"] = PUBLIC
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
