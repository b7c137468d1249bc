"""Operators of a session at their consoles, and citizens who ask while it goes on."""

import json
import re
import secrets
import threading
import time
from collections import Counter
from html import unescape
from pathlib import Path

from benchmarks.citizens import Citizen

LOGIN = "/cuenta/login/"
EVERY = 2  # seconds between two acts of an operator
# What each of the two does, over and over; what is not offered at the moment is passed over.
MODERATOR = ("approve", "queue")
HOST = ("on_air", "answered")
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Operator(Citizen):
    """A member of the staff with the console open."""

    def __init__(self, base: str, folder: str, role: str, pk: int, acts: tuple[str, ...]):
        super().__init__(base)
        self.console, self.acts = f"/gestion/vivo/{pk}/", acts
        self.took: list[float] = []
        self.done: Counter = Counter()
        self.problems: Counter = Counter()
        logins = json.loads((Path(folder) / "demo_logins.json").read_text(encoding="utf-8"))
        self.login = next(login for login in logins if login["role"] == role)

    def sign_in(self) -> None:
        self.get(LOGIN)
        self.post(LOGIN, login=self.login["username"], password=self.login["password"])
        self.get(self.console)
        if self.status != 200:
            raise RuntimeError(f"{self.status}: the console did not open")

    def work(self, end: float, offset: float) -> None:
        """One act each two seconds until `end`, as a person does: look, choose, press."""
        turn, at = 0, time.monotonic() + offset
        while at < end:
            time.sleep(max(0, at - time.monotonic()))
            self.get(self.console)
            turn += self._act(turn)
            at += EVERY

    def _act(self, turn: int) -> int:
        """Press the button whose turn it is, or the other one; how many turns that took."""
        for step in range(len(self.acts)):
            name = self.acts[(turn + step) % len(self.acts)]
            form = next((f for f in _FORM.findall(self.page) if f'value="{name}"' in f), None)
            if form is not None:
                self._press(name, {k: unescape(v) for k, v in _FIELD.findall(form)})
                return step + 1
        self.done["nothing to do"] += 1
        return 0

    def _press(self, name: str, fields: dict[str, str]) -> None:
        start = time.perf_counter()
        self.ask("POST", self.console, {**fields, "act": name})
        self.took.append((time.perf_counter() - start) * 1000)
        if self.status not in (200, 303):
            self.problems[f"{name} {self.status}"] += 1
        # A page instead of the way back is the refusal of a move that somebody else made first.
        self.done[name if self.status == 303 else "refused"] += 1


class Asker:
    """Citizens who ask through the short form, so many a second, each from an own address."""

    def __init__(self, base: str, path: str, rate: int):
        self.base, self.path, self.rate = base, path, rate
        self.took: list[float] = []
        self.problems: Counter = Counter()
        self.filed = 0
        self._lock = threading.Lock()

    def run(self, end: float) -> None:
        """Start each citizen at its instant; a slow answer holds up nobody else."""
        asking, at = [], time.monotonic()
        while at < end:
            time.sleep(max(0, at - time.monotonic()))
            asking.append(threading.Thread(target=self._one))
            asking[-1].start()
            at += 1 / self.rate
        for one in asking:
            one.join()

    def _one(self) -> None:
        citizen = Citizen(self.base)
        text = f"¿Quién vigila el vertimiento {citizen.number} que vemos desde la sala hoy?"
        fields = {"text": text, "municipality": "Oiba", "press": secrets.token_hex(16)}
        start = time.perf_counter()
        try:
            to = citizen.ask("POST", self.path, fields)
        except OSError as error:
            to, citizen.status = "", type(error).__name__
        with self._lock:
            self.took.append((time.perf_counter() - start) * 1000)
            if to and citizen.status == 303:
                self.filed += 1
            else:
                self.problems[str(citizen.status)] += 1
