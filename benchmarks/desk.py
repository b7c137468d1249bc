"""The desk with 10,000 contributions: queries and p95 of its list, its review page and its home."""

import subprocess
import sys

from benchmarks import server

GOAL_MS = 300


def measure(_running: server.Running) -> None:
    """Print a line for each page and database; CPU is that of the portal's own process."""
    for name, changes in server.databases():
        with server.prepared(**changes) as env:
            heading = f"{name:30} queries   CPU ms   p50 ms   p95 ms (goal {GOAL_MS})"
            print(heading, flush=True)
            subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "benchmarks.desk_in_process"],
                env=env, cwd=server.ROOT, check=True,
            )  # fmt: skip
