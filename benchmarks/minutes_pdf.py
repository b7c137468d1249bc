"""Minutes of 60 pages as PDF, drawn by a worker of its own: seconds and memory."""

import json

from benchmarks import server

PAGES, MOST_SECONDS, MOST_MEMORY = 60, 20.0, 500
DRAW = f"""
import django; django.setup()
import io, json, resource, time
from pypdf import PdfReader
from accountability.models import Minutes, MinutesSection
from accountability.paper import drawing
minutes = Minutes.objects.public().get(event__slug="2020-12-21-jornada")
Minutes.objects.filter(pk=minutes.pk).update(drawn=None)
words = "La Subdirección presentó el control de vertimientos y las visitas del año en Oiba. "
text = "\\n\\n".join(f"Párrafo {{n}}. " + words * 7 for n in range({PAGES} * 7))
MinutesSection.objects.create(minutes=minutes, order=900, title="Desarrollo", body=text)
start = time.perf_counter()
drawn = drawing.draw_due()
took = time.perf_counter() - start
stored = Minutes.objects.get(pk=minutes.pk).drawn
pages = len(PdfReader(stored.content.open("rb")).pages)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
children = resource.getrusage(resource.RUSAGE_CHILDREN)
used = children.ru_utime + children.ru_stime
print(json.dumps([drawn, took, used, own, children.ru_maxrss / 1024, pages, stored.size]))
"""


def measure(_running: server.Running) -> None:
    """Print the seconds, the peak memory of worker and drawing program, pages and bytes."""
    with server.prepared() as env:
        drawn, took, used, own, child, pages, size = json.loads(server.python("-c", DRAW, env=env))
    fits = took <= MOST_SECONDS and max(own, child) <= MOST_MEMORY
    verdict = "" if fits and drawn and pages >= PAGES else "  FAILED"
    print(f"{pages} pages, {size / 1024:.0f} KB: {took:.1f} s (≤ {MOST_SECONDS:g})")
    print(f"of the processor: {used:.1f} s")
    print(f"worker {own:.0f} MB, drawing {child:.0f} MB (≤ {MOST_MEMORY}){verdict}")
