"""Planning through the pages: a teacher begins, fills in, sends and takes back (PK-3 to PK-8, ux.md "Teacher")."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.actors.models import Membership, User
from kinerja.models import Plan, PlanEvent, PlanVersion, RulePack, Section
from kinerja.services.decisions import approve_plan, return_plan
from kinerja.services.drafting import mark_of
from kinerja.services.plans import fingerprint, submit_plan, write_section
from tests.cast import SINCE
from tests.url_map.kinerja import period_of

from .plans import NEXT, approved, contents, drafted, period, submitted

pytestmark = pytest.mark.usefixtures("in_november")
NOTHING = mark_of({})


def at(name: str, plan: Plan, *more) -> str:
    return reverse(f"kinerja:{name}", args=[plan.pk, *more])


def begun(cast, owner: str = "guru", code: str = "2026-2") -> Plan:
    answer = cast.client(owner).post(reverse("kinerja:start", args=[code]))
    return Plan.objects.get(pk=answer.url.split("/")[-2])


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def submission(plan: Plan, token: str = "") -> dict:
    return {"token": token or str(uuid4()), "seen": fingerprint(plan)}


def test_my_plans_offer_the_present_and_the_next_period(cast):
    page = cast.guru.get("/kinerja/")
    assert page.status_code == 200
    for name in (period().name, period(NEXT).name):
        assert name in page.text
    assert page.text.count("Mulai rencana") == 2
    first = begun(cast)
    assert begun(cast) == first
    page = cast.guru.get("/kinerja/")
    assert "Lanjutkan" in page.text
    assert page.text.count("Mulai rencana") == 1


@pytest.mark.parametrize("name", ["pusat", "upt_jabar", "dinas_depok", "pengawas", "operator", "mitra", "outsider"])
def test_who_is_no_employee_reads_that_the_plan_is_the_teachers(cast, name):
    page = cast.client(name).get("/kinerja/")
    assert page.status_code == 200
    assert "Rencana kinerja dibuat oleh guru dan kepala sekolah" in page.text
    assert cast.client(name).post(reverse("kinerja:start", args=["2026-2"])).status_code == 403


def test_a_penggerak_who_also_teaches_plans_as_guru(cast):
    penggerak = User.objects.get(username="penggerak")
    one = Membership.objects.get(user=penggerak)
    Membership.objects.create(user=penggerak, role="guru", school=one.school, path=one.path, starts=SINCE)
    client = cast.penggerak
    # The widest role comes first by itself, so the narrower one is chosen as the person would.
    client.post(reverse("switch_role"), {"membership": one.pk})
    assert "Bertindak sebagai guru" in client.get("/kinerja/").text
    plan = begun(cast, "penggerak")
    assert (plan.owner, plan.of_principal) == (penggerak, False)
    assert client.get(at("hub", plan)).status_code == 200


def test_the_hub_says_how_long_it_takes_and_where_each_section_stands(cast):
    plan = begun(cast)
    page = cast.guru.get(at("hub", plan))
    assert "5 bagian, sekitar 20 menit. Bisa berhenti kapan saja." in page.text
    assert page.text.count("Belum diisi") == 4
    cast.guru.post(at("section", plan, "kompetensi"), {"version": 0, "pilih_1": "on", "jumlah_1": "3"})
    cast.guru.post(at("section", plan, "praktik"), {"version": 0, "indicator": plan.rules.indicators[0].code})
    page = cast.guru.get(at("hub", plan))
    assert page.text.count("Sedang diisi") == 1
    assert page.text.count("Lengkap") == 1


def test_save_and_go_on_leads_through_the_sections_in_order(cast):
    plan = begun(cast)
    answer = cast.guru.post(at("section", plan, "praktik"), {"version": 0, "aksi": "lanjut"})
    assert answer.url == at("section", plan, "kompetensi")
    answer = cast.guru.post(at("section", plan, "tambahan"), {"version": 0, "aksi": "lanjut"})
    assert answer.url == at("section", plan, "perilaku")
    values = plan.rules.values
    answer = cast.guru.post(at("value", plan, values[0].code), {"version": mark(plan, 0), "aksi": "lanjut"})
    assert answer.url == at("value", plan, values[1].code)
    answer = cast.guru.post(at("value", plan, values[-1].code), {"version": mark(plan, -1), "aksi": "lanjut"})
    assert answer.url == at("summary", plan)


def mark(plan: Plan, number: int) -> str:
    section = Section.objects.filter(plan=plan, code="perilaku").first()
    values = section.content["values"] if section else {}
    return mark_of(values.get(plan.rules.values[number].code, {}))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({1: 3}, "24 poin. Kurang 8 poin lagi untuk bisa diajukan."),
        ({1: 5}, "40 poin. Sudah memenuhi syarat (32–128)."),
        ({1: 17}, "136 poin. Lebih 8 poin. Kurangi pilihan."),
        ({6: 1, 1: 1}, "RHK 6: Bernilai 128 poin, sama dengan batas maksimal. Hapus pilihan lain."),
    ],
)
def test_recount_without_javascript_saves_any_total_and_says_where_it_stands(cast, rows, sentence):
    plan = begun(cast)
    fields = {f"jumlah_{number}": count for number, count in rows.items()}
    answer = cast.guru.post(at("section", plan, "kompetensi"), {"version": 0, "aksi": "hitung", **fields})
    assert answer.url == at("section", plan, "kompetensi") + "#poin"
    page = cast.guru.get(answer.url)
    assert sentence in page.text
    assert "Poin × jumlah. RHK 3 dihitung per paket 3 kegiatan (36); RHK 11–13 per 10 karya (6)." in page.text
    stored = Section.objects.get(plan=plan, code="kompetensi").content["items"]
    assert stored == {str(number): count for number, count in rows.items()}


def test_unticking_a_saved_row_takes_it_away_though_its_number_is_still_there(cast):
    plan = drafted(cast)
    cast.guru.post(at("section", plan, "kompetensi"), {"version": 1, "jumlah_1": 2, "pilih_5": "on", "jumlah_5": 4})
    assert Section.objects.get(plan=plan, code="kompetensi").content["items"] == {"5": 4}


def test_a_quantity_over_the_most_is_an_error_at_its_row(cast):
    plan = begun(cast)
    answer = cast.guru.post(at("section", plan, "kompetensi"), {"version": 0, "pilih_1": "on", "jumlah_1": "100"})
    assert answer.status_code == 400
    assert 'href="#id_jumlah_1"' in answer.text


def test_the_autosaved_draft_answers_its_version_and_refuses_an_old_window(cast):
    plan = begun(cast)
    address = at("section_draft", plan, "kompetensi")
    saved = cast.guru.post(address, {"version": 0, "pilih_1": "on", "jumlah_1": "2"}).json()
    assert saved["version"] == 1
    assert saved["saved"].endswith("WIB")
    assert cast.guru.post(address, {"version": 1, "pilih_1": "on", "jumlah_1": "3"}).json()["version"] == 2
    late = cast.guru.post(address, {"version": 1, "pilih_1": "on", "jumlah_1": "9"})
    assert late.status_code == 409
    assert "jendela lain" in late.json()["detail"]
    assert cast.guru.post(address, {"version": 1, "jumlah_1": "500"}).status_code == 400


def test_a_conflict_shows_both_texts_and_either_can_be_kept(cast):
    plan = drafted(cast)
    address = at("section", plan, "kompetensi")
    cast.guru.post(address, {"version": 1, "pilih_1": "on", "jumlah_1": "4"})
    page = cast.guru.post(address, {"version": 1, "pilih_1": "on", "jumlah_1": "9"})
    assert page.status_code == 409
    assert "= 72 poin" in page.text
    assert "= 32 poin" in page.text
    again = {"version": 2, "pilih_1": "on", "jumlah_1": "9", "under_reason": "", "aksi": "simpan"}
    for name, value in again.items():
        if value:
            assert f'name="{name}" value="{value}"' in page.text
    assert cast.guru.post(address, again).status_code == 302


def test_two_values_written_from_two_windows_do_not_disturb_each_other(cast):
    plan = begun(cast)
    first, second = plan.rules.values[:2]
    for one in (first, second):
        fields = {"version": NOTHING, "behaviours": one.behaviours[:2], "how": f"Lewat {one.code}."}
        assert cast.guru.post(at("value", plan, one.code), fields).status_code == 302
    stored = Section.objects.get(plan=plan, code="perilaku").content["values"]
    assert {code: given["how"] for code, given in stored.items()} == {
        one.code: f"Lewat {one.code}." for one in (first, second)
    }
    late = {"version": NOTHING, "behaviours": [], "how": "Lain."}
    page = cast.guru.post(at("value", plan, first.code), late)
    assert page.status_code == 409
    assert f"Lewat {first.code}." in page.text
    assert cast.guru.post(at("value_draft", plan, first.code), late).status_code == 409
    good = cast.guru.post(at("value_draft", plan, first.code), {**late, "version": mark(plan, 0)})
    assert good.json()["version"] == mark(plan, 0)


def test_the_summary_links_each_gap_and_sends_only_a_complete_plan(cast):
    plan = begun(cast)
    page = cast.guru.get(at("summary", plan))
    assert "Periksa sebelum mengajukan." in page.text
    assert f'href="{at("section", plan, "praktik")}"' in page.text
    for value in plan.rules.values:
        assert f'href="{at("value", plan, value.code)}"' in page.text
    assert "Ajukan ke kepala sekolah" not in page.text
    assert cast.guru.post(at("summary", plan), submission(plan)).status_code == 400
    plan.refresh_from_db()
    assert plan.state == "draf"


def test_a_plan_is_sent_once_and_taken_back(cast):
    plan = drafted(cast)
    page = cast.guru.get(at("summary", plan))
    assert "32 poin. Sudah memenuhi syarat (32–128)." in page.text
    sent = submission(plan)
    first = cast.guru.post(at("summary", plan), sent)
    second = cast.guru.post(at("summary", plan), sent)
    assert first.url == second.url == at("receipt", plan)
    assert PlanVersion.objects.filter(plan=plan).count() == 1
    assert PlanEvent.objects.filter(plan=plan, verb="submit").count() == 1
    receipt = cast.guru.get(first.url).text
    assert "ke Kepsek. Biasanya diputuskan dalam 3 hari." in receipt
    assert "WIB" in receipt
    assert cast.guru.post(at("section", plan, "praktik"), {"version": 1}).status_code == 400
    assert "Bagian ini terkunci" in cast.guru.get(at("section", plan, "praktik")).text
    assert cast.guru.post(at("withdraw", plan)).url == at("hub", plan)
    plan.refresh_from_db()
    assert plan.state == "draf"


def test_what_changed_after_the_summary_is_not_sent(cast):
    plan = drafted(cast)
    sent = submission(plan)
    cast.guru.post(at("section", plan, "kompetensi"), {"version": 1, "pilih_1": "on", "jumlah_1": "4"})
    answer = cast.guru.post(at("summary", plan), sent)
    assert answer.status_code == 400
    assert "Isian berubah sejak Anda memeriksanya." in answer.text


def test_under_32_the_reason_stands_on_the_summary_and_is_asked_for(cast):
    plan = drafted(cast, items={"1": 3})
    page = cast.guru.get(at("summary", plan))
    assert "24 poin, di bawah 32. Tambah RHK, atau tuliskan alasannya." in page.text
    fields = {"version": 1, "pilih_1": "on", "jumlah_1": 3, "under_reason": "Cuti melahirkan tiga bulan."}
    cast.guru.post(at("section", plan, "kompetensi"), fields)
    page = cast.guru.get(at("summary", plan))
    assert "Cuti melahirkan tiga bulan." in page.text
    assert cast.guru.post(at("summary", plan), submission(plan)).status_code == 302


def test_a_school_without_a_principal_is_named_with_who_mends_it(cast):
    Membership.objects.filter(user__username="kepsek").update(until=SINCE)
    plan = drafted(cast)
    cast.guru.post(at("summary", plan), submission(plan))
    page = cast.guru.get(at("receipt", plan)).text
    assert "Sekolah Anda belum punya kepala sekolah di portal." in page
    assert "Dinas yang menaungi sekolah menambahkan kepala sekolah" in page
    plan.refresh_from_db()
    assert plan.state == "diajukan"


def test_a_principals_plan_goes_to_the_dinas_that_answers(cast):
    plan = drafted(cast, owner="kepsek")
    assert "Ajukan ke Dinas" in cast.kepsek.get(at("summary", plan)).text
    cast.kepsek.post(at("summary", plan), submission(plan))
    assert "ke Dinas Pendidikan Kota Depok." in cast.kepsek.get(at("receipt", plan)).text


def test_after_a_return_the_notes_stand_at_the_sections_and_only_those_open(cast):
    plan = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        return_plan(actor=actor, plan=plan, number=1, notes={"praktik": "Pilih yang merah."})
    page = cast.guru.get(at("hub", plan)).text
    assert "Pilih yang merah." in page
    assert "Ada catatan" in page
    assert page.count("Terkunci") == 3
    assert "Pilih yang merah." in cast.guru.get(at("section", plan, "praktik")).text
    assert cast.guru.post(at("section", plan, "kompetensi"), {"version": 1}).status_code == 400


def test_a_noted_section_that_was_not_changed_is_said_and_still_can_be_sent(cast):
    plan = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        return_plan(actor=actor, plan=plan, number=1, notes={"praktik": "Pilih yang merah."})
    hub, summary = (cast.guru.get(at(name, plan)).text for name in ("hub", "summary"))
    assert "Siap diajukan" not in hub
    assert "Belum diubah" in hub
    assert summary.count("Belum diubah sejak dikembalikan") == 1
    assert "Ajukan ke kepala sekolah" in summary
    other = plan.rules.indicators[1].code
    cast.guru.post(at("section", plan, "praktik"), {"version": 1, "indicator": other})
    assert "Siap diajukan" in cast.guru.get(at("hub", plan)).text
    assert "Belum diubah" not in cast.guru.get(at("summary", plan)).text


def test_a_row_counted_in_packages_says_how_many_single_works_that_is(cast):
    plan = drafted(cast, kompetensi={"items": {"1": 2, "11": 5}})
    page = cast.guru.get(at("section", plan, "kompetensi")).text
    assert "Jumlah paket (10 aksi nyata)" in page
    assert '= <output for="id_jumlah_11">50</output> aksi nyata' in page
    assert page.count("Jumlah paket (") == len([one for one in plan.rules.utama if one.per > 1])


def test_an_absurd_amount_is_refused_at_its_field_and_never_counted(cast):
    plan = drafted(cast)
    absurd = {"version": 1, "aksi": "hitung", "pilih_1": "on", "jumlah_1": "99999999999999999999"}
    answer = cast.guru.post(at("section", plan, "kompetensi"), absurd)
    assert answer.status_code == 400
    assert answer.context["form"].errors["jumlah_1"]
    assert "32 poin. Sudah memenuhi syarat" in answer.text
    assert Section.objects.get(plan=plan, code="kompetensi").version == 1


def test_the_sentence_about_rhk_6_stands_once_on_the_summary(cast):
    plan = drafted(cast, kompetensi={"items": {"6": 1, "1": 1}})
    page = cast.guru.get(at("summary", plan)).text
    assert page.count("RHK 6: Bernilai 128 poin") == 1
    assert "136 poin" in page


def test_the_levels_of_the_position_stand_in_the_order_of_a_career(cast):
    plan = drafted(cast)
    for address in (at("employee", plan), reverse("kinerja:simulator")):
        page = cast.guru.get(address).text
        places = [page.index(f">Ahli {name}<") for name in ("Pertama", "Muda", "Madya", "Utama")]
        assert places == sorted(places)


def test_the_heading_of_the_hub_has_no_full_stop(cast):
    page = cast.guru.get(at("hub", drafted(cast))).text
    assert "<h1>Rencana Juli–Desember 2026</h1>" in page


def test_an_approved_plan_is_changed_with_a_reason_and_the_change_given_up(cast):
    plan = approved(cast)
    assert cast.guru.post(at("amend", plan), {"token": str(uuid4()), "reason": ""}).status_code == 400
    cast.guru.post(at("amend", plan), {"token": str(uuid4()), "reason": "Pelatihan dibatalkan."})
    assert "Pelatihan dibatalkan." in cast.guru.get(at("hub", plan)).text
    assert cast.guru.post(at("keep", plan)).url == at("hub", plan)
    plan.refresh_from_db()
    assert plan.state == "disetujui"


def test_last_semesters_plan_is_the_beginning_of_the_next(cast):
    done = submitted(cast)
    with cast.actor("kepsek").entered() as actor:
        approve_plan(actor=actor, plan=done, number=1)
    assert "Mulai dari rencana semester lalu" in cast.guru.get("/kinerja/").text
    answer = cast.guru.post(reverse("kinerja:start", args=[NEXT]), {"aksi": "salin"})
    plan = Plan.objects.get(pk=answer.url.split("/")[-2])
    copied = {one.code: one.content for one in Section.objects.filter(plan=plan)}
    assert copied == contents(done) | {"kompetensi": {"items": {"1": 2, "5": 4}, "under_reason": ""}}


def test_what_the_new_jenjang_does_not_offer_falls_away_and_is_said(cast):
    done = drafted(cast)
    Plan.objects.filter(pk=done.pk).update(jenjang="smk")
    done.refresh_from_db()
    sk = {"sk_number": "SK-2/2026", "sk_date": "2026-07-10", "report": "semester"}
    with cast.actor("guru").entered() as actor:
        content = {"items": {"30": sk, "31": sk}}
        write_section(actor=actor, plan=done, code="tambahan", content=content, version=1)
        submit_plan(actor=actor, plan=done)
    answer = cast.guru.post(reverse("kinerja:start", args=[NEXT]), {"aksi": "salin"}, follow=True)
    assert "Tidak ditawarkan lagi untuk jenjang Anda, jadi dilepas: RHK 30." in answer.text
    plan = Plan.objects.get(period__code=NEXT)
    assert set(Section.objects.get(plan=plan, code="tambahan").content["items"]) == {"31"}


def test_nip_and_position_are_asked_once_and_kept_for_the_next_plan(cast):
    plan = begun(cast)
    wrong = cast.guru.post(at("employee", plan), {"nip": "123", "position": ""})
    assert wrong.status_code == 400
    position = next(iter(plan.rules.positions))
    cast.guru.post(at("employee", plan), {"nip": "19850312 201001 1 001", "position": position})
    following = begun(cast, code=NEXT)
    assert (following.nip, following.position) == ("198503122010011001", position)


def test_a_draft_is_read_by_its_owner_only(cast):
    plan = drafted(cast)
    for name in cast.names:
        expected = 200 if name == "guru" else 404
        for page in ("summary", "employee"):
            assert cast.client(name).get(at(page, plan)).status_code == expected
        assert cast.client(name).get(at("section", plan, "praktik")).status_code == expected
        hub = 200 if name in {"guru", "kepsek"} else 404
        assert cast.client(name).get(at("hub", plan)).status_code == hub
    reading = cast.kepsek.get(at("hub", plan)).text
    assert "Rencana ini belum diajukan." in reading


def test_a_pack_without_points_shows_none_of_them(cast):
    yearly = RulePack.objects.get(code="tahunan-2025")
    plan = begun(cast)
    Plan.objects.filter(pk=plan.pk).update(pack=yearly)
    page = cast.guru.get(at("section", plan, "kompetensi")).text
    for word in ("poin", "Hitung ulang", "points.js", "Alasan di bawah"):
        assert word not in page.split("<main")[1]
    assert "tidak memuat tugas tambahan" in cast.guru.get(at("section", plan, "tambahan")).text


@pytest.mark.parametrize("count", [1, 20])
def test_my_plans_cost_the_same_however_many_there_are(cast, count):
    plan = drafted(cast)
    for year in range(1980, 1980 + count):
        values = {"path": plan.path, "owner": plan.owner, "school": plan.school, "school_name": plan.school_name}
        values |= {"npsn": plan.npsn, "jenjang": "sd", "pack": plan.pack, "open_sections": [], "of_principal": False}
        at_year = period_of(year)
        Plan.objects.create(period=at_year, starts=at_year.starts, until=at_year.ends, **values)
    with CaptureQueriesContext(connection) as asked:
        assert cast.guru.get("/kinerja/").status_code == 200
    assert sum('"kinerja_' in one["sql"] for one in asked) == 3


def test_the_summary_names_the_tambahan_that_lacks_its_letter(cast):
    plan = drafted(cast, tambahan={"items": {"31": {"sk_number": "", "sk_date": "", "report": ""}}})
    page = cast.guru.get(reverse("kinerja:summary", args=[plan.pk])).text
    assert "jenis laporan tugas tambahan “Guru piket”." in page


def test_the_hub_says_that_the_summary_can_be_seen_and_that_sending_is_what_waits(cast):
    plan = begun(cast)
    page = cast.guru.get(at("hub", plan)).text
    assert "Terbuka setelah" not in page
    assert "Bisa dilihat sekarang, diajukan setelah bagian lain lengkap." in page
    summary = cast.guru.get(at("summary", plan))
    assert summary.status_code == 200
    assert "Yang masih perlu dilengkapi" in summary.text
    assert "Ajukan ke kepala sekolah" not in summary.text
    assert (
        "Bisa dibaca, tidak bisa diajukan sekarang."
        in cast.kepsek.get(at("hub", approved(cast, "kepsek", "dinas_depok"))).text
    )
