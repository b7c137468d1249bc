"""Attachments of answers: of published editions for everybody, else for the author alone."""

from django.http import Http404

from portal.base.downloads import PUBLIC, cached_download
from questions import selectors
from questions.views.author import followed_case


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
    keep = PUBLIC if is_public else "private, no-store"
    return cached_download(request, stored, inline=file.is_picture, keep=keep)
