"""Search among 100,000 published contributions, side by side on both databases.

The same generated rows and the same queries; what is timed is what the page itself asks: which
and how many (at most 5,001), and the twenty entries it shows.
"""

import json
import os

from benchmarks import server

CONTRIBUTIONS = int(os.environ.get("BENCH_CONTRIBUTIONS", "100000"))
MOST_MS = 50.0
NAMES = {
    "search": "search page, its own queries",
    "hardest": "  the most common word alone",
    "list": "list of questions with a search",
    "similar": "similar to a text",
}


def measure(_running: server.Running) -> None:
    """Fill a copy on each database and print milliseconds, the middle one and the 95th of 100."""
    print(f"{CONTRIBUTIONS} contributions, milliseconds: median, p95 (≤ {MOST_MS:g}), slowest")
    for name, changes in server.databases():
        with server.prepared(**changes) as env:
            server.python("-m", "benchmarks.many", str(CONTRIBUTIONS), env=env)
            found = json.loads(server.python("-m", "benchmarks.search_in_process", env=env))
        for part, times in found.items():
            middle, high, slowest = times
            mark = "" if high <= MOST_MS or part == "hardest" else "  MISSED"
            print(f"{name:11} {NAMES[part]:32} {middle:6.1f} {high:6.1f} {slowest:6.1f}{mark}")
