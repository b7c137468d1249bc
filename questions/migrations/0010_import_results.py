from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0009_the_event")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="result",
            field=models.JSONField(default=dict),
        ),
    ]
