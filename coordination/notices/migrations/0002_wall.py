from django.db import migrations

from coordination.actors.tenancy.enclose import PERSONAL, Enclose
from coordination.notices import functions


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("actors", "0002_wall")]

    operations = [
        Enclose("Notice", kind=PERSONAL),
        Enclose("Preference", kind=PERSONAL),
        migrations.RunSQL(functions.TROUBLE, migrations.RunSQL.noop),
        migrations.RunSQL(functions.CREATE, functions.DROP),
    ]
