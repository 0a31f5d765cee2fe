from django.db import migrations

from coordination.actors.tenancy.enclose import OFFICE, Enclose


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_reminders"), ("actors", "0002_wall")]

    operations = [Enclose("Reminder", kind=OFFICE)]
