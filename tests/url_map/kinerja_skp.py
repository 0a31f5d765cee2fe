"""SKP and their sending."""

from uuid import uuid4

from kinerja.connectors.ekinerja import OWNER
from kinerja.models import SkpDelivery, belongs

from . import DINAS, SCHOOL, Ref, Row
from .kinerja import DECIDERS, PRINCIPALS, TEACHERS, plans_at
from .world import Site

READERS = "guru kepsek"
OF_PRINCIPALS = "kepsek kepsek_smk kepsek_balikpapan dinas_depok dinas_depok_head dinas_jabar dinas_balikpapan"

ROWS = [
    Row("kinerja:skp", url={"pk": Ref("skp_final")}, may=READERS),
    Row("kinerja:skp", url={"pk": Ref("skp_final_ks")}, may=OF_PRINCIPALS),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final"), "form": "json"}, may=READERS, changing=True),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final_ks"), "form": "xlsx"}, may=OF_PRINCIPALS, changing=True),
    Row("kinerja:skp_file", url={"pk": Ref("skp_final"), "form": "pdf"}, may=READERS, changing=True),
    Row("kinerja:skp_send", "POST", url={"pk": Ref("skp_final")}, may=READERS),
    Row("kinerja:skp_send", "POST", url={"pk": Ref("skp_final_ks")}, may=OF_PRINCIPALS),
    Row("kinerja:deliveries", query={"keadaan": "gagal"}, may=f"{SCHOOL} {DINAS} admin"),
    Row("kinerja_api:skp", url={"pk": Ref("skp_final")}, may=READERS, changing=True),
    # No address is configured, so one's own is refused in words.
    Row("kinerja_api:skp_send", "POST", url={"pk": Ref("skp_final")}, may=READERS, json=True, gives=400),
    Row("kinerja_api:deliveries", may=f"{SCHOOL} {DINAS}"),
]


def build(at: Site) -> None:
    for plan in plans_at(at, "skp_final", year=2018, state="final"):
        owner = PRINCIPALS[at.name] if plan.of_principal else TEACHERS[at.name]
        only = f"{owner} {DECIDERS[at.name] if plan.of_principal else PRINCIPALS[at.name]}"
        problem = at.canary(f"skp{int(plan.of_principal)}", only=only)
        SkpDelivery.objects.create(
            **belongs(plan), key=uuid4(), state="gagal", attempts=1, status=422, problem=problem, mend=OWNER
        )
