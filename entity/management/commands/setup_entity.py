"""Make or change the one entity of this installation."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from entity import setup
from entity.models import Entity, Municipality


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


class Command(BaseCommand):
    help = (
        "Make or change the entity. Asks for what is missing when run on a terminal. "
        "Safe to run again: it adds what is missing and changes only what you name."
    )

    def add_arguments(self, parser):
        for name in (*setup.REQUIRED, *setup.OPTIONAL):
            label = str(Entity._meta.get_field(name).verbose_name)
            parser.add_argument(_flag(name), default="", help=label.replace("%", "%%"))

    def handle(self, *args, **options):
        given = {name: options[name] for name in (*setup.REQUIRED, *setup.OPTIONAL)}
        values = {name: value.strip() for name, value in given.items() if value.strip()}
        missing = setup.missing_fields(values)
        if missing and not sys.stdin.isatty():
            flags = ", ".join(_flag(name) for name in missing)
            raise CommandError(f"Add {flags} and run it again.")
        for name in missing:
            values[name] = self._ask(name)
        try:
            entity = setup.set_up(values)
        except ValidationError as error:
            raise CommandError(_sentence(error)) from error
        self.stdout.write(f"{entity.name} is in place.")
        if setup.municipalities_file(entity.department_code):
            self.stdout.write(f"{Municipality.objects.count()} municipalities.")
        else:
            self.stdout.write(
                f"There is no list of municipalities for department {entity.department_code}: "
                "add them at /gestion/."
            )

    def _ask(self, name: str) -> str:
        """Ask until something is typed; the end of the input stops the command."""
        label = Entity._meta.get_field(name).verbose_name
        while True:
            try:
                value = input(f"{str(label).capitalize()}: ").strip()
            except (EOFError, KeyboardInterrupt) as error:
                raise CommandError("Stopped. Nothing was saved.") from error
            if value:
                return value


def _sentence(error: ValidationError) -> str:
    problems = [
        f"{_flag(name) if name != '__all__' else ''} {' '.join(texts)}".strip()
        for name, texts in error.message_dict.items()
    ]
    return "Nothing was saved. " + " ".join(problems)
