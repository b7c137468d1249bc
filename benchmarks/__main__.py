"""`python -m benchmarks [name …]`: measure and print. Without names, everything."""

import os
import platform
import sys

from benchmarks import (
    archive,
    calendar,
    desk,
    durability,
    filing,
    first_visit,
    invitations,
    ledger,
    live,
    make_run,
    minutes_pdf,
    package,
    pages,
    search,
    server,
    walk,
)

PARTS = {
    "pages": pages.measure,
    "filing": filing.measure,
    "walk": walk.measure,
    "search": search.measure,
    "durability": durability.measure,
    "desk": desk.measure,
    "first_visit": first_visit.measure,
    "calendar": calendar.measure,
    "make_run": make_run.measure,
    "invitations": invitations.measure,
    "live": live.measure,
    "ledger": ledger.measure,
    "minutes_pdf": minutes_pdf.measure,
    "package": package.measure,
    "archive": archive.measure,
}


def main() -> None:
    names = sys.argv[1:] or list(PARTS)
    print(f"# Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"# load before: {os.getloadavg()[0]:.1f}")
    with server.portal() as running:
        for name in names:
            print(f"\n## {name}")
            PARTS[name](running)


if __name__ == "__main__":
    main()
