"""A copy of the portal with the demo's data in a folder of its own, as `make run` serves it."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
DJANGO = {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_MODE": "demo"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Running:
    """A served copy: where it answers, its environment, and the processes that serve it."""

    base: str
    env: dict[str, str]
    pid: int

    def cpu_seconds(self) -> float:
        """CPU used so far by the web server's processes (not by the database's)."""
        return sum(_cpu(pid) for pid in [self.pid, *children(self.pid)])


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, seconds: float = 60) -> None:
    """Until the address answers 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2)  # noqa: S310 - our own loopback address
            return
        time.sleep(0.05)
    raise TimeoutError(url)


@contextlib.contextmanager
def gunicorn(app: str, env: dict[str, str], *, path: str):
    """gunicorn with two workers, as in production, on a free port."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--threads", "4", "--worker-class", "gthread", "--no-control-socket",
        "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(base + path)
        yield Running(base, env, process.pid)
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def prepared(**changes: str):
    """The environment of a fresh copy with the demo's data, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        env = {**os.environ, "DATA_DIR": folder, "PORTAL_MODE": "demo", "LOG_LEVEL": "ERROR"}
        env |= {**DJANGO, "DATABASE_URL": "", **changes}
        python("manage.py", "prepare", env=env)
        yield env


def python(*arguments: str, env: dict[str, str]) -> str:
    """What a Python program of ours prints; raises when it fails."""
    command = [sys.executable, "-W", "ignore", *arguments]
    run = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


@contextlib.contextmanager
def portal(**changes: str):
    """The portal with fresh demo data."""
    with prepared(**changes) as env, gunicorn("portal.wsgi", env, path="/salud/") as running:
        yield running


def anew(changes: dict[str, str], name: str) -> dict[str, str]:
    """The same, with an empty database of its own where there is a server of them."""
    url = changes.get("DATABASE_URL")
    if not url:
        return changes
    make = f"from django.db import connection as c; c.cursor().execute('CREATE DATABASE {name}')"
    command = f"import django; django.setup(); {make}"
    python("-c", command, env={**os.environ, "SECRET_KEY": "bench", **changes, **DJANGO})
    return {**changes, "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}


def databases():
    """Each database by turns, as (name, changes of the environment). PostgreSQL as it comes, so
    that a commit waits for the disk as SQLite's does; left out where it is not installed."""
    yield "SQLite", {}
    if postgres.find_programs() is None:
        print("PostgreSQL is not installed: not measured")
        return
    with postgres.cluster("-c shared_buffers=128MB -c log_min_messages=fatal") as url:
        yield "PostgreSQL", {"DATABASE_URL": url}
