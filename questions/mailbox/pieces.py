"""A mail taken to pieces, as a program of its own (`portal.base.apart`): JSON and files out.

Python's mail parser can be made to recurse, or to take hours for a header of semicolons. So this
runs with limits, knows neither Django nor the settings, and when it fails the mail is kept whole.
"""

import email
import html
import json
import re
import sys
from email.header import decode_header
from email.policy import Compat32
from email.utils import parseaddr

import nh3

MAX_LINE = 2_000  # of a header that is read
MAX_BODY = 400_000  # characters of a text that are looked at
MAX_PARTS = 500
HEADERS = (
    "auto-submitted", "precedence", "x-auto-response-suppress", "list-id", "return-path",
)  # fmt: skip
_LINES = {"p", "div", "br", "li", "tr", "table", "ul", "ol", "blockquote", "pre", "hr", "a"}
_LINES |= {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCK = re.compile(r"</(?:p|div|table|ul|ol|blockquote|pre|h[1-6])>|<hr>")
_LINE = re.compile(r"<br>|</li>|</tr>")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_IDS = re.compile(r"<[!-;=?-~]{3,200}>")  # visible ASCII: nothing that a database refuses


def decoded(data: bytes, charset: str | None) -> str:
    """Text of bytes in the charset they claim; else as UTF-8, else as Windows wrote it."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name or "utf-8")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


class AsWritten(Compat32):
    """Headers with letters that no standard allows there are read as what they plainly are."""

    def header_fetch_parse(self, name, value):
        return decoded(str(value).encode("utf-8", "surrogateescape"), None)


def as_one_line(value) -> str:
    """A header as it was written, its encoded words left alone: they may hide commas."""
    return " ".join(str(value or "")[:MAX_LINE].split())


def words(value) -> str:
    """A header in words, whatever its encoding claims."""
    raw = as_one_line(value)
    try:
        pieces = decode_header(raw)
    except ValueError:  # HeaderParseError: encoded words that are none
        return raw
    found = (
        piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces
    )
    return "".join(found) or raw


def text_of_html(source: str) -> str:
    """The words of an HTML mail: blocks as paragraphs, links with their address."""
    clean = nh3.clean(
        source, tags=_LINES, attributes={"a": {"href"}}, link_rel=None,
        clean_content_tags={"script", "style", "head", "title"},
    )  # fmt: skip
    clean = re.sub(r"\s+", " ", clean)
    clean = _LINK.sub(_with_address, clean)
    clean = _LINE.sub("\n", _BLOCK.sub("\n\n", clean))
    lines = (line.strip() for line in _unescaped(_TAG.sub("", clean)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unescaped(text: str) -> str:
    return html.unescape(text).replace("\xa0", " ")


def _with_address(link) -> str:
    address, name = _unescaped(link[1]), _TAG.sub("", link[2])
    same = address.removeprefix("mailto:").rstrip("/") in (_unescaped(name).strip(), "")
    return name if same else f"{name} ({link[1]})"


class Pieces:
    """What is found in one mail. `whole` is False where a part could not be read."""

    def __init__(self):
        self.plain, self.html, self.files, self.bounced = [], [], [], []
        self.whole = True

    def take(self, message) -> None:
        """Walk through the parts without recursion; an attached mail is a file, not a text."""
        waiting, seen = [message], 0
        while waiting:
            part = waiting.pop()
            seen += 1
            if seen > MAX_PARTS:
                self.whole = False
                return
            if part.get_content_maintype() != "multipart":
                self._leaf(part)
            elif part.is_multipart():
                waiting.extend(reversed(part.get_payload()))
            else:  # it announces parts and has none
                self.whole = False

    def _leaf(self, part) -> None:
        try:
            self._keep(part)
        except Exception:  # parsers of hostile bytes raise whatever they like
            self.whole = False

    def _keep(self, part) -> None:
        kind = part.get_content_type()
        name = words(part.get_filename())
        is_text = kind in ("text/plain", "text/html") and not name
        if is_text and part.get_content_disposition() != "attachment":
            text = decoded(part.get_payload(decode=True) or b"", part.get_content_charset())
            self.whole &= len(text) <= MAX_BODY
            (self.plain if kind == "text/plain" else self.html).append(text[:MAX_BODY])
        else:
            self._file(part, kind, name)

    def _file(self, part, kind: str, name: str) -> None:
        if part.is_multipart():  # message/rfc822, message/delivery-status
            inner = part.get_payload()
            data = b"\n".join(one.as_bytes() for one in inner)
            name = name or words(inner[0].get("subject")) or "mensaje"
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
        else:
            data = part.get_payload(decode=True) or b""
            name = name or f"archivo.{kind.rpartition('/')[2][:8]}"
        if data:
            self.files.append((name, data))

    def text(self) -> str:
        """The plain text, or the words of the HTML where there is none."""
        plain = "\n\n".join(self.plain)
        if plain.strip() or not self.html:
            return plain
        return "\n\n".join(text_of_html(source) for source in self.html)


def undelivered(message) -> list[str]:
    """Message-IDs that a report says will not be delivered; a delay is none."""
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return []
    found, failed = [], False
    for part in message.get_payload():
        kind = part.get_content_type()
        if kind == "message/delivery-status" and part.is_multipart():
            actions = [str(block.get("action", "")) for block in part.get_payload()]
            failed |= any(action.strip().lower() == "failed" for action in actions)
        elif kind == "message/rfc822" and part.is_multipart():
            found.append(str(part.get_payload()[0].get("message-id", "")))
        elif kind == "text/rfc822-headers":
            head = email.message_from_bytes(part.get_payload(decode=True) or b"")
            found.append(str(head.get("message-id", "")))
    return _IDS.findall(" ".join(found))[:10] if failed else []


def answer(raw: bytes) -> bytes:
    """One line of JSON, then the bytes of the files one after another."""
    message = email.message_from_bytes(raw, policy=AsWritten())
    pieces = Pieces()
    pieces.take(message)
    name, address = parseaddr(as_one_line(message.get("from")))
    facts = {
        "subject": words(message.get("subject")),
        "name": words(name),
        "address": address,
        "thread": thread(message),
        "headers": {key: str(message.get(key))[:200] for key in HEADERS if key in message},
        "kind": message.get_content_type(),
        "undelivered": undelivered(message),
        "text": pieces.text(),
        "whole": pieces.whole,
        "files": [[name, len(data)] for name, data in pieces.files],
    }
    return json.dumps(facts).encode() + b"\n" + b"".join(data for _name, data in pieces.files)


def thread(message) -> list[str]:
    """The Message-IDs that this one replies to, the nearest first."""
    named = f"{message.get('references', '')} {message.get('in-reply-to', '')}"
    return list(dict.fromkeys(reversed(_IDS.findall(named[-20_000:]))))[:50]


def main() -> None:
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
