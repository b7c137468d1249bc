"""Queries and CPU of each public page; warm pages and 304 against an empty Django view."""

import http.client
import json
import subprocess
import sys
from urllib.parse import urlsplit

from benchmarks import server
from benchmarks.addresses import ADDRESSES

REQUESTS = 1500


def measure(running: server.Running) -> None:
    """Print a line for each page, then the warm page and the 304 beside the floor."""
    output = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.in_process"]
        + [path for _name, path, _most in ADDRESSES],
        env={**running.env, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=server.ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    print(f"{'page':28} queries (≤)   CPU ms   HTML KB (br)")
    for (name, _path, most), row in zip(ADDRESSES, json.loads(output), strict=True):
        mark = "" if row["queries"] <= most else "  TOO MANY"
        print(
            f"{name:28} {row['queries']:3} ({most:2})     {row['cpu_ms']:6.1f}   "
            f"{row['bytes'] / 1000:6.1f}{mark}"
        )
    _warm(running)


def _warm(running):
    with server.gunicorn("benchmarks.floor", running.env, path="/") as floor:
        floor_ms = cpu_per_request(floor, "/", {})
    event = "/eventos/2020-12-21-jornada/"
    headers = {"Accept-Encoding": "br"}
    etag = fetch(running, event, headers).headers["ETag"]
    warm = cpu_per_request(running, event, headers)
    not_modified = cpu_per_request(running, event, {**headers, "If-None-Match": etag})
    print(f"\nempty Django view      {floor_ms:.2f} CPU ms a request")
    print(f"warm event page        {warm:.2f} ({warm / floor_ms:.1f} × the empty view)")
    print(f"304 of the event page  {not_modified:.2f} ({not_modified / floor_ms:.1f} ×)")


def fetch(running, path, headers):
    connection = http.client.HTTPConnection(urlsplit(running.base).netloc)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def cpu_per_request(running, path, headers) -> float:
    """CPU milliseconds of the server for one request, on a connection that stays open."""
    connection = http.client.HTTPConnection(urlsplit(running.base).netloc)

    def ask(times):
        for _number in range(times):
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()

    ask(100)
    before = running.cpu_seconds()
    ask(REQUESTS)
    used = running.cpu_seconds() - before
    connection.close()
    return used * 1000 / REQUESTS
