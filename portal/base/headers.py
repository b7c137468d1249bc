"""Headers for every answer, errors and static files included."""

from django.middleware.gzip import GZipMiddleware


class SecurityHeadersMiddleware:
    """Outermost: what Django's own middlewares do not send."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "frame-ancestors" not in getattr(response, "_csp_replace", ()):
            response.headers.setdefault("X-Frame-Options", "DENY")  # else the policy says who may
        return response


class PrivatePagesMiddleware:
    """Innermost: an answer that nobody called public is one person's and is stored nowhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses text alone: films, pictures and packages would cost a processor for nothing.

    Part of a file is never compressed, since its bytes were asked for by their place.
    """

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").split(";")[0]
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
        if not is_text or response.status_code == 206:
            return response
        return super().process_response(request, response)
