"""Reading settings (text size, contrast): six values in one cookie without personal data."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import SimpleLazyObject

SIZES = ("1", "2", "3")
CONTRASTS = ("n", "a")
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class ReadingSetting:
    """What a visitor chose. Who chose nothing gets what the device prefers (`prefers-contrast`)."""

    size: str = "1"
    contrast: str = "n"
    is_chosen: bool = False

    @property
    def value(self) -> str:
        """The cookie's value; empty for who chose nothing."""
        return self.size + self.contrast if self.is_chosen else ""


def from_cookie(cookies: dict) -> ReadingSetting:
    """What the visitor chose; anything else than the six values is the default."""
    value = cookies.get(settings.READING_COOKIE_NAME, "")
    if len(value) == 2 and value[0] in SIZES and value[1] in CONTRASTS:
        return ReadingSetting(value[0], value[1], is_chosen=True)
    return ReadingSetting()


class ReadingSettingsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reading = SimpleLazyObject(lambda: from_cookie(request.COOKIES))
        return self.get_response(request)
