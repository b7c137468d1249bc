"""Reading settings (text size, contrast): six values in one cookie without personal data."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import SimpleLazyObject

SIZES = ("1", "2", "3")
CONTRASTS = ("n", "a")
DEFAULT = "1n"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class ReadingSetting:
    size: str = "1"
    contrast: str = "n"

    @property
    def value(self) -> str:
        return self.size + self.contrast

    @property
    def is_default(self) -> bool:
        return self.value == DEFAULT


def from_cookie(cookies: dict) -> ReadingSetting:
    """What the visitor chose; anything else than the six values is the default."""
    value = cookies.get(settings.READING_COOKIE_NAME, "")
    if len(value) == 2 and value[0] in SIZES and value[1] in CONTRASTS:
        return ReadingSetting(*value)
    return ReadingSetting()


class ReadingSettingsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reading = SimpleLazyObject(lambda: from_cookie(request.COOKIES))
        return self.get_response(request)
