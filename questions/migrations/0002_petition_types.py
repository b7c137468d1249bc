"""The three kinds of petition of Ley 1437 de 2011 art. 14, as data that an administrator edits."""

from django.db import migrations

KINDS = [
    ("general", "Petición general", 15, True, 1),
    ("information", "Petición de información o documentos", 10, False, 2),
    ("consultation", "Consulta", 30, False, 3),
]


def add(apps, schema_editor):
    model = apps.get_model("questions", "PetitionType")
    for code, name, days, usual, order in KINDS:
        model.objects.create(
            code=code, name=name, working_days=days, is_default=usual, order=order
        )


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
