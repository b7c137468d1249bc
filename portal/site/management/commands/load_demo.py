"""Load the demonstration; run again at each start, it adds the next event when the last is past."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.site import demo
from portal.site.demo import live, staff


class Command(BaseCommand):
    help = "Load the demonstration with invented data. Safe to run again: it adds what is missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--live",
            action="store_true",
            help="with an event whose session is live now: page, console and screen at once",
        )

    def handle(self, *args, verbosity=1, **options):
        try:
            steps = demo.load()
        except demo.NotADemo as error:
            raise CommandError(
                "This installation belongs to a real entity. Use another DATA_DIR or DATABASE_URL "
                "for the demonstration."
            ) from error
        session = live.load() if options["live"] else None
        if not verbosity:
            return
        self.stdout.write(f"The demonstration is in place ({steps} steps written).")
        if not staff.may_write_logins():
            self.stdout.write("No logins were written, because others can reach this copy.")
        if session:
            self._tell(*session)

    def _tell(self, event, is_new: bool) -> None:
        self.stdout.write("A session is live." if is_new else "A session is live already.")
        places = {
            "page": event.get_absolute_url(),
            "console": reverse("console", args=[event.pk]),
            "screen": reverse("screen", args=[event.slug]),
        }
        for name, path in places.items():
            self.stdout.write(f"  {name:8} {settings.SITE_URL}{path}")
