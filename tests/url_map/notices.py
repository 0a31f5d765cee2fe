"""Addresses of coordination/notices and its rows in the test world."""

from coordination.notices.models import Notice
from tests.url_map import EVERYONE, Ref, Row

READERS = {
    "depok": "kepsek",
    "smk_depok": "kepsek_smk",
    "balikpapan": "kepsek_balikpapan",
    "bbgp_jabar": "upt_jabar",
    "bbpmp_jabar": "pmp_jabar",
    "bgp_kaltim": "upt_kaltim",
}
"""Who of each place gets its notice: a notice is its reader's alone."""

ROWS = [
    Row("notices:list", may=EVERYONE, query={"baru": "1"}),
    Row("notices:read_all", "POST", may=EVERYONE),
    Row("notices:settings", may=EVERYONE),
    Row("notices:settings", "POST", may=EVERYONE, body={"language": "en", "mail_on": "announcement"}),
    Row("notices:open", "POST", url={"pk": Ref("notice")}, may=" ".join(READERS.values())),
    Row("notices:troubles", may="admin", query={"state": "failed"}),
    Row(
        "notices:settle",
        "POST",
        url={"pk": Ref("trouble")},
        may="admin",
        body={"verdict": "retry"},
        delivers=("notices_notice",),
    ),
]


def build(at) -> None:
    """One notice for one person of the place, and one e-mail to the same person that failed."""
    reader = READERS[at.name]
    row = {"user": at.person(reader), "kind": "announcement", "period": f"{at.name}:{at.serial}"}
    notice = Notice.objects.create(**row, channel="app", state="sent", subject=at.canary("kabar", only=reader))
    at.give("notice", notice, only=reader)
    failed = at.canary("surel", only=f"admin {reader}")
    trouble = Notice.objects.create(**row, channel="mail", state="failed", subject=failed)
    at.give("trouble", trouble, only="admin")
