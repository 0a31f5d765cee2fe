from django.db import migrations


class Migration(migrations.Migration):
    """Who reaches a kombel or school is asked from the far end, by `Audience(reaching=…)`."""

    dependencies = [("notices", "0005_reminder_reasons"), ("actors", "0002_wall")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS actors_reach_by_target ON actors_reach (target)",
            "DROP INDEX IF EXISTS actors_reach_by_target",
        )
    ]
