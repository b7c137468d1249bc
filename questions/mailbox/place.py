"""Where the mailbox is, from the setting IMAP_URL."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class WrongAddress(ValueError):
    """IMAP_URL can't be used; the text says what is wrong with it, and never repeats it."""


@dataclass(frozen=True)
class Place:
    """One folder on one server. `security` is tls, starttls or none (this machine only)."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    security: str

    @property
    def address(self) -> str:
        """The mailbox's own address, where its user name is one."""
        try:
            validate_email(self.user)
        except ValidationError:
            return ""
        return self.user


def place_of(url: str) -> Place:
    """The parts of imaps://user:password@host:993/INBOX. Raises WrongAddress."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WrongAddress("the host or the port is not one") from error
    if parts.scheme not in ("imap", "imaps"):
        raise WrongAddress("it begins with neither imaps:// nor imap://")
    if not parts.hostname:
        raise WrongAddress("it names no host")
    if not parts.username or not parts.password:
        raise WrongAddress("it has no user or no password")
    if parts.query or parts.fragment:
        raise WrongAddress("a ? or # of the password is written %3F or %23")
    secure = parts.scheme == "imaps"
    return Place(
        host=parts.hostname,
        port=port or (993 if secure else 143),
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        security="tls" if secure else "none" if _is_this_machine(parts.hostname) else "starttls",
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def reply_address() -> str:
    """Where replies to our messages are read; empty where nobody reads them."""
    try:
        place = own_place()
    except WrongAddress:  # a system check tells it; no message may fail for it
        return ""
    return place.address if place else ""


def own_place() -> Place | None:
    """The mailbox of this installation; None where none is read. Raises WrongAddress."""
    return place_of(settings.IMAP_URL) if settings.IMAP_URL else None
