"""Addresses of "Why can't I?"; plans of the years 1996 and 1997."""

from . import Ref, Row
from .kinerja import plans_at
from .world import Site

OWNERS = "guru kepsek kepsek_smk kepsek_balikpapan"
SEERS = f"{OWNERS} dinas_depok dinas_depok_head dinas_jabar dinas_balikpapan"

ROWS = [
    Row("kinerja:why", url={"pk": Ref("why_sent"), "action": "approve"}, may="guru kepsek"),
    Row("kinerja:why", url={"pk": Ref("why_sent_ks"), "action": "rate"}, may=SEERS.replace("guru ", "")),
    Row("kinerja:why_section", url={"pk": Ref("why_sent"), "section": "praktik"}, may="guru"),
    Row("kinerja:why_section", url={"pk": Ref("why_draft_ks"), "section": "perilaku"}, may=OWNERS.replace("guru ", "")),
]


def build(at: Site) -> None:
    plans_at(at, "why_sent", year=1996, state="diajukan")
    plans_at(at, "why_draft", year=1997, state="draf")
