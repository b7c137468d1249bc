"""`verify_log` over 100,000 entries of the publication log, in a process of its own."""

import time

from benchmarks import server

ENTRIES, MOST_SECONDS = 100_000, 30.0
FILL = f"""
import django; django.setup()
from django.utils import timezone
from portal.base import ledger
from portal.base.models import PublicationEntry, Sequence
at = timezone.now().replace(microsecond=0)
last = PublicationEntry.objects.order_by("-number").first()
number, before, rows = last.number, last.entry_hash, []
while number < {ENTRIES}:
    number += 1
    entry = PublicationEntry(
        number=number, at=at, kind="old", reference=f"RC-2020-{{number:05d}}/1", act="withdrawn",
        sha256=ledger.digest(str(number).encode()), previous_hash=before,
    )
    before = entry.entry_hash = ledger.digest(ledger.line_of(entry).encode())
    rows.append(entry)
PublicationEntry.objects.bulk_create(rows, batch_size=2000)
Sequence.objects.filter(name=ledger.SEQUENCE).update(value=number)
"""


def measure(_running: server.Running) -> None:
    """Print the seconds of the command on both databases; it has to find all of it whole."""
    print(f"{ENTRIES} entries, seconds of verify_log (≤ {MOST_SECONDS:g})")
    for name, changes in server.databases():
        with server.prepared(**changes) as env:
            server.python("-c", FILL, env=env)
            start = time.perf_counter()
            said = server.python("manage.py", "verify_log", env=env).strip()
            took = time.perf_counter() - start
        whole = said == f"{ENTRIES} entries, all whole."
        print(
            f"{name:11} {took:6.1f}{'' if whole and took <= MOST_SECONDS else f'  FAILED {said}'}"
        )
