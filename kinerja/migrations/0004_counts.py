import django.db.models.deletion
from django.db import migrations, models

from kinerja.counting import (
    COUNT_PLANS,
    COUNT_SCHOOLS,
    COUNT_SCHOOLS_NO_MORE,
    FOLD,
    JENJANG,
    JENJANG_NO_MORE,
)

EMPTY = "DELETE FROM kinerja_tally; DELETE FROM kinerja_tallychange"


class Migration(migrations.Migration):
    """Schools are counted beside plans; the tables are filled anew, so nothing that was counted is lost."""

    dependencies = [("kinerja", "0003_own_posts")]

    operations = [
        migrations.RunSQL(EMPTY, EMPTY),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="tally", name="tally_once"),
        migrations.AddField(
            model_name="tally",
            name="depth",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(model_name="tallyrun", name="checked", field=models.BooleanField(default=False)),
        migrations.AlterField(
            model_name="tally",
            name="period",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kinerja.period"
            ),
        ),
        migrations.AlterField(model_name="tallychange", name="amount", field=models.IntegerField()),
        migrations.AlterField(
            model_name="tallychange",
            name="period",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kinerja.period"
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["depth", "dimension", "period", "path"], name="tally_depth"),
        ),
        migrations.AddIndex(model_name="tallyrun", index=models.Index(fields=["-at"], name="tallyrun_latest")),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("path", "period", "dimension", "of_principal", "jenjang", "value"),
                name="tally_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(
            [JENJANG, COUNT_PLANS, COUNT_SCHOOLS, FOLD, "SELECT kinerja_recount()"],
            [COUNT_SCHOOLS_NO_MORE, JENJANG_NO_MORE],
        ),
    ]
