from django.db import migrations

from coordination.actors.tenancy.enclose import OFFICE, Enclose


class Migration(migrations.Migration):
    dependencies = [("reflection", "0001_initial"), ("actors", "0002_wall")]

    operations = [
        Enclose("Obligation", kind=OFFICE, parents={"organisation_id": "actors_organisation"}, history=True),
    ]
