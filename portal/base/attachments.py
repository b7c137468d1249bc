"""Files that go with a message. The outbox keeps a name ("event-calendar:5"), not the bytes:
five thousand invitations carry one calendar, made when each leaves, so none of them is outdated.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import encoders
from email.mime.base import MIMEBase


@dataclass(frozen=True)
class Attachment:
    """A file as a mail program gets it; `params` belong to its content type."""

    name: str
    content: bytes
    content_type: str
    params: dict = field(default_factory=dict)

    def part(self) -> MIMEBase:
        part = MIMEBase(*self.content_type.split("/"), **self.params)
        part.set_payload(self.content)
        encoders.encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


_makers: dict[str, Callable[[str], Attachment | None]] = {}


def register(kind: str, make: Callable[[str], Attachment | None]) -> None:
    """A room says how its files are made: `make("5")` for "event-calendar:5", None for none."""
    _makers[kind] = make


def made(name: str) -> Attachment | None:
    """The file of a message now; None where it has none, or what it was made of is gone."""
    kind, _colon, key = name.partition(":")
    return _makers[kind](key) if kind in _makers else None
