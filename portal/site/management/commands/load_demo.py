"""Load the demonstration; run again at each start, it adds the next event when the last is past."""

from django.core.management.base import BaseCommand, CommandError

from portal.site import demo
from portal.site.demo import staff


class Command(BaseCommand):
    help = "Load the demonstration with invented data. Safe to run again: it adds what is missing."

    def handle(self, *args, verbosity=1, **options):
        try:
            steps = demo.load()
        except demo.NotADemo as error:
            raise CommandError(
                "This installation belongs to a real entity. Use another DATA_DIR or DATABASE_URL "
                "for the demonstration."
            ) from error
        if not verbosity:
            return
        self.stdout.write(f"The demonstration is in place ({steps} steps written).")
        if not staff.may_write_logins():
            self.stdout.write("No logins were written, because others can reach this copy.")
