"""The web server's process: brings the data up to date, then serves.

One process does both because loading Django takes longer than everything else: a portal whose
machine was restarted is back in half the time. The workers are forked from here (--preload).
"""

import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from portal.base.management.commands.prepare import Command

    prepare = Command()
    call_command(prepare)
    if prepare.found_work:
        # Migrations and compression leave some seventy megabytes behind: begin with a clean memory.
        os.execv(sys.executable, [sys.executable, "-m", "portal.web", *sys.argv[1:]])  # noqa: S606

    from django.db import connections
    from gunicorn.app.wsgiapp import run

    # A connection may not be shared by the workers.
    connections.close_all()
    run()


if __name__ == "__main__":
    main()
