from datetime import date

from django.db import migrations


def add_rule(apps, schema_editor):
    """Two months, from the month of seed 002 on (Decided conflict 1)."""
    apps.get_model("reflection", "CycleRule").objects.get_or_create(valid_from=date(2022, 10, 1))


class Migration(migrations.Migration):
    dependencies = [("reflection", "0002_wall")]

    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop)]
