"""The form's own cookie: which draft this browser writes, and which one it filed last.

Signed, and with two tokens in it. A session would be a row, and so one more wait for the disk at
each step of a walk, and a trace of citizens who only looked.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

SALT = "form"
LIFE = timedelta(hours=12)


@dataclass(frozen=True)
class Kept:
    """Tokens of drafts; whoever holds one may go on with it, or see its receipt."""

    draft: str = ""
    receipt: str = ""


def read(request) -> Kept:
    """What the browser keeps; nothing where the cookie is old, lost or not ours."""
    name = settings.FORM_COOKIE_NAME
    value = request.get_signed_cookie(name, default="", salt=SALT, max_age=LIFE)
    return Kept(*value.split(".")) if value.count(".") == 1 else Kept()


def remember(request, response, token: str):
    """Keep the draft of a step. The one before it may have been filed and keeps its receipt."""
    kept = read(request)
    if kept.draft != token:
        _keep(response, Kept(draft=token, receipt=kept.draft or kept.receipt))
    return response


def filed(response, token: str):
    """Keep what was filed: its receipt may be opened, and the next question is a new draft."""
    return _keep(response, Kept(receipt=token))


def forget(response):
    """Keep nothing any more (a borrowed telephone)."""
    response.delete_cookie(settings.FORM_COOKIE_NAME, samesite="Lax")
    return response


def _keep(response, kept: Kept):
    response.set_signed_cookie(
        settings.FORM_COOKIE_NAME, f"{kept.draft}.{kept.receipt}", salt=SALT, max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response
