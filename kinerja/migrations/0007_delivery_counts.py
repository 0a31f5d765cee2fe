from django.db import migrations

from kinerja.delivery_counts import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("kinerja", "0006_sweeps")]

    operations = [migrations.RunSQL(CREATE, DROP)]
