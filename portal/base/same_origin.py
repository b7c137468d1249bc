"""Small anonymous POSTs from public pages, without a token: only our own pages may send them."""

import functools

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


def _is_own(request) -> bool:
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        scheme = "https" if request.is_secure() else "http"
        return origin in (f"{scheme}://{request.get_host()}", settings.SITE_URL)
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def same_origin_post(view=None, *, get=None):
    """A POST view without a CSRF token: refused with 403 unless the portal's own page sent it.

    `get` is the view for who only opens the address; without one, that is refused with 405.
    """
    if view is None:
        return functools.partial(same_origin_post, get=get)

    @csrf_exempt
    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if get and request.method in ("GET", "HEAD"):
            return get(request, *args, **kwargs)
        return posted(request, *args, **kwargs)

    @require_POST
    def posted(request, *args, **kwargs):
        if not _is_own(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.same_origin = True
    return guarded
