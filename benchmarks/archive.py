"""The pages of an archive of 50 events, 5,000 contributions and 1,000 commitments.

The same pages of the demo alone stand beside them: as many queries, whatever the archive holds.
"""

import json

from benchmarks import server

MOST_MS = 150.0
HELD = "/eventos/2020-12-21-jornada/"
PAGES = {
    "archive": "/eventos/",
    "archive of a year": "/eventos/2020/",
    "archive of a kind": "/eventos/?tipo=jornada",
    "page of the record": f"{HELD}registro/",
    "record of an event": HELD,
    "questions of an event": f"{HELD}preguntas/",
    "board of commitments": "/compromisos/",
    "menu Participa": "/participa/?anio=2020",
    "links of the menu (ODS)": "/participa/enlaces.ods",
    "site map": "/mapa-del-sitio/",
    "search": "/buscar/?q=agua",
}


def measure(_running: server.Running) -> None:
    """Print queries and milliseconds of each page, uncached, on both databases."""
    print("50 events, 5,000 contributions, 1,000 commitments, uncached")
    print(f"{'':11} {'page':26} queries (before)   median   p95 ms (≤ {MOST_MS:g})")
    for name, changes in server.databases():
        with server.prepared(**changes) as env:
            before = _measured(env)
            server.python("-m", "benchmarks.archive_many", env=env)
            after = _measured(env)
        for page, few, many in zip(PAGES, before, after, strict=True):
            _say(name, page, few[0], *many)


def _measured(env) -> list[list[float]]:
    return json.loads(
        server.python("-m", "benchmarks.archive_in_process", *PAGES.values(), env=env)
    )


def _say(database, page, few, queries, middle, high) -> None:
    marks = [
        *(["MORE QUERIES"] if queries > few else []),
        *(["MISSED"] if high > MOST_MS else []),
    ]
    print(
        f"{database:11} {page:26} {queries:7} ({few:6})   {middle:6.1f}   {high:6.1f}  "
        f"{' '.join(marks)}"
    )
