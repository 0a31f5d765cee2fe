"""Contact with a silent kombel, registering in PMM (KB-6), the ten duties (KB-8), rules as data."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

import pytest

from coordination.actors.errors import Refusal
from kombel.models import ContactLog, DutyMark, PmmCheck, RulePack
from kombel.selectors import rules_on
from kombel.services import save_rule_pack

from .make import make_kombel, make_leader, make_meeting, make_members

TODAY = date(2026, 11, 21)
FULL = {
    "account": "penggerak.contoh@guru.sd.belajar.id",
    "uses_pmm": "on",
    "trainings": ["kurikulum_merdeka", "asesmen_awal"],
    "manages": "on",
    "committed": "on",
}


@pytest.fixture
def kombel(cast, on):
    on(TODAY)
    found = make_kombel(last_meeting=TODAY - timedelta(days=40))
    make_leader(found, "penggerak", whatsapp="0812-3456-7890")
    return found


def log(client, kombel, **more):
    return client.post(f"/kombel/{kombel.pk}/hubungi/", {"outcome": "dihubungi", "token": uuid4(), **more})


def test_the_text_to_a_silent_kombel_is_ready_to_copy_and_to_open_in_whatsapp(cast, kombel):
    page = cast.dinas_depok.get(f"/kombel/{kombel.pk}/hubungi/")
    assert "Salam, Bapak/Ibu penggerak Kombel Contoh Melati. Kami dari Dinas Pendidikan Kota Depok." in page.text
    assert "12 Oktober 2026 (40 hari lalu)" in page.text
    link = urlparse(page.context["people"][0][2])
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(link.query)["text"] == [page.context["text"]]


def test_the_outcome_is_kept_with_the_next_day(cast, kombel):
    log(cast.dinas_depok, kombel, note="Ketua sakit", next_on=TODAY + timedelta(days=7))
    entry = ContactLog.objects.get()
    assert (entry.office, entry.note) == ("Dinas Pendidikan Kota Depok", "Ketua sakit")
    kombel.refresh_from_db()
    assert (kombel.contact_outcome, kombel.contact_next) == ("dihubungi", TODAY + timedelta(days=7))
    assert "Sudah dihubungi" in cast.dinas_depok.get("/kombel/").text


def test_a_next_day_in_the_past_is_refused(cast, kombel):
    response = log(cast.dinas_depok, kombel, next_on=TODAY - timedelta(days=1))
    assert response.status_code == 400
    assert not ContactLog.objects.exists()


def test_what_needs_the_upt_is_found_by_the_upt(cast, kombel):
    log(cast.dinas_depok, kombel, outcome="butuh_upt")
    assert kombel.name in cast.upt_jabar.get("/kombel/?keadaan=butuh_upt").text


def test_no_longer_active_closes_the_kombel_with_the_note(cast, kombel):
    log(cast.dinas_depok, kombel, outcome="tidak_aktif", note="Sekolah digabung")
    kombel.refresh_from_db()
    assert (kombel.state, kombel.closed_because, kombel.closed_on) == ("tidak_aktif", "Sekolah digabung", TODAY)


def test_the_school_does_not_read_what_offices_noted(cast, kombel):
    log(cast.dinas_depok, kombel, note="Catatan dinas saja")
    assert "Catatan dinas saja" in cast.upt_jabar.get(f"/kombel/{kombel.pk}/").text
    for name in ("penggerak", "kepsek", "guru", "pengawas"):
        assert "Catatan dinas saja" not in cast.client(name).get(f"/kombel/{kombel.pk}/").text
    assert log(cast.kepsek, kombel).status_code == 403


def test_a_documented_meeting_ends_the_follow_up(cast, kombel):
    log(cast.dinas_depok, kombel, next_on=TODAY)
    given = {"held_on": TODAY, "topic": "Asesmen", "mode": "luring", "present": 3, "token": uuid4()}
    cast.penggerak.post(f"/kombel/{kombel.pk}/pertemuan/baru/", given)
    kombel.refresh_from_db()
    assert (kombel.contact_outcome, kombel.contact_next) == ("", None)


def test_a_dinas_finds_the_silent_ones_on_its_home(cast, kombel):
    page = cast.dinas_depok.get("/").text
    assert f"/kombel/{kombel.pk}/hubungi/" in page
    assert "komunitas senyap lebih dari 30 hari" in page


def declare(client, kombel, version=0, **more):
    return client.post(f"/kombel/{kombel.pk}/pmm/", {**FULL, "version": version, **more})


def test_nothing_declared_means_every_criterion_is_explained(cast, kombel):
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/pmm/").text
    assert "Akun belum diisi." in page
    assert "Kurang 2 topik." in page
    assert "Selesaikan sampai Aksi Nyata: Kurikulum Merdeka, Perencanaan Pembelajaran, Asesmen Awal" in page
    assert page.count("Belum dinyatakan.") == 3
    assert page.count('class="tag warn"') == 5


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"account": ""}, "Akun belum diisi."),
        ({"account": "guru@gmail.com"}, "guru@gmail.com bukan akun belajar.id."),
        ({"account": "guru@palsubelajar.id"}, "bukan akun belajar.id."),
        ({"uses_pmm": ""}, "Menggunakan PMM sebagai sumber belajar. Belum dinyatakan."),
        ({"trainings": ["asesmen_awal"]}, "Kurang 1 topik."),
        ({"manages": ""}, "Aktif mengelola komunitas"),
        ({"committed": ""}, "Berkomitmen memfasilitasi"),
    ],
)
def test_a_registration_day_needs_every_criterion_and_names_the_one_that_fails(cast, kombel, change, why):
    response = declare(cast.penggerak, kombel, **change, registered_on=TODAY)
    assert response.status_code == 400
    assert "Syarat pendaftaran belum terpenuhi" in response.text
    assert why.split(". ")[0] in response.text
    assert not PmmCheck.objects.exists()


def test_two_of_four_trainings_suffice(cast, kombel):
    assert declare(cast.penggerak, kombel, registered_on=TODAY).status_code == 302
    assert 'class="tag warn"' not in cast.penggerak.get(f"/kombel/{kombel.pk}/pmm/").text


def test_two_people_declaring_get_both_versions(cast, kombel):
    declare(cast.penggerak, kombel)
    response = declare(cast.kepsek, kombel, account="lain@guru.sd.belajar.id")
    assert response.status_code == 409
    assert "penggerak.contoh@guru.sd.belajar.id" in response.text


def pack(**more) -> RulePack:
    return RulePack(
        **{
            "code": "uji",
            "name": "Aturan uji",
            "source": "uji",
            "valid_from": date(2026, 11, 1),
            "rules": RulePack.objects.get(code="panduan-2022").rules,
            **more,
        }
    )


def test_the_narrower_rule_of_chapter_two_is_data(cast, kombel):
    rules = RulePack.objects.get(code="panduan-2022").rules
    rules["pmm"]["in_force"] = "bab_2c"
    save_rule_pack(actor=cast.actor("admin"), pack=pack(rules=rules))
    response = declare(cast.penggerak, kombel, registered_on=TODAY)
    assert response.status_code == 400
    assert "Kurang 1 topik." in response.text
    trainings = ["kurikulum_merdeka", "perencanaan_pembelajaran"]
    assert declare(cast.penggerak, kombel, trainings=trainings, registered_on=TODAY).status_code == 302


def test_the_threshold_of_silence_is_data_with_days(cast, kombel):
    rules = {**RulePack.objects.get(code="panduan-2022").rules, "silent_days": 60}
    save_rule_pack(actor=cast.actor("admin"), pack=pack(rules=rules, valid_until=date(2026, 12, 31)))
    assert "Senyap" not in cast.dinas_depok.get(f"/kombel/{kombel.pk}/").text
    assert rules_on(date(2027, 1, 1)).silent_days == 30


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"silent_days": "30"},
        {"silent_days": 0},
        {"pmm": {"in_force": "lain", "variants": {}}},
        {"pmm": {"in_force": "x", "variants": {"x": {"least": 3, "of": ["asesmen_awal"], "source": "x"}}}},
        {"pmm": {"in_force": "x", "variants": {"x": {"least": 1, "of": ["memasak"], "source": "x"}}}},
    ],
)
def test_a_pack_that_lacks_something_is_refused(cast, broken):
    rules = {**RulePack.objects.get(code="panduan-2022").rules, **broken} if broken else {}
    with pytest.raises(Refusal):
        save_rule_pack(actor=cast.actor("admin"), pack=pack(rules=rules))


def test_only_pusat_changes_the_rules_and_through_the_admin(cast):
    shipped = RulePack.objects.get(code="panduan-2022")
    url = f"/admin/kombel/rulepack/{shipped.pk}/change/"
    assert cast.admin.get(url).status_code == 200
    given = {"code": "x", "name": "x", "source": "x", "valid_from": "2026-01-01", "rules": '{"a": 1}'}
    assert "Paket aturan belum lengkap" in cast.admin.post(url, given).text
    assert cast.dinas_depok.get(url).status_code in (302, 403)


def test_the_ten_duties_are_read_from_the_records(cast, kombel):
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert "Peran penggerak: 0 dari 10" in page
    make_members(kombel, 1, duty="ketua")
    make_members(kombel, 1, duty="sekretaris", name="Sekretaris")
    make_meeting(kombel, TODAY)
    kombel.refresh_from_db()
    kombel.programme = "Belajar asesmen"
    kombel.save()
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert "Peran penggerak: 5 dari 10" in page
    assert "Ketua dan sekretaris sudah ada." in page
    assert "Isi refleksi singkat setelah pertemuan." in page


def test_what_the_records_do_not_show_is_noted_by_hand(cast, kombel):
    url = f"/kombel/{kombel.pk}/peran/i/"
    assert cast.guru.post(url, {"evidence": "x"}).status_code == 403
    assert cast.penggerak.post(url, {"evidence": ""}).status_code == 400
    cast.penggerak.post(url, {"evidence": "Angket anggota, Oktober"})
    cast.penggerak.post(url, {"evidence": "Angket anggota, November"})
    assert DutyMark.objects.get().evidence == "Angket anggota, November"
    assert "Dicatat: Angket anggota, November" in cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert cast.penggerak.get(f"/kombel/{kombel.pk}/peran/z/").status_code == 404
