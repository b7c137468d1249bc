"""How much a request may bring: little, save where a view says so of who asks.

It is looked at before the body is read, so nobody fills the disk with what is refused anyway.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.urls import Resolver404, resolve

from portal.base import apart, uploads

FORM = 2 * apart.MEGABYTE
FILES = uploads.MAX_FILES * uploads.MAX_BYTES


def takes_large_bodies(most: Callable):
    """Declare that a view takes more: `most(request)` gives the bytes for who asks, or 0."""

    def declare(view):
        view.most_bytes = most
        return view

    return declare


class BodyLimitMiddleware:
    """Refuses with 413 what is longer than it may be. A body that tells no length is read empty."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        usual = FORM + max(FILES, settings.PRIVATE_MAX_BYTES)
        if length > usual and length > self._most(request):
            raise RequestDataTooBig("the body is longer than this address takes")
        return self.get_response(request)

    @staticmethod
    def _most(request) -> int:
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return 0
        most = getattr(view, "most_bytes", None)
        return most(request) if most else 0
