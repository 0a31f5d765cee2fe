"""Addresses of coordination/notices and its rows in the test world."""

from django.utils import timezone

from coordination.notices.models import Notice, Reminder
from tests.url_map import DINAS, EVERYONE, PUSAT, UPT, Ref, Row

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
    Row("notices:reminders", may=f"{PUSAT} {UPT} {DINAS}", query={"outcome": "sent"}),
    Row("notices:troubles", may="admin", query={"state": "failed"}),
    Row(
        "notices:settle",
        "POST",
        url={"pk": Ref("trouble")},
        may="admin",
        body={"verdict": "retry"},
        delivers=("notices_notice",),
    ),
    Row("api_notices", may=EVERYONE, query={"unread": "true"}),
    Row("api_notices_read", "POST", may=EVERYONE, json=True),
    Row("api_notice_read", "POST", url={"pk": Ref("notice")}, may=" ".join(READERS.values()), json=True),
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
    now = timezone.now()
    Reminder.objects.create(
        path=at.path,
        topic=f"uji:{at.name}:{at.serial}",
        step="due_1",
        anchor_on=now.date(),
        about=at.canary("pengingat"),
        planned_at=now,
        decided_at=now,
        outcome="sent",
    )
