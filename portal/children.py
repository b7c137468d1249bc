"""Child processes of the supervisor: none outlives it, and a dead one comes back.

Part of `portal.serve`; imports nothing of Django either.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def say(text: str = "") -> None:
    print(text, flush=True)


def start(command: list[str], *, keep: tuple[int, ...] = ()) -> subprocess.Popen:
    """Start a child in a group of its own, so that Ctrl-C reaches the supervisor alone."""
    parent = os.getpid()

    def before_exec():
        # Linux tells the child when the supervisor dies, even of kill -9.
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(
        command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, pass_fds=keep, process_group=0,
        preexec_fn=before_exec,
    )  # fmt: skip


class Child:
    """A program that should always run; a dead one is started again after a growing pause."""

    def __init__(self, name: str, command: list[str], keep: tuple[int, ...] = ()):
        self.name, self.command, self.keep = name, command, keep
        self.process: subprocess.Popen | None = None
        self.started_at = self.again_at = 0.0
        self.pause = 0.5

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started_at > 60:
                self.pause = 0.5
            say(f"{self.name} terminó ({self.process.returncode}); vuelve en {self.pause:g} s.")
            self._kill_group()
            self.process, self.again_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if self.process is None and now >= self.again_at:
            self.process, self.started_at = start(self.command, keep=self.keep), now

    def _kill_group(self) -> None:
        """What a dead child left behind (a web server's workers) goes too."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._kill_group()
            self.process.wait()
