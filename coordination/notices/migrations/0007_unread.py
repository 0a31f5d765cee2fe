from django.db import migrations

from coordination.notices import functions


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_reach_index")]

    operations = [migrations.RunSQL(functions.UNREAD, functions.DROP_UNREAD)]
