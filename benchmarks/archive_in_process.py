"""Run inside a copy's environment: queries and wall time of pages without their store, as JSON."""

import json
import sys
import time

import django

django.setup()

from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

ROUNDS = 100


def measured(client, path) -> list[float]:
    """Queries, median and 95th percentile in milliseconds, nothing of the page kept."""
    if client.get(path).status_code != 200:
        raise SystemExit(path)
    queries, times = min(_queries(client, path) for _try in range(4)), []
    for _round in range(ROUNDS):
        for cache in caches.all():
            cache.clear()
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return [queries, times[ROUNDS // 2], times[int(ROUNDS * 0.95)]]


def _queries(client, path) -> int:
    """Of one drawing; now and then a process also looks whether its versions are still the last."""
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


client = Client(SERVER_NAME="127.0.0.1")
print(json.dumps([measured(client, path) for path in sys.argv[1:]]))
