"""SIGKILL of web server and worker under submissions: nothing that was shown or queued is lost.

The portal runs under its own supervisor and sends to a real SMTP server. Citizens file without a
pause; who gets no answer presses again, with the same draft. Afterwards every receipt is opened
with its number and code, and every message is looked for in the inbox.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path

from benchmarks import server
from benchmarks.citizens import Citizen
from tests.base.mail_server import MailServer
from tests.base.mail_server import running as mail_running

RUNS, KILLS, RECEIPTS, CITIZENS = 3, 10, 350, 12
LONGEST = 600  # seconds, for a run and for the queue to be empty


def measure(_running: server.Running) -> None:
    """Print a line for each run, and what was lost, twice or missing, which should be nothing."""
    print("database     run  kills  receipts  lost  filed twice  unsent  mails twice (answer lost)")
    for name, changes in server.databases():
        for number in range(1, RUNS + 1):
            with tempfile.TemporaryDirectory(prefix="portal-kill-") as folder:
                found = _run(folder, server.anew(changes, f"run{number}"))
                print(f"{name:11} {number:4}  {found}", flush=True)


def _run(folder: str, changes: dict[str, str]) -> str:
    inbox = MailServer()
    with mail_running(inbox) as mail_port, _portal(folder, mail_port, changes) as portal:
        crowd = Crowd(portal.base)
        for number in range(KILLS):
            time.sleep(3)
            portal.kill(and_supervisor=number % 2 == 1)
            server.wait_for(f"{portal.base}/salud/", LONGEST)
        crowd.finish(RECEIPTS)
        lost = [receipt for receipt in crowd.receipts if not _opens(portal.base, *receipt)]
        facts = _after(portal.env)
    arrived = Counter(message["Message-ID"] for message in inbox.inbox)
    twice = {key: number for key, number in arrived.items() if number > 1}
    unsent = facts["unsent"] + facts["unqueued"] + sum(key not in arrived for key in facts["sent"])
    explained = all(n == 2 and facts["sent"].get(key, 0) > 1 for key, n in twice.items())
    enough = len(crowd.receipts) >= RECEIPTS
    good = enough and not lost and not facts["repeated"] and not unsent and explained
    return (
        f"{KILLS:5}  {len(crowd.receipts):8}  {len(lost):4}  {facts['repeated']:11}  {unsent:6}  "
        f"{len(twice):3}{'' if good else '  FAILED'}"
    )


@contextlib.contextmanager
def _portal(folder, mail_port, changes):
    portal = Portal(folder, mail_port, changes)
    try:
        server.wait_for(f"{portal.base}/salud/", LONGEST)
        yield portal
    finally:
        portal.process.terminate()
        portal.process.wait(60)


class Portal:
    """The portal under its supervisor, which starts again whatever dies."""

    def __init__(self, folder, mail_port, changes):
        port = server.free_port()
        self.base, self.folder = f"http://127.0.0.1:{port}", folder
        self.env = {
            **os.environ, "DATABASE_URL": "", **changes, "DATA_DIR": folder, "PORT": str(port),
            "PORTAL_MODE": "demo", "TRUSTED_PROXY_COUNT": "1", "LOG_LEVEL": "CRITICAL",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "SECRET_KEY": "durability" * 5,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }  # fmt: skip
        self.start()

    def start(self) -> None:
        with (Path(self.folder) / "supervisor.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "portal.serve"],
                env=self.env, cwd=server.ROOT, stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self, *, and_supervisor: bool) -> None:
        """Web server and worker with all they started, without a word; the supervisor too, which
        the machine's service manager would start again."""
        groups = server.children(self.process.pid)
        if and_supervisor:
            self.process.kill()
            self.process.wait()
        for group in groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if and_supervisor:
            self.start()


class Crowd:
    """Citizens who file one contribution after the other, until they are told to stop."""

    def __init__(self, base: str):
        self.base, self.receipts, self.faults = base, [], []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._file) for _number in range(CITIZENS)]
        for thread in self._threads:
            thread.start()

    def _file(self):
        while not self._stop.is_set():
            try:
                self.receipts.append(self._one())
            except Exception as fault:
                self.faults.append(fault)
                return

    def _one(self):
        citizen = Citizen(self.base)
        self._until_answered(citizen.open_form)
        time.sleep(2.1)
        self._until_answered(citizen.write_anew)
        receipt = self._until_answered(citizen.send_again)
        return self._until_answered(lambda: citizen.receipt(receipt))

    @staticmethod
    def _until_answered(step):
        end = time.monotonic() + LONGEST
        while True:
            try:
                return step()
            except (OSError, HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def finish(self, least: int) -> None:
        """Go on until there are `least` receipts; raises what stopped a citizen."""
        end = time.monotonic() + LONGEST
        while len(self.receipts) < least and not self.faults and time.monotonic() < end:
            time.sleep(0.2)
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self.faults:
            raise self.faults[0]


def _opens(base, reference, code) -> bool:
    """Whether number and code open the case, for a browser that knows nothing of it."""
    citizen = Citizen(base)
    citizen.get("/mi-pregunta/")
    where = citizen.post("/mi-pregunta/", reference=reference, code=code)
    return bool(where) and reference in citizen.get(where)


def _after(env) -> dict:
    """What the database says, once the worker sent what was queued."""
    end = time.monotonic() + LONGEST
    while True:
        facts = json.loads(server.python("-m", "benchmarks.durability_check", env=env))
        if not facts["unsent"] or time.monotonic() > end:
            return facts
        time.sleep(1)
