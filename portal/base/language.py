"""The language is part of the address: `/en/…` is English, everything else Spanish."""

from django.conf import settings
from django.utils import translation


class PathLanguageMiddleware:
    """Looks at nothing but the path, unlike Django's own: a page is the same for everybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        english = request.path_info.startswith("/en/")
        language = "en" if english else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response


def default_path(obj) -> str:
    """The Spanish address of an object: the one that is stored, cited and never changes."""
    with translation.override(settings.LANGUAGE_CODE):
        return obj.get_absolute_url()
