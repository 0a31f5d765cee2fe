from datetime import date

from django.db import migrations

RULES = {
    "silent_days": 30,
    "cluster_most": 10,
    "dalam_every_days": 7,
    "dalam_minutes": 60,
    "all_teachers_every_days": 62,
    "antar_every_days": 7,
    "photos_most": 3,
    "photo_megabytes": 2,
    "pmm": {
        "in_force": "bab_1d",
        "variants": {
            "bab_1d": {
                "source": "Panduan Pengelolaan Komunitas Belajar oleh UPT (2022), Bab 1.D",
                "least": 2,
                "of": [
                    "kurikulum_merdeka",
                    "perencanaan_pembelajaran",
                    "asesmen_awal",
                    "pembelajaran_berdiferensiasi",
                ],
            },
            "bab_2c": {
                "source": "Panduan Pengelolaan Komunitas Belajar oleh UPT (2022), Bab 2.C",
                "least": 2,
                "of": ["kurikulum_merdeka", "perencanaan_pembelajaran"],
            },
        },
    },
}


def ship(apps, schema_editor):
    apps.get_model("kombel", "RulePack").objects.create(
        code="panduan-2022",
        name="Panduan Komunitas Belajar 2022",
        source="Panduan Pengelolaan Komunitas Belajar oleh UPT, Ditjen GTK, 2022",
        valid_from=date(2022, 10, 1),
        rules=RULES,
    )


def take_back(apps, schema_editor):
    apps.get_model("kombel", "RulePack").objects.filter(code="panduan-2022").delete()


class Migration(migrations.Migration):
    dependencies = [("kombel", "0002_wall")]

    operations = [migrations.RunPython(ship, take_back)]
