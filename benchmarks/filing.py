"""The POST that files a contribution: processor time, and how many a second beside a bare INSERT.

Both run under the same gunicorn on the same database, by turns; a round of one is followed by a
round of the other. What is filed has an e-mail, a consent and a receipt in the outbox.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks import server
from benchmarks.citizens import Citizen

ROUNDS, POSTS, BROWSERS = 3, 240, 8
MOST_CPU_MS, LEAST_RATIO = 4.0, 0.4


def measure(_running: server.Running) -> None:
    """Print both databases, the best round of each."""
    print(
        f"{'':11} filing CPU ms (≤ {MOST_CPU_MS:g})  filed/s  bare INSERT/s  "
        f"ratio (≥ {LEAST_RATIO})"
    )
    for name, changes in server.databases():
        with server.prepared(TRUSTED_PROXY_COUNT="1", FLOOD_PER_MINUTE="10000", **changes) as env:
            cpu, filed, bare = _side_by_side(env)
        mark = "" if cpu <= MOST_CPU_MS and filed / bare >= LEAST_RATIO else "  MISSED"
        print(f"{name:11} {cpu:6.2f}               {filed:6.0f}  {bare:6.0f}         "
              f"{filed / bare:.2f}{mark}")  # fmt: skip


def _side_by_side(env) -> tuple[float, float, float]:
    """CPU milliseconds of a filing, filings a second, bare INSERTs a second."""
    cpu, filed, bare = [], [], []
    with (
        server.gunicorn("portal.wsgi", env, path="/salud/") as portal,
        server.gunicorn("benchmarks.bare", env, path="/") as floor,
    ):
        for number in range(ROUNDS + 1):
            citizens = _ready(portal)
            used, seconds = _timed(portal, [citizen.send for citizen in citizens])
            _used, bare_seconds = _timed(floor, _inserts(floor))
            if number:  # the first round warms both up
                cpu.append(used * 1000 / POSTS)
                filed.append(POSTS / seconds)
                bare.append(POSTS / bare_seconds)
    return min(cpu), max(filed), max(bare)


def _ready(portal) -> list[Citizen]:
    """Citizens with everything written, one press away from filing."""
    citizens = [Citizen(portal.base) for _number in range(POSTS)]
    for citizen in citizens:
        citizen.open_form()
    time.sleep(2.1)
    for citizen in citizens:
        citizen.write()
    return citizens


def _inserts(floor):
    def insert():
        Citizen(floor.base).ask(
            "POST", "/", {"text": "¿Quién vigila el vertimiento de la quebrada?"}
        )

    return [insert] * POSTS


def _timed(running, calls) -> tuple[float, float]:
    """CPU seconds of the web server's processes and seconds on the clock, for all calls."""
    before, start = running.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(BROWSERS) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()
    return running.cpu_seconds() - before, time.perf_counter() - start
