"""Seconds from a fresh clone to the first page: `make run`, with only packages cached."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks import server

GOAL_SECONDS = 30


def measure(_running: server.Running) -> None:
    """Clone what is committed, type `make run`, and wait for the first page."""
    with tempfile.TemporaryDirectory(prefix="portal-clone-") as folder:
        clone = Path(folder) / "portal"
        subprocess.run(["git", "clone", "--quiet", str(server.ROOT), str(clone)], check=True)
        port = str(server.free_port())
        env = {k: v for k, v in os.environ.items() if k not in ("DATA_DIR", "VIRTUAL_ENV")}
        start = time.monotonic()
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env={**env, "PORT": port}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            server.wait_for(f"http://127.0.0.1:{port}/", seconds=180)
            seconds = time.monotonic() - start
            print(f"make run, clone to first page: {seconds:.1f} s (goal {GOAL_SECONDS})")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
