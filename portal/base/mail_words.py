"""What a message of the outbox is, in words of the desk: case, step, reader, and its fault."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

_kinds: dict[str, Callable[[list[str]], str]] = {}
NO_ANSWER = (
    "ConnectionRefusedError",
    "ConnectionResetError",
    "TimeoutError",
    "SMTPServerDisconnected",
    "SMTPConnectError",
    "gaierror",
)


def register(kind: str, describe: Callable[[list[str]], str]) -> None:
    """A room says what its keys mean: `describe(["18", "published", …])` for question:18:…"""
    _kinds[kind] = describe


def about(key: str) -> str:
    """A key in words; the key itself where no room knows it."""
    kind, *parts = key.split(":")
    return _kinds[kind](parts) if kind in _kinds else key


def _follow(parts: list[str]) -> str:
    return _("Confirmation of a follow")


register("follow", _follow)


def masked(email: str) -> str:
    """Enough of an address to recognise it: m•••@gmail.com. One that was forgotten is empty."""
    if not email:
        return ""
    name, at, domain = email.partition("@")
    return f"{name[:1]}•••{at}{domain}"


def fault(error: str) -> str:
    """Why the last try failed, as a person can act on it; the server's own code stays beside it."""
    if not error:
        return ""
    name, code = error.split()[0], int((re.findall(r"\b[245]\d\d\b", error) or [0])[0])
    return f"{_fault(name, code)} ({error})"


def _fault(name: str, code: int) -> str:
    if name == "SMTPAuthenticationError":
        return _("The mail server refuses the portal's user or password")
    if name == "SMTPSenderRefused":
        return _("The mail server refuses the portal's sender")
    if name in NO_ANSWER:
        return _("The mail server does not answer")
    if 400 <= code < 500:
        return _("The mail server asks to try later")
    if code >= 500:
        return _("The mail server refuses this address for good")
    return _("The message could not be handed over")
