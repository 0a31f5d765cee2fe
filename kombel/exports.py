"""The list of kombel as a file, also when it is long."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Actor
from coordination.actors.exports import ExportKind, Params
from coordination.actors.models import Role

from .models import Kombel
from .selectors.listing import Filters, kombel_rows
from .selectors.others import EXPORTED
from .selectors.rules import rules_on

COLUMNS = (
    "nama",
    "jenis",
    "jenjang",
    "npsn",
    "sekolah",
    "provinsi",
    "kabkota",
    "kecamatan",
    "keadaan",
    "penggerak",
    "anggota",
    "terdaftar",
    "pertemuan_terakhir",
    "senyap_sejak",
    "hasil_hubungan",
    "hubungi_lagi",
)


def ids(actor: Actor, params: Params, most: int | None = None) -> list[int]:
    """The kombel under these filters in the order of the list, at most `most`."""
    rows = kombel_rows(actor, Filters.read(params), silent_days=rules_on(actor.today()).silent_days)
    return list(rows.values_list("pk", flat=True)[:most])


def rows(actor: Actor, wanted: list[int]) -> list[Sequence[Any]]:
    """The rows of these kombel, in this order; a mitra reads about kombel, not about their people."""
    found = Kombel.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", *EXPORTED)
    by_id = {pk: values for pk, *values in found}
    if actor.role == Role.MITRA_STAFF:
        hidden = COLUMNS.index("penggerak")
        for values in by_id.values():
            values[hidden] = ""
    return [by_id[pk] for pk in wanted if pk in by_id]


LIST = ExportKind("komunitas", _("Daftar komunitas belajar"), COLUMNS, ids, rows)
