"""Addresses of the ground floor's API; its objects are those of actors.py."""

from . import DINAS, EVERYONE, PUSAT, SCHOOL, UPT, Ref, Row
from .actors import COORDINATORS

ROWS = [
    Row("api_me", may=EVERYONE),
    Row("api_wilayah", query={"level": "provinsi"}, may=EVERYONE),
    Row("api_organisations", query={"kind": "upt"}, may=EVERYONE),
    Row("api_schools", query={"bentuk": "SD"}, may=EVERYONE),
    Row("api_school", url={"npsn": Ref("school", "npsn", "99009999")}, may=f"{PUSAT} {UPT} {DINAS} {SCHOOL} pengawas"),
    Row("api_members", query={"role": "guru"}, may=EVERYONE),
    Row(
        "api_member_end",
        "POST",
        url={"pk": Ref("office_membership")},
        body={"reason": "selesai"},
        json=True,
        may=f"admin {COORDINATORS}",
    ),
    Row(
        "api_invitations",
        "POST",
        json=True,
        may="admin dinas_depok dinas_depok_head dinas_jabar dinas_balikpapan",
        body={"name": "Baru", "email": "baru@contoh.id", "role": "kepsek", "npsn": Ref("school", "npsn", "99009999")},
    ),
]
