"""Members, clusters and penggerak (KB-2, KB-5, KB-7)."""

from uuid import uuid4

import pytest

from coordination.actors.models import Membership, Reach
from kombel.models import Cluster, Kombel, Leader, Member

from .make import make_antar, make_kombel, make_leader, make_members


def appoint(client, kombel, **more):
    return client.post(f"/kombel/{kombel.pk}/penggerak/baru/", {"token": uuid4(), **more}, follow=True)


def membership(username):
    return Membership.objects.get(user__username=username, until=None)


def test_the_principal_leads_without_anybodys_consent(cast):
    kombel = make_kombel()
    response = appoint(cast.kepsek, kombel, membership=membership("kepsek").pk)
    assert "menjadi penggerak" in response.text
    assert Leader.objects.get().principal


def test_a_teacher_is_appointed_only_when_the_school_agreed(cast):
    kombel = make_kombel()
    refused = appoint(cast.kepsek, kombel, membership=membership("guru").pk)
    assert refused.status_code == 400
    assert "disepakati warga sekolah" in refused.text
    appoint(cast.kepsek, kombel, membership=membership("guru").pk, agreed="on")
    kombel.refresh_from_db()
    assert kombel.penggerak == "Guru"
    assert cast.guru.get(f"/kombel/{kombel.pk}/pertemuan/baru/").status_code == 200


def test_a_new_penggerak_is_told_and_finds_the_first_meeting_at_home(cast):
    kombel = make_kombel()
    appoint(cast.kepsek, kombel, membership=membership("guru").pk, agreed="on")
    assert "Anda penggerak komunitas" in cast.guru.get("/pemberitahuan/").text
    assert f"Catat pertemuan pertama {kombel.name}" in cast.guru.get("/").text
    assert "Anda penggerak komunitas" not in cast.kepsek.get("/pemberitahuan/").text
    Kombel.objects.update(last_meeting=kombel.quiet_since)
    assert "Catat pertemuan pertama" not in cast.guru.get("/").text


def test_every_criterion_that_is_not_met_is_explained(cast):
    kombel = make_kombel()
    response = appoint(cast.kepsek, kombel, membership=membership("kepsek").pk, active_member="on")
    assert "Kriteria yang belum terpenuhi: Berkomitmen menggerakkan anggota; Berkomitmen memfasilitasi" in response.text
    page = cast.kepsek.get(f"/kombel/{kombel.pk}/").text
    assert "Belum dinyatakan." in page
    assert "menandai kriteria ini setelah membicarakannya" in page


def test_a_teacher_of_another_school_cannot_lead_a_kombel_inside_this_one(cast):
    kombel = make_kombel("99000002")
    response = appoint(cast.dinas_depok, kombel, membership=membership("guru").pk, agreed="on")
    assert response.status_code == 400
    assert not Leader.objects.exists()


def test_one_person_leads_several(cast):
    for name in ("Satu", "Dua"):
        appoint(cast.kepsek, make_kombel(name=name), membership=membership("kepsek").pk)
    assert Leader.objects.filter(user__username="kepsek", until=None).count() == 2


def test_who_leads_a_kombel_between_schools_sees_and_documents_it(cast):
    kombel = make_antar()
    assert cast.guru.get(f"/kombel/{kombel.pk}/").status_code == 404
    appoint(cast.dinas_depok, kombel, email="GURU@contoh.id")
    assert Reach.objects.get(source=f"kombel:{kombel.pk}").target == kombel.path
    assert cast.guru.get(f"/kombel/{kombel.pk}/pertemuan/baru/").status_code == 200


def test_an_address_outside_the_area_is_nobody(cast):
    kombel = make_antar()
    response = appoint(cast.dinas_depok, kombel, email="kepsek_balikpapan@contoh.id")
    nobody = appoint(cast.dinas_depok, kombel, email="tidak.ada@contoh.id")
    assert response.status_code == nobody.status_code == 400
    assert "Tidak ada akun sekolah dengan surel ini" in response.text
    assert "Tidak ada akun sekolah dengan surel ini" in nobody.text


