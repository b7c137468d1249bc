"""What a link to another place may be."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_https(url: str) -> None:
    """Links to other places are https; `javascript:` and the like never pass."""
    if urlsplit(url).scheme not in ("https", "http"):
        raise ValidationError(_("Write an address that begins with https://"))
