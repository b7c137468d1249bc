"""Headers for every answer, errors and static files included."""


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
