"""Make the groups of the roles with exactly the permissions the code gives them."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.site.roles import ROLES


class Command(BaseCommand):
    help = "Make or mend the groups of the roles. Safe to run at every release."

    @transaction.atomic
    def handle(self, *args, **options):
        known = {
            f"{p.content_type.app_label}.{p.codename}": p
            for p in Permission.objects.select_related("content_type")
        }
        for role, names in ROLES.items():
            missing = names - known.keys()
            if missing:
                raise CommandError(f"Unknown permissions of {role}: {', '.join(sorted(missing))}")
            group, _created = Group.objects.get_or_create(name=role)
            group.permissions.set(known[name] for name in names)
        self.stdout.write(f"{len(ROLES)} roles are in place.")
