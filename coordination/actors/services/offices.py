from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ..errors import Refusal
from ..models import Organisation, Unit, Wilayah
from ..tenancy import paths
from ..tenancy.scope import SLOTS


def save_organisation(
    *,
    code: str,
    unit: str,
    name: str,
    short_name: str,
    wilayah: Wilayah | None = None,
    serves: list[str] | None = None,
    email: str = "",
) -> Organisation:
    """Make or change an office by its code and give it the path its kind asks for.

    Called by the loader of the shipped list and by the admin, which ask OrganisationPolicy before. Raises Refusal
    for provinces that the wall cannot hold (`check_serves`).
    """
    kind = Organisation.KIND_OF[Unit(unit)]
    check_serves(unit=unit, serves=serves or [])
    with transaction.atomic():
        office, _created = Organisation.objects.update_or_create(
            code=code,
            defaults={
                "kind": kind,
                "unit": unit,
                "name": name,
                "short_name": short_name,
                "wilayah": wilayah,
                "email": email,
                "path": organisation_path(code=code, unit=unit, wilayah=wilayah),
            },
        )
        if serves is not None:
            office.serves.set(Wilayah.objects.filter(pk__in=serves))
    return office


def check_serves(*, unit: str, serves: Iterable[str]) -> None:
    """Raise Refusal when the provinces of a UPT make more areas than the wall has places for.

    Neighbours in the order of their codes count as one area; a UPT for vocational schools serves the whole country.
    """
    found = paths.merged(serves)
    if len(found) > SLOTS and unit not in Organisation.VOCATIONAL:
        raise Refusal(
            _("Provinsi ini membentuk %(count)d wilayah terpisah; satu UPT paling banyak %(most)d.")
            % {"count": len(found), "most": SLOTS},
            mend=_("Kurangi provinsinya. Provinsi yang kodenya berurutan dihitung satu wilayah."),
            field="serves",
        )


def organisation_path(*, code: str, unit: str, wilayah: Wilayah | None) -> str:
    """Where an office's own records stand: inside the territory for a Dinas and for a local Mitra, else outside.

    A Mitra that works in one province stands under that province's UPT, which opens schools to it, but under
    no Dinas; one that works nationally is Pusat's alone.
    """
    kind = Organisation.KIND_OF[Unit(unit)]
    if kind == Organisation.Kind.DINAS:
        if wilayah is None:
            raise ValueError("a Dinas needs its region")
        level = paths.DASAR if unit == Unit.DINAS_KABKOTA else paths.MENENGAH
        return paths.record(wilayah.code, level, "dinas")
    if kind == Organisation.Kind.MITRA and wilayah is not None:
        return paths.record(wilayah.code, paths.PARTNERS, code)
    letter = {Organisation.Kind.PUSAT: "p", Organisation.Kind.UPT: "u", Organisation.Kind.MITRA: "m"}[kind]
    return paths.check(f"{letter}.{code}")
