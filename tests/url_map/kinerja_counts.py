"""Addresses of progress in aggregate; who reads counts sees areas and schools of their own only."""

from . import DINAS, KEPSEK, PUSAT, UPT, Ref, Row
from .kinerja import plans_at
from .world import Site

OFFICES = f"{PUSAT} {UPT} {DINAS}"
READERS = f"{OFFICES} {KEPSEK} pengawas"
WHERE = {"periode": "2000"}
OF_SCHOOL = {**WHERE, "sekolah": Ref("counted_school", "npsn")}
OF_REGION = {**WHERE, "wilayah": Ref("counted_region", absent="99.99")}
DEPOK_OR_BALIKPAPAN = f"{PUSAT} upt_jabar upt_jabar_head upt_jabar_staff pmp_jabar upt_kaltim {DINAS}"
REGIONS = {
    "depok": f"{PUSAT} upt_jabar upt_jabar_head upt_jabar_staff pmp_jabar dinas_depok dinas_depok_head dinas_jabar",
    "balikpapan": f"{PUSAT} upt_kaltim dinas_balikpapan",
}
"""Who sees a kab/kota, at one of its levels at least."""
SEEN = f"{DEPOK_OR_BALIKPAPAN} {KEPSEK} pengawas"

ROWS = [
    Row("kinerja:progress", query={**WHERE, "jenjang": "sd", "jenis": "guru"}, may=READERS),
    Row("kinerja:progress", query={**OF_SCHOOL, "unduh": "csv"}, may=SEEN),
    Row("kinerja:progress", query=OF_REGION, may=DEPOK_OR_BALIKPAPAN),
    Row("kinerja:explain", query={**OF_SCHOOL, "angka": "rencana"}, may=SEEN),
    Row("kinerja:explain", query={**OF_REGION, "angka": "predikat-baik"}, may=DEPOK_OR_BALIKPAPAN),
    Row("kinerja_api:progress", query=OF_SCHOOL, may=SEEN),
    Row("kinerja_api:explain", query={**OF_SCHOOL, "angka": "disetujui"}, may=SEEN),
]


def build(at: Site) -> None:
    """Plans of the teacher and the principal; counts are the business of an area, and hold no content."""
    if not at.school:
        return
    plans_at(at, "counts_plan", year=2000, state="dinilai")
    at.give("counted_school", at.school)
    if only := REGIONS.get(at.name):
        at.give("counted_region", at.school.kabkota, only=only)
