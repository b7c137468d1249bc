"""A process apart, with limits, for programs of ours that read or draw what may cost too much.

Run as a program this file limits itself and then becomes the program it is given. What that one
takes too much of ends there: the web server keeps its memory and its processor. It gets no
environment, so nothing of ours can leak through a parser.
"""

import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


class Busy(Exception):
    """No room for one more process now; the same will work a little later."""


class Failed(Exception):
    """The program ended without an answer."""


class TooHeavy(Failed):
    """It took more time or memory than it may."""


@dataclass
class Program:
    """One of our own files, and what a run of it may take; `at_once` of them run together."""

    path: Path
    seconds: int
    memory: int
    disk: int = 0
    at_once: int = 1

    def __post_init__(self):
        self._places = threading.BoundedSemaphore(self.at_once)

    def run(self, data: bytes, *arguments: str) -> bytes:
        """Its answer on standard output. Raises Busy, TooHeavy or Failed."""
        if not self._places.acquire(timeout=self.seconds):
            raise Busy
        try:
            return self._answer(data, arguments)
        except OSError as error:  # the machine has no room for one more process
            raise Busy from error
        finally:
            self._places.release()

    def _answer(self, data: bytes, arguments) -> bytes:
        limits = map(str, (self.seconds, self.memory, self.disk))
        command = [sys.executable, "-I", __file__, str(self.path), *limits, *arguments]
        try:
            child = subprocess.run(  # noqa: S603 - our own files, folders and numbers
                command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={}, timeout=2 * self.seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise TooHeavy from error
        # Memory that is refused ends a compiled library with SIGABRT or SIGSEGV.
        if -child.returncode in (
            signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV,
        ):  # fmt: skip
            raise TooHeavy
        if child.returncode:
            raise Failed
        return child.stdout


def limit_this_process(seconds: int, memory: int, disk: int) -> None:
    """The kernel ends what takes too long; too much memory is a MemoryError. No core dumps."""
    import resource

    wishes = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: disk,
    }
    for what, wish in wishes.items():
        hard = resource.getrlimit(what)[1]
        most = wish if hard == resource.RLIM_INFINITY else min(wish, hard)
        resource.setrlimit(what, (most, most))


def main() -> None:
    """`apart.py PROGRAM SECONDS MEMORY DISK [ARGUMENT…]`."""
    import runpy

    _own, program, seconds, memory, disk, *arguments = sys.argv
    limit_this_process(int(seconds), int(memory), int(disk))
    sys.argv = [program, *arguments]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
