"""SKP and their sending."""

from . import Ref, Row
from .kinerja import plans_at
from .world import Site

READERS = "guru kepsek"
PRINCIPALS = "kepsek kepsek_smk kepsek_balikpapan dinas_depok dinas_depok_head dinas_jabar dinas_balikpapan"

ROWS = [
    Row("kinerja:skp", url={"pk": Ref("skp_final")}, may=READERS),
    Row("kinerja:skp", url={"pk": Ref("skp_final_ks")}, may=PRINCIPALS),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final"), "form": "json"}, may=READERS, changing=True),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final_ks"), "form": "xlsx"}, may=PRINCIPALS, changing=True),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final"), "form": "pdf"}, may=READERS, changing=True),
    Row("kinerja_api:skp", url={"pk": Ref("skp_final")}, may=READERS, changing=True),
]


def build(at: Site) -> None:
    plans_at(at, "skp_final", year=2018, state="final")
