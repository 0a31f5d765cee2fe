"""A principal's queue and decisions through the pages, and who may not."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordination.actors.models import Role, School, User
from coordination.actors.services.memberships import new_membership
from coordination.notices.models import Notice
from kinerja.models import Plan, PlanEvent
from kinerja.selectors.queue import waiting_since
from kinerja.services.decisions import amend_plan, return_plan
from kinerja.services.plans import submit_plan, write_section
from tests.cast import SINCE, make_person

from .plans import approved, drafted, submitted

pytestmark = pytest.mark.usefixtures("in_november")
QUEUE, RATING = reverse("kinerja:queue"), reverse("kinerja:assessments")


def decide_url(plan):
    return reverse("kinerja:decide", args=[plan.pk])


def answer(client, plan, aksi, **more):
    data = {"token": str(uuid4()), "version": plan.version, "aksi": aksi, **more}
    return client.post(decide_url(plan), data)


def resubmitted(cast, **kompetensi):
    """Returned for its RHK and sent again with others."""
    plan = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        return_plan(actor=actor, plan=plan, number=1, notes={"kompetensi": "Kurangi pelatihan."})
    with cast.actor("guru").entered() as actor:
        content = {"items": {"1": 4, "2": 2}, **kompetensi}
        write_section(actor=actor, plan=plan, code="kompetensi", content=content, version=1)
        submit_plan(actor=actor, plan=plan)
    plan.refresh_from_db()
    return plan


def test_a_principal_approves_from_the_queue_and_the_teacher_is_told(cast):
    plan = submitted(cast)
    assert decide_url(plan) in cast.kepsek.get(QUEUE).text
    page = cast.kepsek.get(decide_url(plan)).text
    assert "32 poin. Sudah memenuhi syarat" in page
    assert plan.rules.utama[0].text in page
    assert answer(cast.kepsek, plan, "setujui").url == QUEUE
    plan.refresh_from_db()
    assert plan.state == Plan.State.DISETUJUI
    assert Notice.objects.filter(user=plan.owner, kind="plan_approved").exists()
    assert decide_url(plan) not in cast.kepsek.get(QUEUE).text
    assert decide_url(plan) in cast.kepsek.get(QUEUE, {"keadaan": "berjalan"}).text


def test_a_return_needs_a_note_and_carries_it_to_the_teacher(cast):
    plan = submitted(cast)
    refused = answer(cast.kepsek, plan, "kembalikan")
    assert refused.status_code == 400
    assert "Tuliskan yang perlu diubah." in refused.text
    answer(cast.kepsek, plan, "kembalikan", note_praktik="Pilih yang merah.")
    plan.refresh_from_db()
    assert (plan.state, plan.open_sections) == ("dikembalikan", ["praktik"])
    assert "Pilih yang merah." in str(Notice.objects.get(user=plan.owner, kind="plan_returned", channel="app").context)
    assert "Pilih yang merah." in cast.guru.get(reverse("kinerja:timeline", args=[plan.pk])).text


def test_approving_with_a_note_written_is_refused_at_the_note_and_keeps_it(cast):
    plan = submitted(cast)
    refused = answer(cast.kepsek, plan, "setujui", note_perilaku="Tulis yang lebih konkret.")
    assert refused.status_code == 400
    assert "Kembalikan rencana, atau hapus catatannya" in refused.context["form"].errors["note_perilaku"][0]
    assert "Tulis yang lebih konkret." in refused.text
    plan.refresh_from_db()
    assert plan.state == Plan.State.DIAJUKAN
    assert answer(cast.kepsek, plan, "setujui").url == QUEUE


def test_the_summary_marks_with_words_what_changed_since_the_last_decision(cast):
    plan = resubmitted(cast)
    page = cast.kepsek.get(decide_url(plan)).text
    assert "3 hal berubah sejak versi 1" in page
    for word in ("Ditambahkan", "Dihapus", "Diubah", "Sebelumnya:", "Kurangi pelatihan."):
        assert word in page


def test_a_plan_that_was_sent_again_cannot_be_approved_unread(cast):
    plan = resubmitted(cast)
    plan.version = 1
    stale = answer(cast.kepsek, plan, "setujui")
    assert stale.status_code == 409
    assert "Putusan Anda belum disimpan" in stale.text
    assert reverse("kinerja:compare", args=[plan.pk]) in stale.text
    plan.refresh_from_db()
    assert plan.state == Plan.State.DIAJUKAN


def test_a_total_under_the_least_is_approved_only_with_its_own_tick(cast):
    plan = submitted(cast, kompetensi={"items": {"1": 3}, "under_reason": "Cuti melahirkan."})
    assert "Cuti melahirkan." in cast.kepsek.get(decide_url(plan)).text
    assert answer(cast.kepsek, plan, "setujui").status_code == 400
    assert answer(cast.kepsek, plan, "setujui", accept_under="on").status_code == 302


def test_a_double_click_decides_once_and_leads_to_the_same_page(cast):
    plan = submitted(cast)
    data = {"token": str(uuid4()), "version": 1, "aksi": "setujui"}
    answers = [cast.kepsek.post(decide_url(plan), data) for _click in range(2)]
    assert [one.url for one in answers] == [QUEUE, QUEUE]
    assert PlanEvent.objects.filter(plan=plan, verb="approve").count() == 1


def test_who_does_not_decide_is_told_why_or_sees_nothing(cast):
    plan = submitted(cast)
    own = cast.guru.get(decide_url(plan))
    assert own.status_code == 403
    assert "rencananya sendiri" in own.text
    for name in ("kepsek_smk", "dinas_depok", "upt_jabar", "admin", "pengawas", "operator", "mitra"):
        assert cast.client(name).get(decide_url(plan)).status_code == 404
        assert answer(cast.client(name), plan, "setujui").status_code == 404
    assert cast.guru.get(QUEUE).status_code == 403


def test_a_principals_own_plan_waits_at_the_dinas_that_answers(cast):
    plan = submitted(cast, owner="kepsek")
    assert decide_url(plan) in cast.dinas_depok.get(QUEUE).text
    assert decide_url(plan) not in cast.kepsek.get(QUEUE, {"keadaan": "semua"}).text
    assert cast.dinas_balikpapan.get(decide_url(plan)).status_code == 404
    told = Notice.objects.filter(kind="plan_submitted", channel="app").values_list("user__username", flat=True)
    assert set(told) == {"dinas_depok", "dinas_depok_head"}
    assert answer(cast.dinas_depok, plan, "setujui").status_code == 302


def test_the_days_of_waiting_are_days_of_the_portal_and_not_of_greenwich(cast):
    jakarta = ZoneInfo("Asia/Jakarta")
    plan = Plan(submitted_at=datetime(2026, 11, 18, 1, 0, tzinfo=jakarta).astimezone(UTC), state=Plan.State.DIAJUKAN)
    waiting = waiting_since(plan, date(2026, 11, 21))
    assert (waiting.days, waiting.is_late) == (3, False)


def test_a_plan_that_waits_longer_than_three_days_is_marked_late(cast):
    plan = submitted(cast)
    assert "Terlambat" not in cast.kepsek.get(QUEUE).text
    Plan.objects.filter(pk=plan.pk).update(submitted_at=timezone.now() - timedelta(days=5))
    page = cast.kepsek.get(QUEUE).text
    assert "Terlambat" in page
    assert "1 lebih dari 3 hari" in page


def test_a_principal_sees_which_teachers_have_no_plan(cast):
    address = reverse("kinerja:without_plan")
    assert "Guru</th>" in cast.kepsek.get(address).text
    drafted(cast)
    assert "Semua guru sudah memulai" in cast.kepsek.get(address).text
    assert cast.dinas_depok.get(address).status_code == 403


def test_a_change_of_an_approved_plan_is_told_and_decided_anew(cast):
    plan = approved(cast)
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=plan, reason="Pelatihan dibatalkan.")
        write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 4}}, version=1)
        submit_plan(actor=actor, plan=plan)
    plan.refresh_from_db()
    assert Notice.objects.filter(kind="plan_amended", user__username="kepsek").exists()
    page = cast.kepsek.get(decide_url(plan)).text
    assert "Pelatihan dibatalkan." in page
    assert answer(cast.kepsek, plan, "setujui").status_code == 302


def test_timeline_versions_and_differences_are_read_by_owner_and_decider_only(cast):
    plan = resubmitted(cast)
    addresses = [
        reverse("kinerja:timeline", args=[plan.pk]),
        reverse("kinerja:version", args=[plan.pk, 1]),
        reverse("kinerja:compare", args=[plan.pk]),
    ]
    for address in addresses:
        assert cast.guru.get(address).status_code == 200
        assert cast.kepsek.get(address).status_code == 200
        for name in ("kepsek_smk", "dinas_depok", "admin", "operator"):
            assert cast.client(name).get(address).status_code == 404
    story = cast.guru.get(addresses[0]).text
    assert "Kepala sekolah · SD Contoh Pancoran Mas 1" in story
    assert story.index("Diajukan sebagai versi 1") < story.index("Versi 1 dikembalikan") < story.index("versi 2")
    assert "Ditambahkan" in cast.guru.get(addresses[2]).text
    assert cast.guru.get(reverse("kinerja:version", args=[plan.pk, 9])).status_code == 404


@pytest.mark.parametrize("address", ["queue", "without_plan"])
def test_lists_cost_the_same_with_one_row_and_with_twenty(cast, django_assert_max_num_queries, address):
    from django.db import connection

    plan = submitted(cast)
    client, url = cast.kepsek, reverse(f"kinerja:{address}")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    school = School.objects.get(pk=plan.school_id)
    for number in range(20):
        user = make_person(f"guru{number}")
        new_membership(user=user, role=Role.GURU, place=school, starts=SINCE).save()
        if address == "queue":
            Plan.objects.create(**_like(plan, user))
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).text.count("Guru1") >= 10
    assert len(many) <= len(one) + 1 <= 14


def _like(plan: Plan, owner: User) -> dict:
    skipped = {"id", "owner", "started_at"}
    fields = [field for field in Plan._meta.concrete_fields if field.name not in skipped]
    return {field.attname: getattr(plan, field.attname) for field in fields} | {"owner": owner}


def test_the_api_reads_and_decides_through_the_same_services(cast):
    plan = submitted(cast)
    queue = cast.kepsek.get(reverse("kinerja_api:queue")).json()
    rows = queue["results"] if isinstance(queue, dict) else queue
    assert [(row["id"], row["version"], row["late"]) for row in rows] == [(plan.pk, 1, False)]
    read = cast.kepsek.get(reverse("kinerja_api:decide", args=[plan.pk])).json()
    assert [part["code"] for part in read["parts"]] == ["praktik", "kompetensi", "tambahan", "perilaku"]
    back, token = reverse("kinerja_api:return", args=[plan.pk]), str(uuid4())
    wish = {"version": 1, "notes": {"praktik": "Pilih yang merah."}, "token": token}
    for _click in range(2):
        done = cast.kepsek.post(back, wish, content_type="application/json")
        assert (done.status_code, done.json()["row"]["state"]) == (200, "dikembalikan")
    again = cast.kepsek.post(
        reverse("kinerja_api:approve", args=[plan.pk]), {"version": 1}, content_type="application/json"
    )
    assert again.status_code == 400
    assert cast.guru.get(reverse("kinerja_api:decide", args=[plan.pk])).status_code == 403
    assert cast.kepsek_smk.get(reverse("kinerja_api:decide", args=[plan.pk])).status_code == 404


JOBS = [
    ("hub", QUEUE), ("timeline", QUEUE), ("decide", QUEUE), ("observation", RATING), ("evidence", RATING),
    ("result", RATING), ("skp", RATING), ("assess", RATING),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry"), JOBS)
def test_a_teachers_plan_stands_under_the_principals_own_job_in_the_menu(cast, name, entry):
    page = cast.kepsek.get(reverse(f"kinerja:{name}", args=[approved(cast).pk]))
    assert page.status_code == 200
    assert lit(page.text) == [entry]


@pytest.mark.parametrize("name", ["hub", "timeline", "observation", "evidence", "result", "skp"])
def test_the_principals_own_plan_stands_under_rencana_saya(cast, name):
    own = approved(cast, "kepsek", "dinas_depok")
    assert lit(cast.kepsek.get(reverse(f"kinerja:{name}", args=[own.pk])).text) == [reverse("kinerja:mine")]


def lit(page: str) -> list[str]:
    """The addresses of the menu's current entry."""
    return re.findall(r'href="([^"]+)"[^>]* aria-current="page"', page.partition("<main")[0].partition("crumbs")[0])
