"""Run inside a copy's environment: queries and CPU of each page without its store. Prints JSON."""

import json
import sys
import time

import django

django.setup()

from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

ROUNDS = 30


def final_path(client, path):
    response = client.get(path)
    while response.status_code in (301, 302):
        path = response.headers["Location"]
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return path


def measure(client, path):
    path = final_path(client, path)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # now: the next request empties the log
    used = []
    for _round in range(ROUNDS):
        caches["pages"].clear()
        start = time.process_time()
        client.get(path)
        used.append(time.process_time() - start)
    size = len(client.get(path, headers={"Accept-Encoding": "br"}).content)
    used.sort()
    return {"queries": queries, "cpu_ms": used[ROUNDS // 2] * 1000, "bytes": size}


client = Client(SERVER_NAME="127.0.0.1")
print(json.dumps([measure(client, path) for path in sys.argv[1:]]))
