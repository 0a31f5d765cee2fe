"""Loads the shipped regions and offices; safe to run again after a new release brought a newer list."""

from django.db import transaction

from ..data import offices, regions
from ..models import Organisation, Unit, Wilayah
from .offices import organisation_path, save_organisation

BATCH = 2_000


def load_regions() -> int:
    """Bring Wilayah in line with the shipped list and return how many regions it holds.

    Renames what was renamed and never deletes: schools may still stand in a region that was dissolved.
    Raises ValueError when the shipped list is not complete.
    """
    rows = [
        Wilayah(code=one.code, level=one.level, name=one.name, parent_id=one.parent or None, time_zone=one.zone)
        for one in regions()
    ]
    with transaction.atomic():
        Wilayah.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["level", "name", "parent", "time_zone"],
        )
    return len(rows)


def load_offices() -> int:
    """Make the offices that are missing and return how many were made; edited ones are left as they are."""
    known = set(Organisation.objects.values_list("code", flat=True))
    wilayah = Wilayah.objects.in_bulk([region.code for region in regions() if region.level != "kecamatan"])
    with transaction.atomic():
        made = _load_dinas(known, wilayah)
        for office in [*offices()["pusat"], *offices()["upt"]]:
            if office["kode"] in known:
                continue
            save_organisation(
                code=office["kode"],
                unit=office["unit"],
                name=office["nama"],
                short_name=office["singkatan"],
                wilayah=wilayah.get(office.get("kedudukan", "")),
                serves=office.get("melayani", []),
            )
            made += 1
    return made


def _load_dinas(known: set[str], wilayah: dict[str, Wilayah]) -> int:
    rows = []
    for code, region in wilayah.items():
        office = f"dinas_{code.replace('.', '')}"
        if office in known:
            continue
        unit = Unit.DINAS_KABKOTA if "." in code else Unit.DINAS_PROVINSI
        name = dinas_name(region)
        rows.append(
            Organisation(
                code=office,
                unit=unit,
                kind=Organisation.KIND_OF[unit],
                name=name,
                short_name=name,
                wilayah=region,
                path=organisation_path(code=office, unit=unit, wilayah=region),
            )
        )
    Organisation.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def dinas_name(region: Wilayah) -> str:
    """In Jakarta the kota are not autonomous and have a Suku Dinas."""
    if "." not in region.code:
        return f"Dinas Pendidikan {'' if region.name[:2] in {'DK', 'DI'} else 'Provinsi '}{region.name}"
    return f"{'Suku ' if region.provinsi_code == '31' else ''}Dinas Pendidikan {region.name}"
