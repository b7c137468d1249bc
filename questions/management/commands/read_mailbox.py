"""Read the mailbox of the brochure once: `manage.py read_mailbox`."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from questions.mailbox.reading import Unreachable, read_mailbox


class Command(BaseCommand):
    help = "File what is new in the mailbox of IMAP_URL. The worker does it each minute."

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="also what was given up after several tries"
        )

    def handle(self, *args, again, **options):
        if not settings.IMAP_URL:
            raise CommandError("IMAP_URL is not set: there is no mailbox to read.")
        try:
            results = read_mailbox(again=again)
        except Unreachable as error:
            raise CommandError(f"The mailbox was not read: {error}.") from error
        for result, number in sorted(results.items()):
            self.stdout.write(f"{result}: {number}")
        if not results:
            self.stdout.write("nothing new")
