"""What PostgreSQL's texts can't hold (NUL) is taken out of a request before anybody reads it.

SQLite holds it; so a page that was never asked for with one on PostgreSQL would fail there alone.
"""

from django.http import Http404
from django.http.request import UnreadablePostError

NUL = "\x00"
_ESCAPED = "%00"
_SPACE = "%20"  # not nothing: "%%0000" without its middle would be one again


class PlainInputMiddleware:
    """Addresses, cookies and fields without NUL; files are looked at where they are taken in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if NUL in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if _ESCAPED in query:
            request.META["QUERY_STRING"] = query.replace(_ESCAPED, _SPACE)
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Fields are read after the public store was asked, and before any view."""
        if request.method != "POST":
            return
        try:
            fields = request.POST
        except UnreadablePostError:  # the visitor is gone: the guard of forms answers
            return
        if any(NUL in value for values in fields.lists() for value in values[1]):
            request.POST = _without_nul(fields)


def _without_nul(fields):
    plain = fields.copy()
    for name, values in fields.lists():
        plain.setlist(name, [value.replace(NUL, "") for value in values])
    return plain
