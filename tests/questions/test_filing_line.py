"""One filing after the other on SQLite: across processes, and never behind one that died."""

import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection

from questions.sending import _in_line

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone has the line")

HOLDER = (
    "import fcntl, sys; line = open(sys.argv[1], 'ab'); fcntl.flock(line, fcntl.LOCK_EX); "
    "print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def holder(settings, tmp_path):
    """Another process that files at this moment."""
    settings.DATA_DIR = tmp_path
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "filing.lock")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:  # noqa: S603 - our own program
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def filing():
    """A filing of this process, and the moment at which it is its turn."""
    turn = threading.Event()

    def file():
        with _in_line():
            turn.set()

    threading.Thread(target=file, daemon=True).start()
    return turn


def test_it_waits_for_another_process_and_goes_on_when_that_is_done(holder):
    turn = filing()
    assert not turn.wait(0.3)
    holder.stdin.close()
    assert turn.wait(5)


def test_a_process_that_is_killed_holds_up_nobody(holder):
    turn = filing()
    assert not turn.wait(0.3)
    holder.send_signal(signal.SIGKILL)
    assert turn.wait(5)


def test_two_threads_of_one_process_wait_for_each_other(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with _in_line():
        turn = filing()
        assert not turn.wait(0.3)
    assert turn.wait(5)


def test_a_filing_that_fails_lets_the_next_one_go(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(ValueError, match="broken"), _in_line():
        raise ValueError("broken")
    assert filing().wait(5)


@pytest.mark.django_db
def test_who_holds_the_database_already_does_not_wait_in_line(holder):
    """It would wait for one that waits for it."""
    with _in_line():
        assert connection.in_atomic_block
