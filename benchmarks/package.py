"""The package of an event with 2 GB of files: built by a worker of its own, then served as ZIP."""

import hashlib
import json
import time
import urllib.request
from pathlib import Path

from benchmarks import server

FILES, MEGABYTES, MOST_MEMORY = 8, 256, 150
FILL = f"""
import django; django.setup()
import hashlib, os
from pathlib import Path
from django.conf import settings
from events.models import Document, Event
from portal.base.models import StoredFile
event = Event.objects.get(slug="2020-12-21-jornada")
for number in range({FILES}):
    row = StoredFile(name=f"video-{{number}}.pdf", content_type="application/pdf")
    name = f"{{row.pk.hex[:2]}}/{{row.pk.hex}}"
    path = Path(row.content.storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    told = hashlib.sha256()
    with path.open("wb") as file:
        for _piece in range({MEGABYTES}):
            piece = os.urandom(1024**2)
            told.update(piece)
            file.write(piece)
    row.content.name, row.size, row.sha256 = name, path.stat().st_size, told.hexdigest()
    row.save()
    Document.objects.create(event=event, title=f"Archivo {{number}}", stored=row)
"""
BUILD = """
import django; django.setup()
import json, resource, time
from accountability.models import ArchivePackage
from accountability.package import workflow
start = time.perf_counter()
package = workflow.build_due()
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([package.status + package.problem, took, peak, package.size]))
"""


def measure(_running: server.Running) -> None:
    """Print seconds and peak memory of the building and of the serving process."""
    print(f"{FILES * MEGABYTES} MB of files; memory in MB (≤ {MOST_MEMORY})")
    with server.prepared() as env:
        server.python("-c", FILL, env=env)
        status, took, peak, size = json.loads(server.python("-c", BUILD, env=env))
        _say(f"built ({status}), {size / 1e6:.0f} MB", took, peak, status == "ready")
        with server.gunicorn("portal.wsgi", env, path="/salud/") as running:
            start = time.perf_counter()
            address = f"{running.base}/eventos/2020-12-21-jornada/paquete.zip"
            with urllib.request.urlopen(address) as response:  # noqa: S310 - our own loopback
                told, read = int(response.headers["Content-Length"]), _read(response)
            took = time.perf_counter() - start
            workers = [_peak(pid) for pid in server.children(running.pid)]
        _say(f"served, {read / 1e6:.0f} MB", took, max(workers), read == told >= size)


def _read(response) -> int:
    total, digest = 0, hashlib.sha256()
    while piece := response.read(1024**2):
        digest.update(piece)
        total += len(piece)
    return total


def _peak(pid: int) -> float:
    """The most memory a process ever had, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    told = next(line for line in lines if line.startswith("VmHWM"))
    return int(told.split()[1]) / 1024


def _say(what: str, took: float, peak: float, is_whole: bool) -> None:
    verdict = "" if is_whole and peak <= MOST_MEMORY else "  FAILED"
    print(f"{what:32} {took:6.1f} s  {peak:6.0f} MB{verdict}")
