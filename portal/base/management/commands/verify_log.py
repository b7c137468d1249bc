"""Checks the publication log and what it speaks of."""

import sys

from django.core.management.base import BaseCommand

from portal.base import ledger_check
from portal.base.models import PublicationEntry


class Command(BaseCommand):
    help = "Check the publication log, and that what is public is what was published."

    def handle(self, *args, **options):
        found = 0
        for fault in ledger_check.faults():
            found += 1
            self.stderr.write(fault)
        if found:
            self.stderr.write(f"{found} faults.")
            sys.exit(1)
        self.stdout.write(f"{PublicationEntry.objects.count()} entries, all whole.")
