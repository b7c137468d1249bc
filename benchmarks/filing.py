"""The POST that files a contribution: processor time, and how many a second beside a bare INSERT.

Both run under the same gunicorn on the same database, by turns; a round of one is followed by a
round of the other. What is filed has an e-mail, a consent and a receipt in the outbox.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks import server
from benchmarks.citizens import Citizen

ROUNDS, POSTS, BROWSERS = 4, 150, 8
MOST_CPU_MS, LEAST_RATIO = 4.0, 0.4


def measure(_running: server.Running) -> None:
    """Print both databases, the best round of each. A POST comes on a connection of its own."""
    print("             CPU ms, one at a time          a second, eight browsers at once")
    print(
        f"             filing (≤ {MOST_CPU_MS:g})  bare INSERT     "
        f"filed  bare INSERT  ratio (≥ {LEAST_RATIO})"
    )
    for name, changes in server.databases():
        with server.prepared(TRUSTED_PROXY_COUNT="1", FLOOD_PER_MINUTE="10000", **changes) as env:
            cpu, bare_cpu, filed, bare = _side_by_side(env)
        mark = "" if cpu <= MOST_CPU_MS and filed / bare >= LEAST_RATIO else "  MISSED"
        print(f"{name:11}  {cpu:6.2f}       {bare_cpu:6.2f}         {filed:7.0f}  {bare:7.0f}     "
              f"{filed / bare:.2f}{mark}")  # fmt: skip


def _side_by_side(env) -> tuple[float, float, float, float]:
    """CPU milliseconds of a filing and of a bare INSERT, and how many of each a second."""
    cpu, bare_cpu, filed, bare = [], [], [], []
    with (
        server.gunicorn("portal.wsgi", env, path="/salud/") as portal,
        server.gunicorn("benchmarks.bare", env, path="/") as floor,
    ):
        for number in range(ROUNDS + 1):
            for browsers, used, rate, running, calls in (
                (1, cpu, None, portal, _filings), (1, bare_cpu, None, floor, _inserts),
                (BROWSERS, None, filed, portal, _filings), (BROWSERS, None, bare, floor, _inserts),
            ):  # fmt: skip
                seconds_used, seconds = _timed(running, calls(running), browsers)
                if number and used is not None:  # the first round warms both up
                    used.append(seconds_used * 1000 / POSTS)
                if number and rate is not None:
                    rate.append(POSTS / seconds)
    return min(cpu), min(bare_cpu), max(filed), max(bare)


def _filings(portal) -> list:
    """What sends the contributions of citizens who are one press away from it."""
    citizens = [Citizen(portal.base) for _number in range(POSTS)]
    for citizen in citizens:
        citizen.open_form()
    time.sleep(2.1)
    for citizen in citizens:
        citizen.write()
    return [citizen.send for citizen in citizens]


def _inserts(floor):
    def insert():
        Citizen(floor.base).ask(
            "POST", "/", {"text": "¿Quién vigila el vertimiento de la quebrada?"}
        )

    return [insert] * POSTS


def _timed(running, calls, browsers) -> tuple[float, float]:
    """CPU seconds of the web server's processes and seconds on the clock, for all calls."""
    before, start = running.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(browsers) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()
    return running.cpu_seconds() - before, time.perf_counter() - start
