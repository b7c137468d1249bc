"""A real IMAP server for the tests: Dovecot in a folder of its own, on ports of its own.

It runs as a normal user, as `nobody` where the tests run as root. Every user name has a mailbox
that is empty at first, so each test takes a name of its own.
"""

import grp
import itertools
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from imap_tools import MailBox, MailBoxUnencrypted

from tests.base.mail_server import free_port

PASSWORD = "clave:con@y/adentro"
_names = itertools.count(1)
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%u
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
{more}
"""


def find_program() -> str | None:
    return shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")


def normal_user() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


class Account:
    """One mailbox on the server, as its owner and the world around it see it."""

    def __init__(self, server, name: str):
        self.server, self.name = server, name

    def url(self, *, secure: bool = False) -> str:
        scheme, port = ("imaps", self.server.secure) if secure else ("imap", self.server.plain)
        host = "localhost" if secure else "127.0.0.1"
        return f"{scheme}://{quote(self.name)}:{quote(PASSWORD, safe='')}@{host}:{port}/INBOX"

    @contextmanager
    def opened(self, folder: str = "INBOX"):
        with MailBoxUnencrypted("127.0.0.1", self.server.plain).login(
            self.name, PASSWORD, initial_folder=folder
        ) as box:
            yield box

    def deliver(self, raw: bytes, *, came: datetime | None = None, flags=()) -> None:
        """Put a mail into the inbox; `came` is its INTERNALDATE."""
        with self.opened() as box:
            box.append(raw, "INBOX", dt=came, flag_set=list(flags))

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """The flags of each mail of a folder; an empty list where there is no such folder."""
        with self.opened() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return [set(mail.flags) - {"\\Recent"} for mail in box.fetch(mark_seen=False)]

    def mark(self, *flags: str) -> None:
        with self.opened() as box:
            box.flag(box.uids(), flags, True)


class MailboxServer:
    """A running Dovecot; `account()` gives a mailbox that nobody used before."""

    def __init__(self, folder: Path, plain: int, secure: int):
        self.folder, self.plain, self.secure = folder, plain, secure
        self.certificate = folder / "cert.pem"

    def account(self) -> Account:
        return Account(self, f"direccion{next(_names)}@cas.example")

    def answers(self) -> bool:
        context = ssl.create_default_context(cafile=str(self.certificate))
        try:
            MailBox("localhost", self.secure, timeout=2, ssl_context=context).logout()
        except OSError:
            return False
        return True


@contextmanager
def running(more: str = ""):
    """A Dovecot that is stopped and deleted at the end; `more` is added to its settings."""
    owner = normal_user()
    folder = Path(tempfile.mkdtemp(prefix="portal-imap-"))
    server = MailboxServer(folder, free_port(), free_port())
    process = None
    try:
        _write_settings(server, owner, more)
        process = subprocess.Popen(  # noqa: S603 - the server itself
            [find_program(), "-F", "-c", folder / "dovecot.conf"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **_as(owner),
        )  # fmt: skip
        _wait(server, process)
        yield server
    finally:
        if process:
            process.terminate()
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _as(owner) -> dict:
    root = os.geteuid() == 0
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if root else {}


def _write_settings(server: MailboxServer, owner, more: str) -> None:
    folder = server.folder
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)  # noqa: S603
    text = CONFIG.format(
        folder=folder, user=owner.pw_name, group=grp.getgrgid(owner.pw_gid).gr_name,
        uid=owner.pw_uid, gid=owner.pw_gid, plain=server.plain, secure=server.secure, more=more,
        password=PASSWORD,
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(text)
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _wait(server: MailboxServer, process) -> None:
    for _try in range(100):
        if server.answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    log = server.folder / "log"
    pytest.fail("Dovecot did not start.\n" + (log.read_text() if log.exists() else ""))


@pytest.fixture(scope="session")
def mailbox_server():
    """One server for all tests of a process."""
    if not find_program():
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    with running() as server:
        yield server


@pytest.fixture
def mailbox(mailbox_server, settings):
    """A new mailbox, which the portal is told to read."""
    account = mailbox_server.account()
    settings.IMAP_URL = account.url()
    return account
