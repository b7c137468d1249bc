"""Groups of people an event calls, as data that an administrator edits."""

from django.db import migrations

GROUPS = [
    ("organisations", "Organizaciones sociales"),
    ("veedurias", "Veedurías ciudadanas"),
    ("alcaldias", "Alcaldías"),
    ("sector", "Instituciones del sector"),
    ("control_bodies", "Organismos de control"),
    ("media", "Medios de comunicación"),
    ("juntas", "Juntas de acción comunal"),
    ("leaders", "Líderes y lideresas"),
]


def add(apps, schema_editor):
    model = apps.get_model("events", "ContactGroup")
    for order, (code, name) in enumerate(GROUPS, 1):
        model.objects.create(code=code, name=name, order=order)


class Migration(migrations.Migration):
    dependencies = [("events", "0004_the_event")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
