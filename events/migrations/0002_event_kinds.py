"""Kinds of event that the law and the Manual Único name, as data that an administrator edits."""

from django.db import migrations

KINDS = [
    ("jornada", "Jornada de rendición de cuentas", False),
    ("audiencia_publica", "Audiencia pública", True),
    ("audiencia_seguimiento", "Audiencia de seguimiento al plan de acción", True),
    ("foro", "Foro", False),
    ("mesa_de_trabajo", "Mesa de trabajo", False),
    ("feria", "Feria de la gestión", False),
    ("reunion_zonal", "Reunión zonal", False),
    ("espacio_mensual", "Espacio mensual", False),
]


def add(apps, schema_editor):
    model = apps.get_model("events", "EventKind")
    for order, (code, name, is_hearing) in enumerate(KINDS, 1):
        model.objects.create(code=code, name=name, is_hearing=is_hearing, order=order)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
