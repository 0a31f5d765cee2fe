from django.db import migrations, models

# Before, marking attendance overwrote the answer; the history still knows it.
FILL = """
    UPDATE reflection_undangan u SET coming = coalesce(
        CASE u.state WHEN 'akan_hadir' THEN true WHEN 'berhalangan' THEN false END,
        (SELECT c.after ->> 'state' = 'akan_hadir' FROM actors_change c
         WHERE c.subject = 'reflection_undangan' AND c.subject_id = u.id
           AND c.after ->> 'state' IN ('akan_hadir', 'berhalangan')
         ORDER BY c.id DESC LIMIT 1)
    )
    WHERE u.answered_at IS NOT NULL AND u.state NOT IN ('terkirim', 'ditarik')
"""


class Migration(migrations.Migration):
    dependencies = [("reflection", "0007_sessions_wall"), ("actors", "0003_school_import")]

    operations = [
        migrations.AddField(
            model_name="undangan",
            name="coming",
            field=models.BooleanField(editable=False, null=True, verbose_name="menjawab akan hadir"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
