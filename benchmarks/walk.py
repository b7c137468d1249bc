"""The whole walk of a citizen, every request counted: from the home page to the own case.

A browser with an empty cache: stylesheets, fonts and scripts are asked for once, as they are met.
"""

import re
import time

from benchmarks import server
from benchmarks.citizens import Citizen

WALKS, ROUNDS = 20, 3
MOST_CPU_MS = 35.0
_STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_EVENT_FORM = re.compile(r'href="(/eventos/[^"]+/)preguntar/"')


class Visitor(Citizen):
    """Counts its requests, and asks for what a page needs."""

    def __init__(self, base):
        super().__init__(base)
        self.requests, self._has = 0, set()

    def ask(self, method, path, fields=None):
        self.requests += 1
        return super().ask(method, path, fields)

    def get(self, path):
        page = super().get(path)
        for needed in dict.fromkeys(_STATIC.findall(page)):
            if needed not in self._has:
                self._has.add(needed)
                self.ask("GET", needed)
        self.page = page
        return page

    def arrive(self) -> None:
        """Home, the event in focus, and its form."""
        self.get("/")
        found = _EVENT_FORM.search(self.page)
        if found:
            self.get(found.group(1))
            self.form = f"{found.group(1)}preguntar/"
        self.open_form()

    def file_and_follow(self) -> None:
        """The steps, the receipt, then the own case by number and code."""
        self.write()
        reference, code = self.receipt(self.send())
        self.get("/mi-pregunta/")
        self.get(self._must(self.post("/mi-pregunta/", reference=reference, code=code)))
        if reference not in self.page:
            raise RuntimeError("the own case was not shown")


def measure(_running: server.Running) -> None:
    """Print processor time of the web server for one walk, the best round, on both databases."""
    print(f"{'':11} requests  CPU ms of a walk (≤ {MOST_CPU_MS:g})")
    for name, changes in server.databases():
        with server.portal(TRUSTED_PROXY_COUNT="1", **changes) as running:
            rounds = [_round(running) for _number in range(ROUNDS + 1)]
        requests, best = rounds[-1][0], min(cpu for _requests, cpu in rounds[1:])
        print(f"{name:11} {requests:5}     {best:6.1f}{'' if best <= MOST_CPU_MS else '  MISSED'}")


def _round(running) -> tuple[int, float]:
    """Requests and CPU milliseconds of one walk, over a round of them."""
    visitors = [Visitor(running.base) for _number in range(WALKS)]
    before = running.cpu_seconds()
    for visitor in visitors:
        visitor.arrive()
    time.sleep(2.1)
    for visitor in visitors:
        visitor.file_and_follow()
    used = running.cpu_seconds() - before
    return visitors[0].requests, used * 1000 / WALKS