def test_the_reach_goes_with_the_task_unless_the_person_stays_a_member(cast):
    kombel = make_antar()
    appoint(cast.dinas_depok, kombel, email="guru@contoh.id")
    cast.dinas_depok.post(
        f"/kombel/{kombel.pk}/anggota/baru/", {"email": "guru@contoh.id", "duty": "anggota", "token": uuid4()}
    )
    leader = Leader.objects.get()
    cast.dinas_depok.post(f"/kombel/{kombel.pk}/penggerak/{leader.pk}/akhiri/", {"reason": "Mutasi"})
    assert cast.guru.get(f"/kombel/{kombel.pk}/").status_code == 200
    cast.dinas_depok.post(f"/kombel/{kombel.pk}/anggota/{Member.objects.get().pk}/keluar/")
    assert cast.guru.get(f"/kombel/{kombel.pk}/").status_code == 404
    kombel.refresh_from_db()
    assert (kombel.penggerak, kombel.leader_ids, kombel.members) == ("", [], 0)
    assert Leader.objects.get().ended_because == "Mutasi"


def test_a_penggerak_cannot_put_out_an_account_of_another_school_and_keep_its_key(cast):
    kombel = make_antar()
    appoint(cast.dinas_depok, kombel, email="penggerak@contoh.id")
    cast.upt_jabar.post(
        f"/kombel/{kombel.pk}/anggota/baru/", {"email": "kepsek_smk@contoh.id", "duty": "anggota", "token": uuid4()}
    )
    member = Member.objects.get()
    response = cast.penggerak.post(f"/kombel/{kombel.pk}/anggota/{member.pk}/keluar/")
    assert response.status_code == 400
    assert "Mintalah Dinas atau UPT" in response.text
    member.refresh_from_db()
    assert member.left_on is None


def test_a_member_is_added_by_name_and_counted(cast):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    cast.penggerak.post(
        f"/kombel/{kombel.pk}/anggota/baru/", {"name": "Guru Honorer", "duty": "ketua", "token": uuid4()}
    )
    kombel.refresh_from_db()
    assert kombel.members == 1
    assert "Guru Honorer (Ketua)" in cast.penggerak.get(f"/kombel/{kombel.pk}/").text


def test_the_same_account_is_a_member_once(cast):
    kombel = make_kombel()
    answers = [
        cast.kepsek.post(
            f"/kombel/{kombel.pk}/anggota/baru/",
            {"membership": membership("guru").pk, "duty": "anggota", "token": uuid4()},
        )
        for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [302, 400]
    assert "sudah menjadi anggota" in answers[1].text


@pytest.mark.parametrize(
    ("npsn", "client", "offered", "withheld"),
    [("99000001", "kepsek", "rendah", "mapel"), ("99000003", "kepsek_smk", "mapel", "rendah")],
)
def test_clusters_follow_the_jenjang(cast, npsn, client, offered, withheld):
    kombel = make_kombel(npsn)
    url = f"/kombel/{kombel.pk}/klaster/baru/"
    page = cast.client(client).get(url).text
    assert f'value="{offered}"' in page
    assert f'value="{withheld}"' not in page
    assert cast.client(client).post(url, {"kind": withheld, "name": "X", "token": uuid4()}).status_code == 400
    assert cast.client(client).post(url, {"kind": offered, "name": "X", "token": uuid4()}).status_code == 302


@pytest.mark.parametrize(("count", "warned"), [(3, False), (10, False), (11, True)])
def test_a_cluster_above_ten_is_warned_about_and_three_are_fine(cast, count, warned):
    kombel = make_kombel()
    cluster = Cluster.objects.create(kombel=kombel, path=kombel.path, kind="rendah", name="Kelas 1–3")
    make_members(kombel, count, cluster=cluster)
    page = cast.kepsek.get(f"/kombel/{kombel.pk}/").text
    assert f"{count} orang" in page
    assert ("biasanya tidak lebih dari 10" in page) is warned


def test_a_mitra_reads_the_kombel_but_no_names(cast):
    kombel = make_kombel("99000002", penggerak="Nama Penggerak")
    make_members(kombel, 1, name="Nama Anggota")
    for url in (f"/kombel/{kombel.pk}/", "/kombel/", "/kombel/unduh/"):
        page = cast.mitra.get(url)
        assert page.status_code == 200
        assert kombel.name in page.text
        assert "Nama Anggota" not in page.text
        assert "Nama Penggerak" not in page.text


def test_the_structure_is_set_when_the_members_are_already_there(cast):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    first, second = make_members(kombel, 2)
    cluster = Cluster.objects.create(kombel=kombel, path=kombel.path, kind="rendah", name="Kelas 1–3")
    for member, duty in ((first, "ketua"), (second, "sekretaris")):
        url = f"/kombel/{kombel.pk}/anggota/{member.pk}/"
        assert cast.guru.post(url, {"duty": duty}).status_code == 403
        assert cast.penggerak.post(url, {"duty": duty, "cluster": cluster.pk}).status_code == 302
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/").text
    assert "Ketua dan sekretaris sudah ada." in page
    assert "2 orang." in page
