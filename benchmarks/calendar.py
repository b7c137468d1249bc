"""The calendar of all events: 500 of them, built in the process."""

from benchmarks import server

EVENTS, MOST_MS, ROUNDS = 500, 300.0, 5
MEASURE = f"""
import time, django; django.setup()
from django.utils import timezone
from datetime import timedelta
from events.models import Event
from events.takeaway import calendars
at = timezone.now()
Event.objects.bulk_create(
    Event(slug=f"2031-01-01-foro-{{n}}", title=f"Foro {{n}}", status="announced", kind_id="foro",
          summary="Qué se hizo con los recursos de la región, qué falta y por qué. " * 3,
          venue="Auditorio de la sede principal", place_address="Carrera 12 # 9-06, San Gil",
          modality="in_person", calendar_sequence=2, calendar_changed_at=at,
          starts_at=at + timedelta(days=n), ends_at=at + timedelta(days=n, hours=2))
    for n in range({EVENTS})
)
times = []
for _round in range({ROUNDS}):
    start = time.perf_counter()
    calendars.of_all(Event.objects.public().prefetch_related("streams").order_by("starts_at"))
    times.append((time.perf_counter() - start) * 1000)
print(min(times))
"""


def measure(_running: server.Running) -> None:
    """Print the milliseconds on both databases, the best round."""
    print(f"{EVENTS} events, ms (≤ {MOST_MS:g})")
    for name, changes in server.databases():
        with server.prepared(**changes) as env:
            best = float(server.python("-c", MEASURE, env=env))
        print(f"{name:11} {best:6.0f}{'' if best <= MOST_MS else '  MISSED'}")
