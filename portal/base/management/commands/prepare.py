"""What must be done before the portal can serve: tables, static files, and the demonstration.

Run by `portal.web` at each start, so every step that has nothing to do costs next to nothing:
the portal must be back within seconds after the machine was restarted.
"""

import hashlib
import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import modes

STAMP = "collected.sha256"
# Pages that were read before an update may still ask for the files of the release before.
KEEP_OLD_FILES = timedelta(days=30)


class Command(BaseCommand):
    help = "Bring tables and static files up to date; in demo mode fill in the demonstration."

    found_work = False

    def handle(self, *args, **options):
        self._tables()
        self._static_files()
        if settings.PORTAL_MODE == modes.DEMO:
            self._demonstration()

    def _tables(self):
        if connection.vendor == "postgresql":
            # The limit that protects pages from slow queries is too short for a migration.
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.found_work = True
            self.stdout.write("Preparando la base de datos…")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)

    def _static_files(self):
        root = Path(settings.STATIC_ROOT)
        stamp, wanted = root / STAMP, static_fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        self.found_work = True
        self.stdout.write("Preparando hojas de estilo, letras e imágenes…")
        still_asked_for(root)
        call_command("collectstatic", interactive=False, verbosity=0)
        remove_old_files(root)
        stamp.write_text(wanted, encoding="ascii")

    def _demonstration(self):
        # By name: the base knows the rooms only by text.
        entity = apps.get_model("entity", "Entity").objects.first()
        if entity is None or entity.is_demo:
            for command in ("setup_roles", "load_demo"):
                call_command(command, stdout=StringIO())


def static_fingerprint() -> str:
    """A hash that moves when any static file of the portal or of a package does."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            with storage.open(name) as file:
                content = hashlib.sha256(file.read()).hexdigest()
            digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def still_asked_for(root: Path) -> None:
    """Give the release that ends now a fresh date: its pages are still open in browsers."""
    for name in staticfiles_storage.hashed_files.values():
        for path in (root / name, root / f"{name}.gz", root / f"{name}.br"):
            if path.exists():
                os.utime(path)


def remove_old_files(root: Path, now: float | None = None) -> int:
    """Delete collected files that no release of the last month needed; returns how many."""
    hashed = staticfiles_storage.hashed_files
    present = {STAMP, staticfiles_storage.manifest_name, *hashed, *hashed.values()}
    oldest = (now or time.time()) - KEEP_OLD_FILES.total_seconds()
    removed = 0
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix().removesuffix(".gz").removesuffix(".br")
        if path.is_file() and name not in present and path.stat().st_mtime < oldest:
            path.unlink()
            removed += 1
    return removed
