"""What a mail says, from its bytes. Whatever they are, there is an answer: at worst all of it."""

import hashlib
import itertools
import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.base import apart
from portal.base.addresses import keyed_hash
from portal.base.logs import without_tokens
from portal.base.texts import clean_line, clean_text

PIECES = apart.Program(
    Path(__file__).with_name("pieces.py"), seconds=8, memory=1500 * apart.MEGABYTE, at_once=2
)
MAX_HEAD = 64 * 1024
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^from:(.{0,400})", re.IGNORECASE | re.MULTILINE)
# Where the quoted rest of a reply begins, as the usual programs write it.
_QUOTE = re.compile(
    r"^(?:(?:El|On|Le|Em) .{6,200}(?:\n.{0,120})?(?:escribió|wrote|a écrit|escreveu) ?:\s*$"
    r"|-{2,} ?(?:Mensaje original|Original Message|Mensaje reenviado|Forwarded message)"
    r"|_{12,}$|\*?(?:De|From): .{3,200}$\n^\*?(?:Enviad|Fecha|Sent|Date).{1,200}$|>)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Mail:
    """One mail. `is_whole` is False where a part of it could not be read."""

    raw: bytes
    digest: str
    subject: str = ""
    name: str = ""
    address: str = ""
    thread: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    undelivered: list[str] = field(default_factory=list)
    text: str = ""
    is_whole: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def reply(self) -> str:
        """What the person wrote now, without the mail that is quoted below it."""
        quote = _QUOTE.search(self.text)
        if not quote or _is_answered_within(self.text[quote.start() :]):
            return self.text
        own = self.text[: quote.start()].strip()
        return own if is_visible(own) else self.text


def _is_answered_within(quoted: str) -> bool:
    """Whether somebody wrote between or below the quoted lines: then nothing may be cut."""
    lines = itertools.dropwhile(lambda line: not line.startswith(">"), quoted.splitlines())
    return any(is_visible(line) and not line.startswith(">") for line in lines)


def is_visible(text: str) -> bool:
    """Whether there is anything to see in it: invisible letters alone are no words."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)


def digest_of(raw: bytes) -> str:
    """The same for the same mail, however often it is delivered; nothing can be read from it.

    Its Message-ID alone would not do: some programs use one again and again, and whoever knows
    one could send it first, so that the real mail would be taken for read. The sender's line and
    the body count too. Without a Message-ID the whole mail counts.
    """
    head, body = _split(raw)
    name = _MESSAGE_ID.search(head)
    if not name:
        return keyed_hash("mail", hashlib.sha256(raw).hexdigest())
    sender = _FROM.search(head)
    known = b"\n".join((name[1], sender[1].strip() if sender else b""))
    return keyed_hash("mail", hashlib.sha256(known + hashlib.sha256(body).digest()).hexdigest())


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """Head and body, at the first empty line."""
    end = re.search(rb"\r?\n\r?\n", raw)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")


def read(raw: bytes) -> Mail:
    """The mail in pieces. Raises `apart.Busy` where the machine has no room for the program now."""
    digest = digest_of(raw)
    for source in (raw, _split(raw)[0][:MAX_HEAD] + b"\r\n\r\n"):
        try:
            return _mail(raw, digest, *_pieces(source), is_head=source is not raw)
        except (apart.Failed, ValueError):
            continue
    return Mail(raw, digest)


def _pieces(source: bytes) -> tuple[dict, bytes]:
    line, _newline, files = PIECES.run(source).partition(b"\n")
    return json.loads(line), files


def _mail(raw: bytes, digest: str, facts: dict, files: bytes, *, is_head: bool) -> Mail:
    return Mail(
        raw,
        digest,
        subject=clean_line(facts["subject"]),
        name=clean_line(facts["name"])[:120],
        address=_address(facts["address"]),
        thread=facts["thread"],
        headers=facts["headers"],
        kind=facts["kind"],
        undelivered=facts["undelivered"],
        text="" if is_head else without_tokens(clean_text(facts["text"])),
        is_whole=facts["whole"] and not is_head,
        files=[] if is_head else _cut(facts["files"], files),
    )


def _address(written: str) -> str:
    """An address that a mail can be sent to, or nothing."""
    address = clean_line(written)
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def _cut(sizes: list, data: bytes) -> list[tuple[str, bytes]]:
    files, place = [], 0
    for name, size in sizes:
        files.append((name, data[place : place + size]))
        place += size
    return files
