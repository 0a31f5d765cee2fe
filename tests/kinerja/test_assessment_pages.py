"""Rating through the pages and the API, as teacher, principal, Dinas and strangers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.actors.models import Membership
from kinerja.gates import blocks
from kinerja.models import Assessment, Plan, PlanEvent, Rating, belongs
from kinerja.selectors.rating_queue import KINDS, plans_to_rate
from kinerja.services.assessments import rate_plan, save_rating_draft
from tests.cast import make_person

from .plans import approved
from .rating import LAST_DAY, RATED_ON, assessment_of, given, observe, on, posted, prove, ready, reread, run_task

pytestmark = pytest.mark.usefixtures("in_november")


def assess_url(plan: Plan) -> str:
    return f"/kinerja/penilaian/{plan.pk}/"


def once(**fields) -> dict:
    return {"token": str(uuid4()), **fields}


def result_url(plan: Plan, more: str = "") -> str:
    return f"/kinerja/rencana/{plan.pk}/hasil/{more}"


def api_url(plan: Plan, more: str = "") -> str:
    return f"/api/v1/kinerja/rencana/{plan.pk}/penilaian/{more}"


def rated_plan(cast, owner: str = "guru", by: str = "kepsek") -> Plan:
    plan = ready(cast, owner, by)
    with on(RATED_ON), cast.actor(by).entered() as actor:
        rate_plan(actor=actor, plan=plan, given=given(plan), version=0)
    return reread(plan)


def test_a_principal_rates_in_the_page_and_the_teacher_reads_it_responds_and_accepts(cast):
    plan = ready(cast)
    with on(RATED_ON):
        page = cast.kepsek.get(assess_url(plan)).content.decode()
        assert "Bukti RHK 5" in page
        assert "Setelah disimpan, pemilik rencana bisa memberi tanggapan." in page
        answer = cast.kepsek.post(assess_url(plan), posted(plan, "atas", "atas", level="atas"), follow=True)
        assert "Penilaian tersimpan. Pemilik rencana bisa memberi tanggapan." in answer.content.decode()
        page = cast.guru.get(result_url(plan)).content.decode()
        assert "Sangat Baik" in page
        assert "Terlihat di kelas." in page
        assert "sampai 17 Desember 2026" in page
        cast.guru.post(result_url(plan, "tanggapan/"), once(response="Terima kasih, Bu."))
        assert "Terima kasih, Bu." in cast.kepsek.get(assess_url(plan)).content.decode()
        answer = cast.guru.post(result_url(plan, "terima/"), once(), follow=True)
        assert "diterima dan selesai" in answer.content.decode()
    assert reread(plan).state == "final"


def test_accepting_is_asked_for_twice_and_says_first_that_it_cannot_be_undone(cast):
    plan = rated_plan(cast)
    with on(LAST_DAY):
        page = cast.guru.get(result_url(plan)).text
        folded = page.partition("<summary>Terima penilaian</summary>")[2].partition("</details>")[0]
        assert "tidak bisa dibatalkan" in folded
        assert "Ya, terima penilaian</button>" in folded
        assert page.count(f'action="{result_url(plan, "terima/")}"') == folded.count("<form") == 1
        assert cast.guru.get(result_url(plan, "terima/")).status_code == 405
        assert reread(plan).state == "dinilai"
        cast.guru.post(result_url(plan, "terima/"), once())
    assert reread(plan).state == "final"


def test_what_is_missing_is_said_at_every_field_at_once(cast):
    plan = ready(cast)
    sent = posted(plan, level="atas", reason="")
    sent["level_nilai_akuntabel"] = ""
    with on(RATED_ON):
        answer = cast.kepsek.post(assess_url(plan), sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Penilaian Akuntabel: Belum dinilai." in page
    assert "Alasan: Praktik pembelajaran: tuliskan alasan penilaian ini." in page
    assert page.count("tuliskan alasan") >= 9
    assert not Assessment.objects.filter(plan=plan, rated_at__isnull=False).exists()


def test_wrong_and_missing_fields_are_said_in_one_answer_above_and_at_each_field(cast):
    plan = ready(cast)
    sent = posted(plan, hasil="", perilaku="bawah") | {
        "note": "", "reason_praktik": "a" * 501, "level_nilai_akuntabel": "", "level_nilai_loyal": "sempurna",
        "level_rhk_1": "atas", "reason_rhk_1": "",
    }  # fmt: skip
    with on(RATED_ON):
        answer = cast.kepsek.post(assess_url(plan), sent)
        assert answer.status_code == 400
        errors = answer.context["form"].errors
        wanted = {"reason_praktik", "level_nilai_akuntabel", "level_nilai_loyal", "reason_rhk_1", "hasil", "note"}
        assert set(errors) == wanted
        above = answer.text.partition('<div class="summary" role="alert"')[2].partition("</ul>")[0]
        for name in wanted:
            assert errors[name][0][:40] in above
            assert f'id="id_{name}_error"' in answer.text, name
        assert cast.kepsek.post(assess_url(plan), sent | {"aksi": "draf"}).context["form"].errors.keys() == {
            "reason_praktik", "level_nilai_loyal",
        }  # fmt: skip


def test_an_rhk_without_evidence_asks_for_its_level_and_its_reason_together(cast):
    plan = approved(cast)
    observe(plan)
    prove(plan, but=(5,))
    with on(date(2027, 1, 4)):
        errors = cast.kepsek.post(assess_url(plan), posted(plan, reason="")).context["form"].errors
    assert set(errors) == {"level_rhk_5", "reason_rhk_5"}


def test_a_draft_is_kept_by_page_and_script_and_nobody_else_reads_it(cast):
    plan = ready(cast)
    secret = "Rahasia sampai disimpan."
    with on(RATED_ON):
        sent = posted(plan, level="bawah", reason=secret)
        answer = cast.kepsek.post(f"{assess_url(plan)}draf/", sent).json()
        assert answer["version"] == 1
        assert cast.kepsek.post(f"{assess_url(plan)}draf/", {**sent, "hasil": "atas"}).status_code == 409
        cast.kepsek.post(assess_url(plan), {**sent, "hasil": "bawah", "version": 1, "aksi": "draf"})
        page = cast.kepsek.get(assess_url(plan)).content.decode()
        assert secret in page
        assert "Saran dari penilaian di atas yang sudah tersimpan: Di bawah ekspektasi." in page
        for address in (result_url(plan), api_url(plan), "/kinerja/simulasi/", f"/kinerja/simulasi/?rencana={plan.pk}"):
            assert secret not in cast.guru.get(address).content.decode()
        assert cast.guru.get(api_url(plan)).status_code == 404
        assert "belum dinilai" in cast.guru.get(result_url(plan)).content.decode()
        assert cast.kepsek.get(api_url(plan)).json()["version"] == 2


def test_the_page_of_a_locked_plan_says_why_and_saves_nothing(cast):
    plan = approved(cast)
    page = cast.kepsek.get(assess_url(plan)).content.decode()
    for reason in (
        "dibuka 1 Desember 2026",
        "observasi selesai",
        "3 RHK belum punya bukti",
        "tidak terkunci selamanya",
    ):
        assert reason in page
    assert "Simpan penilaian</button>" not in page
    assert cast.kepsek.post(assess_url(plan), posted(plan)).status_code == 400
    assert cast.kepsek.post(f"{assess_url(plan)}draf/", posted(plan)).status_code == 409
    assert not Assessment.objects.filter(plan=plan).exists()


def test_two_clicks_on_save_make_one_rating(cast):
    plan = ready(cast)
    with on(RATED_ON):
        sent = posted(plan) | {"token": str(uuid4())}
        first, second = (cast.kepsek.post(assess_url(plan), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 200)
    assert PlanEvent.objects.filter(plan=plan, verb="rate").count() == 1
    assert Rating.objects.filter(plan=plan).count() == len(posted(plan)) // 2 - 2


def test_a_rating_from_an_old_window_is_a_conflict(cast):
    plan = ready(cast)
    with on(RATED_ON):
        with cast.actor("kepsek").entered() as actor:
            save_rating_draft(actor=actor, plan=plan, given=given(plan, hasil="atas"), version=0)
        assert cast.kepsek.post(assess_url(plan), posted(plan)).status_code == 409
        assert cast.kepsek.post(assess_url(plan), posted(plan, version=1)).status_code == 302


def test_an_objection_goes_through_both_pages_and_keeps_both_ratings(cast):
    plan = rated_plan(cast)
    with on(LAST_DAY):
        assert cast.guru.post(result_url(plan, "keberatan/"), once(objection="")).status_code == 400
        cast.guru.post(result_url(plan, "keberatan/"), once(objection="RHK 5 sudah empat kali."))
        assert "Keberatan menunggu jawaban" in cast.kepsek.get("/kinerja/penilaian/").content.decode()
        page = cast.kepsek.get(assess_url(plan)).content.decode()
        assert "RHK 5 sudah empat kali." in page
        revised = posted(plan, "atas", "atas", level="atas") | {"verdict": "ubah", "answer": "Benar."}
        assert cast.kepsek.post(f"{assess_url(plan)}jawab/", {**revised, "answer": ""}).status_code == 400
        assert cast.kepsek.post(f"{assess_url(plan)}jawab/", revised).status_code == 302
        page = cast.guru.get(result_url(plan)).content.decode()
        for words in ("Sangat Baik", "Sebelum keberatan: Baik", "Sebelum keberatan: Sesuai ekspektasi", "satu kali"):
            assert words in page
        assert cast.guru.post(result_url(plan, "keberatan/"), once(objection="Lagi.")).status_code == 400
    with on(LAST_DAY + timedelta(days=8)):
        run_task()
        assert "Selesai" in cast.guru.get(result_url(plan)).content.decode()


def objected_plan(cast) -> Plan:
    plan = rated_plan(cast)
    with on(LAST_DAY):
        cast.guru.post(result_url(plan, "keberatan/"), once(objection="RHK 5 sudah empat kali."))
    return plan


def test_after_a_late_answer_the_window_runs_again_and_the_page_says_so(cast):
    plan, late = objected_plan(cast), LAST_DAY + timedelta(days=20)
    with on(late):
        stands = posted(plan) | {"verdict": "tetap", "answer": "Sudah dilihat lagi."}
        assert cast.kepsek.post(f"{assess_url(plan)}jawab/", stands).status_code == 302
        assert run_task() == []
        page = cast.guru.get(result_url(plan)).content.decode()
        assert "Bila tidak ada keberatan" not in page
        assert "penilaian selesai sendiri setelah 13 Januari 2027" in page
    with on(late + timedelta(days=7)):
        assert run_task() == []
        cast.guru.post(result_url(plan, "tanggapan/"), once(response="Saya mengerti."))
        assert assessment_of(plan).response == "Saya mengerti."
    with on(late + timedelta(days=8)):
        assert run_task() == [plan.pk]


def test_a_rating_changed_beside_penilaian_tetap_is_refused_and_the_form_is_kept(cast):
    plan = objected_plan(cast)
    with on(LAST_DAY):
        page = cast.kepsek.get(assess_url(plan)).content.decode()
        assert page.index("Simpan jawaban</button>") > page.index('name="note"')
        changed = posted(plan) | {"verdict": "tetap", "answer": "Tetap.", "reason_praktik": "Alasan yang baru."}
        answer = cast.kepsek.post(f"{assess_url(plan)}jawab/", changed)
    assert answer.status_code == 400
    for words in ("Anda mengubah penilaian tetapi memilih", "kembalikan isian di bawah", "Alasan yang baru."):
        assert words in answer.content.decode()
    assert reread(plan).state == "keberatan"
    assert assessment_of(plan).answer == ""


def test_an_overall_rating_that_the_parts_do_not_suggest_needs_words_for_the_employee(cast):
    plan = ready(cast)
    unlike = posted(plan, perilaku="bawah") | {"note": ""}
    said = "Perilaku kerja secara keseluruhan “Di bawah ekspektasi”, saran dari bagiannya “Sesuai ekspektasi”."
    with on(RATED_ON):
        answer = cast.kepsek.post(assess_url(plan), unlike)
        assert answer.status_code == 400
        assert said in answer.context["form"].errors["note"][0]
        answer = cast.kepsek.post(assess_url(plan), unlike | {"note": "Jam mengajar tidak dijalankan."}, follow=True)
        assert "Penilaian tersimpan." in answer.content.decode()
        cast.guru.post(result_url(plan, "keberatan/"), once(objection="Jam mengajar lengkap."))
        revised = posted(plan, hasil="atas") | {"note": "", "verdict": "ubah", "answer": "Benar."}
        answer = cast.kepsek.post(f"{assess_url(plan)}jawab/", revised)
        assert "saran dari bagiannya" in answer.context["form"].errors["note"][0]
    assert reread(plan).state == "keberatan"


def test_a_principals_plan_is_rated_in_the_page_by_the_dinas(cast):
    plan = ready(cast, owner="kepsek", by="dinas_depok")
    with on(RATED_ON):
        assert "Kepsek" in cast.dinas_depok.get("/kinerja/penilaian/").content.decode()
        assert cast.kepsek.get(assess_url(plan)).status_code == 403
        assert cast.dinas_depok.post(assess_url(plan), posted(plan)).status_code == 302
        assert "Baik" in cast.kepsek.get(result_url(plan)).content.decode()


def test_an_acting_principal_rates_and_the_one_who_left_does_not(cast):
    plan = ready(cast)
    old = Membership.objects.get(user__username="kepsek")
    Membership.objects.filter(pk=old.pk).update(until=date(2026, 1, 2))
    make_person("plt_kepsek", "kepsek", "99000001")
    Membership.objects.filter(user__username="plt_kepsek").update(plt=True)
    from django.conf import settings
    from django.test import Client

    from coordination.actors.models import User

    client = Client()
    client.force_login(User.objects.get(username="plt_kepsek"), backend=settings.AUTHENTICATION_BACKENDS[0])
    with on(RATED_ON):
        assert client.post(assess_url(plan), posted(plan)).status_code == 302
        assert cast.kepsek.get(assess_url(plan)).status_code in (403, 404)
    assert assessment_of(plan).rated_by.username == "plt_kepsek"


@pytest.mark.parametrize("who", ["admin", "upt_jabar", "pengawas", "mitra", "dinas_jabar", "kepsek_smk", "operator"])
def test_strangers_see_no_rating_anywhere(cast, who):
    plan, client = rated_plan(cast), cast.client(who)
    for address in (assess_url(plan), result_url(plan), api_url(plan)):
        assert client.get(address).status_code == 404


def test_the_api_does_what_the_pages_do(cast):
    plan, js = ready(cast), "application/json"
    rating = {
        "ratings": [{"subject": code, **mark} for code, mark in given(plan).marks.items()],
        "hasil": "sesuai",
        "perilaku": "sesuai",
        "token": str(uuid4()),
    }
    with on(RATED_ON):
        few = rating | {"ratings": rating["ratings"][1:]}
        assert cast.kepsek.put(api_url(plan), few, js).json()["version"] == 1
        assert cast.kepsek.post(api_url(plan, "simpan/"), few | {"version": 1}, js).status_code == 400
        first, second = (
            cast.kepsek.post(api_url(plan, "simpan/"), rating | {"version": 1}, js).json() for _ in range(2)
        )
        assert first == second
        assert (first["predicate"], first["objection_until"]) == ("baik", "2026-12-17")
        assert cast.guru.post(api_url(plan, "tanggapan/"), {"words": "Baik."}, js).json()["response"] == "Baik."
        assert cast.guru.post(api_url(plan, "keberatan/"), {"words": "Kurang."}, js).json()["state"] == "keberatan"
        assert cast.guru.post(api_url(plan, "jawaban/"), {"answer": "Tetap."}, js).status_code == 403
        assert cast.kepsek.post(api_url(plan, "jawaban/"), {"answer": "Tetap."}, js).json()["before"]["kept"] is True
        assert cast.guru.post(api_url(plan, "terima/"), {}, js).json()["state"] == "final"


def test_the_list_and_the_gate_say_the_same_about_who_is_ready(cast):
    plan = approved(cast)
    for prepare in (lambda: None, lambda: observe(plan), lambda: prove(plan, but=(5,)), lambda: prove(plan)):
        prepare()
        for day in (date(2026, 11, 21), RATED_ON, date(2027, 1, 4)):
            with on(day), cast.actor("kepsek").entered() as actor:
                found = plans_to_rate(actor).get(pk=plan.pk)
                assert (KINDS[found.kind] == "siap") == (blocks("rate", reread(plan), actor) == [])


def _copies(plan: Plan, count: int) -> None:
    """The same plan of other teachers."""
    for number in range(count):
        user = make_person(f"guru_{number}", "guru", "99000001")
        values = {
            f.attname: getattr(plan, f.attname) for f in Plan._meta.concrete_fields if f.name not in ("id", "owner")
        }
        copy = Plan.objects.create(**values, owner=user)
        for item in plan.planitems.all():
            copy.planitems.model.objects.create(**belongs(copy), number=item.number, quantity=item.quantity)


def test_the_list_asks_as_much_for_twenty_as_for_one(cast):
    plan = approved(cast)
    cast.kepsek.get("/")
    with CaptureQueriesContext(connection) as one:
        cast.kepsek.get("/kinerja/penilaian/")
    _copies(plan, 20)
    with CaptureQueriesContext(connection) as many:
        page = cast.kepsek.get("/kinerja/penilaian/").content.decode()
    assert page.count("Belum bisa dinilai</span>") == 21
    assert len(many) <= len(one)
    assert len(one) <= 13


@pytest.mark.parametrize("who", ["guru", "operator", "upt_jabar", "admin"])
def test_the_list_is_for_who_rates(cast, who):
    assert cast.client(who).get("/kinerja/penilaian/").status_code == 403


def test_what_a_revised_rating_lacks_is_said_once_at_each_field(cast):
    plan = objected_plan(cast)
    sent = posted(plan) | {"verdict": "ubah", "answer": "Benar.", "level_nilai_akuntabel": "", "hasil": ""}
    with on(LAST_DAY):
        answer = cast.kepsek.post(f"{assess_url(plan)}jawab/", sent)
    assert answer.status_code == 400
    assert "Penilaian Akuntabel: Belum dinilai." in answer.text
    assert "Hasil kerja secara keseluruhan: Belum dinilai." in answer.text


def test_an_answer_without_words_says_what_its_rating_lacks_as_well(cast):
    plan = objected_plan(cast)
    sent = posted(plan) | {"verdict": "ubah", "answer": "", "level_nilai_akuntabel": ""}
    with on(LAST_DAY):
        answer = cast.kepsek.post(f"{assess_url(plan)}jawab/", sent)
    assert set(answer.context["form"].errors) == {"answer", "level_nilai_akuntabel"}
