"""Registering, proposing and deciding, over HTTP as the roles."""

from uuid import uuid4

import pytest
from django.test import Client

from coordination.actors.models import Change
from coordination.actors.services.offices import save_organisation
from kombel.models import Kombel
from tests.cast import make_person

from .make import make_antar, make_kombel

BACKEND = "coordination.actors.backends.PortalBackend"


def register(client, **more):
    return client.post("/kombel/baru/", {"name": "Kombel Contoh", "token": uuid4(), **more})


def test_the_principal_registers_a_kombel_of_the_own_school(cast):
    response = register(cast.kepsek)
    kombel = Kombel.objects.get()
    assert response.url == f"/kombel/{kombel.pk}/"
    assert (kombel.state, kombel.kind, kombel.jenjang, kombel.path) == ("aktif", "dalam", "sd", "32.d.76.01/99000001")


@pytest.mark.parametrize("name", ["guru", "penggerak", "operator"])
def test_the_staff_room_proposes_and_the_principal_agrees(cast, name):
    register(cast.client(name))
    kombel = Kombel.objects.get()
    assert kombel.state == "draft"
    assert cast.client(name).post(f"/kombel/{kombel.pk}/putusan/setujui/").status_code == 403
    assert cast.kepsek.post(f"/kombel/{kombel.pk}/putusan/setujui/").status_code == 302
    kombel.refresh_from_db()
    assert kombel.state == "aktif"


def test_an_operator_prepares_a_proposal_but_not_a_kombel_at_work(cast):
    draft, active = make_kombel(state="draft"), make_kombel(name="Sudah aktif")
    assert cast.operator.get(f"/kombel/{draft.pk}/anggota/baru/").status_code == 200
    assert cast.operator.get(f"/kombel/{active.pk}/anggota/baru/").status_code == 403


def test_a_dinas_registers_a_kkg_of_a_kecamatan(cast):
    response = register(cast.dinas_depok, kind="antar", form="kkg", jenjang="sd", wilayah="32.76.06")
    kombel = Kombel.objects.get()
    assert response.status_code == 302
    assert (kombel.kecamatan, kombel.level, kombel.school, kombel.state) == ("32.76.06", "d", None, "aktif")


def test_a_dinas_cannot_register_at_a_school_elsewhere(cast):
    response = register(cast.dinas_depok, kind="dalam", npsn="99000005")
    assert response.status_code == 400
    assert "tidak ada di wilayah Anda" in response.text
    assert not Kombel.objects.exists()


def test_a_dinas_cannot_register_in_a_region_elsewhere(cast):
    response = register(cast.dinas_depok, kind="antar", form="kkg", jenjang="sd", wilayah="64.71")
    assert response.status_code == 400
    assert not Kombel.objects.exists()


def test_what_a_kind_needs_is_said_at_its_field(cast):
    response = register(cast.upt_jabar, kind="antar")
    assert response.text.count("Bagian ini perlu diisi") >= 3


@pytest.mark.parametrize("name", ["pusat", "mitra", "pengawas", "outsider"])
def test_readers_do_not_register(cast, name):
    assert register(cast.client(name)).status_code == 403


def test_the_same_name_twice_in_a_school_is_refused_in_words(cast):
    register(cast.kepsek)
    response = register(cast.kepsek, name="KOMBEL contoh")
    assert response.status_code == 400
    assert "sudah punya komunitas bernama" in response.text


def test_a_double_click_registers_one_kombel(cast):
    token = uuid4()
    first, second = (register(cast.kepsek, token=token) for _click in range(2))
    assert first.url == second.url
    assert Kombel.objects.count() == 1


def test_a_refused_form_can_be_sent_again_with_the_same_token(cast):
    make_kombel(name="Kombel Contoh")
    token = uuid4()
    assert register(cast.kepsek, token=token).status_code == 400
    assert register(cast.kepsek, token=token, name="Nama lain").status_code == 302


def test_closing_asks_for_a_reason_and_keeps_it_in_the_history(cast):
    kombel = make_kombel()
    assert cast.kepsek.post(f"/kombel/{kombel.pk}/tutup/", {"reason": ""}).status_code == 400
    cast.kepsek.post(f"/kombel/{kombel.pk}/tutup/", {"reason": "Digabung dengan KKG"})
    kombel.refresh_from_db()
    assert (kombel.state, kombel.closed_because) == ("tidak_aktif", "Digabung dengan KKG")
    assert Change.objects.filter(subject="kombel_kombel", reason="Digabung dengan KKG").exists()


def test_a_closed_kombel_opens_again_and_counts_silence_from_that_day(cast):
    kombel = make_kombel(state="tidak_aktif", closed_on="2026-02-01")
    cast.dinas_depok.post(f"/kombel/{kombel.pk}/putusan/aktifkan/")
    kombel.refresh_from_db()
    assert kombel.state == "aktif"
    assert kombel.quiet_since == cast.actor("dinas_depok").today()


def test_a_decision_that_was_already_taken_is_refused(cast):
    kombel = make_kombel()
    response = cast.kepsek.post(f"/kombel/{kombel.pk}/putusan/setujui/")
    assert response.status_code == 400
    assert "mungkin orang lain sudah memutuskan" in response.text


def test_two_people_changing_the_name_get_both_versions(cast):
    kombel = make_kombel()
    seen = {"version": kombel.version, "programme": ""}
    cast.kepsek.post(f"/kombel/{kombel.pk}/ubah/", {**seen, "name": "Nama dari kepsek"})
    response = cast.dinas_depok.post(f"/kombel/{kombel.pk}/ubah/", {**seen, "name": "Nama dari dinas"})
    assert response.status_code == 409
    assert "Nama dari kepsek" in response.text
    assert "Nama dari dinas" in response.text
    kombel.refresh_from_db()
    assert kombel.name == "Nama dari kepsek"


@pytest.mark.parametrize("name", ["dinas_balikpapan", "upt_papua", "kepsek_smk", "outsider"])
def test_somebody_elsewhere_gets_the_same_page_as_for_what_does_not_exist(cast, name):
    kombel = make_kombel()
    there = cast.client(name).get(f"/kombel/{kombel.pk}/")
    nowhere = cast.client(name).get("/kombel/999999/")
    assert there.status_code == nowhere.status_code == 404


def test_a_vocational_upt_sees_smk_only(cast):
    save_organisation(code="bbppmpv_contoh", unit="bbppmpv", name="BBPPMPV Contoh", short_name="BBPPMPV Contoh")
    client = Client()
    client.force_login(make_person("vokasi", "upt_coordinator", "bbppmpv_contoh"), backend=BACKEND)
    smk, sma = make_kombel("99000003", "MGMP SMK"), make_kombel("99000006", "MGMP SMA")
    assert client.get(f"/kombel/{smk.pk}/").status_code == 200
    assert client.get(f"/kombel/{sma.pk}/").status_code == 404


def test_a_kombel_between_schools_is_not_the_schools_to_see(cast):
    kombel = make_antar()
    assert cast.dinas_depok.get(f"/kombel/{kombel.pk}/").status_code == 200
    assert cast.guru.get(f"/kombel/{kombel.pk}/").status_code == 404
