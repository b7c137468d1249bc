"""Programs that fill in public forms: a field nobody sees, and a signed note of when it was opened.

Needs no cookie, no script and no outside service; whoever is taken for a program presses once more.
"""

import secrets

from django.core import signing

HONEYPOT = "sitio_web"
LEAST_SECONDS = 2

_opened = signing.TimestampSigner(salt="ask-opened")


def opened_now() -> str:
    """A signed note of when the form was opened, for the hidden field `started`.

    No two are alike, so it also tells a second press from another person.
    """
    return _opened.sign(secrets.token_hex(8))


def looks_automatic(post) -> bool:
    """Whether a form was filled by a program: the hidden field, or in less than two seconds."""
    if post.get(HONEYPOT):
        return True
    try:
        _opened.unsign(post.get("started", ""))
    except signing.BadSignature:
        return True
    try:
        _opened.unsign(post["started"], max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True
