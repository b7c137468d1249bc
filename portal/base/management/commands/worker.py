"""The background worker: sends queued mail and runs regular chores until it is told to stop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from portal.base import outbox, ticks

logger = logging.getLogger("portal.worker")


class Command(BaseCommand):
    help = "Send queued mail and run regular chores. Any number of workers may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between rounds")

    def handle(self, *args, once, pause, **options):
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        if once:
            self._round(stop.is_set)
            return
        while not stop.is_set():
            close_old_connections()
            self._round(stop.is_set)
            stop.wait(pause)

    def _round(self, stopping):
        try:
            ticks.run_due()
            outbox.send_due(stopping=stopping)
        except DatabaseError:
            # The database went away: the queue is in it, so wait and try again.
            logger.exception("the database did not answer")
