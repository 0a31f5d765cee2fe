from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actors", "0003_school_import")]

    operations = [
        migrations.AddField(
            model_name="schoolimport",
            name="outside",
            field=models.PositiveIntegerField(default=0, verbose_name="bukan wilayah pengimpor"),
        ),
    ]
