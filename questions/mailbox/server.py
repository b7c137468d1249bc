"""The IMAP server of the mailbox: what is new there, its bytes, and where it goes afterwards."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imap_tools import AND, OR, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from questions.mailbox.place import Place

TIMEOUT = 15
DONE, GIVEN_UP = "Radicado", "NoRadicado"
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError)
_NAMESPACE = re.compile(rb'^\(\("([^"]*)"')
_KINDS = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}


@dataclass(frozen=True)
class Found:
    """What the server says of a mail before it is fetched. `came` is when the mailbox got it."""

    uid: str
    came: datetime
    size: int
    is_seen: bool


class Server:
    """One open folder. Works also where the server has no MOVE or keeps no keywords."""

    def __init__(self, box):
        self.box = box
        # What a server can do is told in full only after the login.
        _status, told = box.client.capability()
        box.client.capabilities = tuple(told[-1].decode("ascii", "replace").upper().split())
        _status, flags = box.client.response("PERMANENTFLAGS")
        kept = (flags[-1] or b"").decode("ascii", "replace")
        self.keeps_keywords = "\\*" in kept or (DONE in kept and GIVEN_UP in kept)
        self.moves = "MOVE" in box.client.capabilities

    def new(self, since: datetime) -> Iterator[Found]:
        """What nobody opened, and what came after `since` although somebody opened it meanwhile.

        The date is asked for a day early: servers compare days in a zone of their own.
        """
        wanted = AND(seen=False)
        if self.keeps_keywords:
            day = (since - timedelta(days=1)).date()
            wanted = AND(OR(seen=False, date_gte=day), no_keyword=[DONE, GIVEN_UP])
        for uid in self.box.uids(str(wanted), charset=None):
            found = self._describe(uid)
            if found and (not found.is_seen or found.came >= since):
                yield found

    def _describe(self, uid: str) -> Found | None:
        """None where another reader moved it meanwhile."""
        _status, told = self.box.client.uid("FETCH", uid, "(INTERNALDATE RFC822.SIZE FLAGS)")
        for line in told:
            size = re.search(rb"RFC822\.SIZE (\d+)", line) if isinstance(line, bytes) else None
            came = imaplib.Internaldate2tuple(line) if size else None
            if came:
                flags = imaplib.ParseFlags(line)
                at = datetime.fromtimestamp(time.mktime(came), UTC)
                return Found(uid, at, int(size[1]), rb"\Seen" in flags)
        return None

    def fetch(self, uid: str, most: int) -> bytes | None:
        """The first `most` bytes of a mail, which stays unread; None where it went away."""
        _status, told = self.box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most}>)")
        bodies = (item[1] for item in told if isinstance(item, tuple))
        return next(bodies, None)

    def put_away(self, uid: str, folder: str) -> None:
        """Mark it as done, and move it out of the inbox where the server can."""
        self._mark(uid, DONE)
        if self.moves:
            with suppress(ImapToolsError):  # no right to make folders: the mark is enough
                self.box.move(uid, self._folder(folder))

    def give_up(self, uid: str) -> None:
        """Leave it in the inbox with a flag that people see."""
        self._mark(uid, GIVEN_UP, MailMessageFlags.FLAGGED)

    def take_up_again(self) -> None:
        """Forget that mails were given up: they are as new again."""
        uids = self.box.uids(str(AND(keyword=GIVEN_UP)), charset=None)
        self.box.flag(uids, (GIVEN_UP, MailMessageFlags.FLAGGED, MailMessageFlags.SEEN), False)

    def _mark(self, uid: str, keyword: str, *flags: str) -> None:
        keywords = (keyword,) if self.keeps_keywords else ()
        self.box.flag(uid, (MailMessageFlags.SEEN, *flags, *keywords), True)

    def _folder(self, name: str) -> str:
        """The folder, made when it is missing; some servers want all folders below INBOX."""
        below = b""
        if "NAMESPACE" in self.box.client.capabilities:
            _status, told = self.box.client.namespace()
            personal = _NAMESPACE.match(told[-1] or b"")
            below = personal[1] if personal else b""
        path = below.decode("ascii", "replace") + name
        if not self.box.folder.exists(path):
            self.box.folder.create(path)
            self.box.folder.subscribe(path, True)
        return path


@contextmanager
def opened(place: Place) -> Iterator[Server]:
    """The folder, open until the block ends. Raises one of FAULTS.

    The certificate is checked: imaplib by itself would take any.
    """
    secure = {} if place.security == "none" else {"ssl_context": ssl.create_default_context()}
    box = _KINDS[place.security](place.host, place.port, timeout=TIMEOUT, **secure)
    try:
        login = box.login if f"{place.user}{place.password}".isascii() else box.login_utf8
        login(place.user, place.password, initial_folder=place.folder)
        yield Server(box)
    finally:
        with suppress(*FAULTS):
            box.logout()
