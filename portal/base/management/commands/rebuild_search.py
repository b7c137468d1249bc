"""Write the search rows of everything public anew."""

from django.core.management.base import BaseCommand

from portal.base import search_rebuild


class Command(BaseCommand):
    help = "Write the search rows anew; may run while the portal works, and again at any time."

    def handle(self, *args, **options):
        for kind, rows in search_rebuild.rebuild().items():
            self.stdout.write(f"{kind}: {rows}")
