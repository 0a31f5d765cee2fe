"""Every page a person may open, with the role that opens it; each app adds its own.

`path` is an address, or a function that makes what the page shows (its rows are committed to the
module's copy of the database) and returns the address.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from playwright.sync_api import Page

from . import (
    kinerja_around,
    kinerja_assessment,
    kinerja_counts,
    kinerja_decision,
    kinerja_execution,
    kinerja_planning,
    kinerja_skp,
    kinerja_why,
    kombel,
    people,
    reports,
    schools,
    sessions,
)
from .looks import assert_accessible, assert_no_hidden_focus
from .site import Site, press


@dataclass(frozen=True)
class Look:
    role: str
    path: str | Callable[[], str]
    status: int = 200
    then: Callable[[Page], None] | None = None
    """What the person does there before the page is looked at: a form sent empty, or too late."""

    def address(self) -> str:
        return self.path if isinstance(self.path, str) else self.path()

    @property
    def of_kinerja(self) -> bool:
        return "kinerja" in (self.path if isinstance(self.path, str) else self.path.__module__)

    def __str__(self) -> str:
        name = self.path if isinstance(self.path, str) else self.path.__name__
        then = f" {self.then.__name__}" if self.then else ""
        return f"{self.role or 'visitor'} {name}{then}"


def assert_holds(site: Site, look: Look) -> None:
    """The page opens, axe finds nothing, nothing overflows, every stop of the Tab key is seen, no script fails."""
    page = site.page(look.role)
    response = page.goto(look.address())
    assert response.status == look.status
    if look.then:
        look.then(page)
    # A title of a page that stands above its head came out of the wrong block.
    assert page.locator("h1").count() == page.get_by_role("main").locator("h1").count() == 1
    assert_accessible(page)
    assert assert_no_hidden_focus(page) >= 3
    # The browser itself notes an answer of 4xx.
    refused = "Failed to load resource" if look.status >= 400 or look.then else "nothing"
    assert [line for line in page.errors if refused not in line] == []


def pressing(button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        press(page, button, exact=True)

    act.__name__ = f"press {button}"
    return act


def notices_of_guru() -> str:
    """One notice that is read and one that is not."""
    from coordination.actors.models import User
    from coordination.notices.models import Notice

    values = {"user": User.objects.get(username="guru"), "kind": "announcement", "channel": "app", "state": "sent"}
    for number, read in enumerate((None, timezone.now())):
        subject = "Komunitas Contoh belum bertemu lagi sejak 3 November 2026"
        Notice.objects.create(**values, period=f"peramban:{number}", subject=subject, url="/gaya/", read_at=read)
    return "/pemberitahuan/"


def reminders_of_upt() -> str:
    """A reminder that was sent and one that was skipped."""
    from coordination.notices.models import Reminder

    now = timezone.now()
    for step, outcome, reason in (("due_1", "sent", ""), ("due_3", "skipped", "overtaken")):
        Reminder.objects.create(
            path="u.bbgp_jabar", topic="report:1", step=step, anchor_on=now.date(), about="Laporan Contoh",
            planned_at=now, decided_at=now, outcome=outcome, reason=reason,
        )  # fmt: skip
    return "/pemberitahuan/pengingat/"


def undelivered_mail() -> str:
    """An e-mail that failed and one that may not have arrived."""
    from coordination.actors.models import User
    from coordination.notices.models import Notice

    values = {"user": User.objects.get(username="guru"), "kind": "announcement", "channel": "mail"}
    for state in ("failed", "doubtful"):
        reason = "550 5.1.1 <guru@contoh.id>: Recipient address rejected: User unknown"
        Notice.objects.create(**values, period=f"peramban:{state}", subject="Kabar", state=state, reason=reason)
    return "/pemberitahuan/surel-bermasalah/"


PAGES = [
    Look("guru", kinerja_around.home),
    Look("kepsek", kinerja_around.home),
    Look("guru", kinerja_why.locked_step),
    Look("guru", kinerja_why.locked_section),
    Look("", "/akun/login/"),
    Look("", "/akun/password/reset/"),
    Look("", "/akun/password/reset/done/"),
    Look("", "/akun/signup/"),
    Look("guru", "/"),
    Look("guru", "/gaya/"),
    Look("guru", "/gaya/?salah=1"),
    Look("guru", "/akun/logout/"),
    Look("guru", "/akun/password/change/"),
    Look("guru", "/akun/email/"),
    Look("guru", "/tidak-ada/", 404),
    Look("upt_jabar", "/"),
    Look("pusat", "/"),
    Look("dinas_depok", "/"),
    Look("guru", notices_of_guru),
    Look("kepsek", "/pemberitahuan/"),
    Look("guru", "/pemberitahuan/pengaturan/"),
    Look("upt_jabar", reminders_of_upt),
    Look("admin", undelivered_mail),
    Look("upt_jabar", "/sekolah/"),
    Look("dinas_depok", "/sekolah/?q=tidak+ada"),
    Look("kepsek", "/sekolah/99000001/"),
    Look("dinas_depok", "/sekolah/impor/"),
    Look("dinas_depok", schools.import_checked),
    Look("dinas_depok", schools.import_done),
    Look("dinas_depok", schools.import_running),
    Look("dinas_depok", schools.import_failed),
    Look("dinas_depok", schools.export_running),
    Look("dinas_depok", schools.export_done),
    Look("dinas_depok", schools.export_failed),
    Look("dinas_depok", "/unduhan/"),
    Look("dinas_balikpapan", kombel.long_list),
    Look("guru", "/unduhan/"),
    Look("upt_jabar", reports.report_list),
    Look("upt_jabar", reports.hub),
    Look("upt_jabar", reports.hub_returned),
    Look("upt_jabar", reports.component),
    Look("upt_jabar_staff", reports.component),
    Look("upt_jabar", reports.component_locked),
    Look("upt_jabar", reports.team),
    Look("upt_jabar", reports.trace),
    Look("upt_jabar", reports.check),
    Look("upt_jabar", reports.receipt),
    Look("pusat", reports.version),
    Look("pusat", reports.compare),
    Look("admin", reports.decide),
    Look("pusat", reports.recap),
    Look("pusat", reports.recap_rows),
    Look("pusat", reports.recap_priorities),
    Look("admin", reports.cycles),
    Look("admin", reports.cycle),
    Look("admin", reports.circular),
    Look("kepsek", kinerja_decision.queue),
    Look("dinas_depok", kinerja_decision.queue_of_principals),
    Look("kepsek", kinerja_decision.without_plan),
    Look("kepsek", kinerja_decision.decide),
    Look("kepsek", kinerja_decision.decide, then=pressing("Kembalikan")),
    Look("guru", kinerja_decision.timeline),
    Look("kepsek", kinerja_decision.version),
    Look("guru", kinerja_decision.compare),
    Look("guru", "/kombel/"),
    Look("dinas_depok", kombel.kombel_list),
    Look("upt_jabar", kombel.kombel_summary),
    Look("dinas_depok", kombel.kombel_detail),
    Look("kepsek", kombel.kombel_detail),
    Look("dinas_depok", kombel.kombel_contact),
    Look("upt_jabar", "/kombel/baru/"),
    Look("guru", "/kombel/baru/"),
    Look("penggerak", kombel.kombel_pmm),
    Look("kepsek", kombel.kombel_appoint),
    Look("penggerak", kombel.kombel_schedule),
    Look("penggerak", kombel.meeting_new),
    Look("penggerak", kombel.meeting_list),
    Look("penggerak", kombel.meeting_detail),
    Look("penggerak", kombel.meeting_reflection),
    Look("penggerak", kombel.kombel_change),
    Look("dinas_depok", kombel.kombel_close),
    Look("kepsek", kombel.cluster_new),
    Look("penggerak", kombel.kombel_duty),
    Look("kepsek", kombel.leader_end),
    Look("penggerak", kombel.member_new),
    Look("penggerak", kombel.member_duty),
    Look("penggerak", kombel.meeting_plan),
    Look("penggerak", kombel.meeting_change),
    Look("upt_jabar", kombel.kombel_without_people),
    *(Look(role, path) for role, path in sessions.PAGES),
    *(Look(role, path) for role, path in people.PAGES),
    *(Look(role, path) for role, path in kinerja_execution.LOOKS),
    Look("guru", kinerja_execution.evidence_photo, then=pressing("Simpan bukti")),
    *(Look(role, path) for role, path in kinerja_skp.LOOKS),
    *(Look(role, path) for role, path in kinerja_assessment.LOOKS),
    Look("kepsek", kinerja_assessment.to_answer, then=pressing("Simpan jawaban")),
    *(Look(role, path) for role, path in kinerja_counts.LOOKS),
    *(Look(role, path) for role, path in kinerja_planning.LOOKS),
    *(Look(role, path, then=then) for role, path, then in kinerja_planning.AFTER),
    Look("guru", "/bantuan/"),
    Look("upt_jabar", "/bantuan/upt/"),
    Look("guru", "/akun/2fa/"),
    Look("guru", "/akun/reauthenticate/"),
    Look("guru", "/anggota/undang/", 403),
    Look("upt_jabar", "/kombel/baru/", then=pressing("Daftarkan")),
    Look("penggerak", kombel.meeting_new, then=pressing("Simpan, lanjut ke refleksi")),
    Look("upt_jabar", reports.component, then=reports.written_by_somebody_else),
]
