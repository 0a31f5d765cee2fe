from django.db import migrations

from kinerja.posts import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("kinerja", "0002_wall")]

    operations = [migrations.RunSQL(CREATE, DROP)]
