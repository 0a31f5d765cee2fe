"""The penggerak's side: the letter, the feedback, the follow-up plan; and what Dinas and UPT see of it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from reflection.home import numbers, todos, waiting
from reflection.models import Feedback, Rtl, RtlItem, Undangan
from reflection.selectors.sessions import missing_rtl
from tests.asked import asked
from tests.kombel.make import make_antar, make_kombel, make_leader, many
from tests.reflection.make import make_feedback, make_note, make_rtl, make_session, make_undangan


@pytest.fixture
def kombel(cast):
    found = make_kombel()
    make_leader(found, "penggerak")
    return found


@pytest.fixture
def letter(kombel) -> Undangan:
    return make_undangan(make_session(), kombel)


@pytest.fixture
def rtl(kombel) -> Rtl:
    session = make_session(title="Sesi Contoh selesai", state="selesai")
    return make_rtl(make_undangan(session, kombel, state="hadir"))


def test_an_activity_before_its_session_is_refused_at_its_field(cast, rtl):
    answer = cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/", activity(due_on="2026-10-19"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["due_on"] == [
        "Kegiatan RTL tidak boleh sebelum sesinya (20 Okt. 2026). Pilih tanggal sesudahnya."
    ]
    assert cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/", activity(due_on="2026-10-20")).status_code == 302
    item = RtlItem.objects.get()
    body = activity(due_on="2026-01-01", version=item.version)
    assert cast.penggerak.post(f"/refleksi/rtl/kegiatan/{item.pk}/", body).status_code == 400


def test_a_sent_plan_says_once_that_it_was_sent(cast, kombel):
    session = make_session(title="Sesi Contoh selesai", state="selesai")
    sent = make_rtl(
        make_undangan(session, kombel, state="hadir"),
        items=1,
        state="dikirim",
        sent_at=datetime(2026, 10, 21, tzinfo=UTC),
    )
    assert cast.penggerak.get(f"/refleksi/rtl/{sent.pk}/").text.count("Dikirim") == 1


def feedback(**more) -> dict:
    return {"giver": "murid", "impact_pupils": "Lebih berani bertanya", "token": str(uuid4()), **more}


def activity(**more) -> dict:
    return {
        "activity": "Kunjungan kelas",
        "aim": "Guru belajar dari kelas teman",
        "responsible": "Ibu Contoh",
        "due_on": "2026-12-01",
        "indicator": "Tiap guru sekali",
        "support": "",
        "token": str(uuid4()),
        **more,
    }


def test_the_penggerak_sees_the_letter_and_answers_it(cast, letter):
    page = cast.penggerak.get("/refleksi/").content.decode()
    assert f"Jawab undangan {letter.title}" in page
    url = f"/refleksi/undangan/{letter.pk}/"
    assert "Aula Contoh" in cast.penggerak.get(url).content.decode()
    for _ in range(2):
        assert cast.penggerak.post(url, {"answer": "ya", "note": ""}).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.answered_by.username) == ("akan_hadir", "penggerak")


def test_a_no_needs_its_reason(cast, letter):
    url = f"/refleksi/undangan/{letter.pk}/"
    answer = cast.penggerak.post(url, {"answer": "tidak", "note": ""})
    assert answer.status_code == 400
    assert "Alasan wajib diisi" in answer.content.decode()
    cast.penggerak.post(url, {"answer": "tidak", "note": "Ada ujian sekolah"})
    letter.refresh_from_db()
    assert (letter.state, letter.answer_note) == ("berhalangan", "Ada ujian sekolah")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("upt_jabar", 403),
        ("dinas_depok", 403),
        ("guru", 404),
        ("kepsek", 404),
        ("pmp_jabar", 404),
        ("dinas_jabar", 404),
        ("penggerak_balikpapan", 404),
        ("dinas_balikpapan", 404),
        ("pusat", 404),
    ],
)
def test_nobody_answers_for_the_penggerak(cast, letter, name, status):
    assert cast.client(name).post(f"/refleksi/undangan/{letter.pk}/", {"answer": "ya"}).status_code == status
    letter.refresh_from_db()
    assert letter.state == "terkirim"


def test_a_penggerak_of_a_community_between_schools_gets_its_letter(cast):
    kombel = make_antar()
    make_leader(kombel, "penggerak")
    membership = cast.actor("penggerak").acting
    from coordination.actors.models import Reach

    Reach.objects.create(
        membership_id=membership.id,
        path=membership.path,
        kind="record",
        target=kombel.path,
        source=f"kombel:{kombel.pk}",
    )
    letter = make_undangan(make_session(), kombel)
    assert cast.penggerak.get(f"/refleksi/undangan/{letter.pk}/").status_code == 200


def test_the_letter_comes_as_pdf_from_the_communitys_own_copy(cast, letter):
    answer = cast.penggerak.get(f"/refleksi/undangan/{letter.pk}/surat.pdf")
    text = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    assert "Penggerak Kombel Contoh Melati" in text
    assert "BBGP Jawa Barat" in text
    assert cast.penggerak_balikpapan.get(f"/refleksi/undangan/{letter.pk}/surat.pdf").status_code == 404


def test_feedback_is_collected_once_a_click_and_mended(cast, letter):
    body = feedback(people=12)
    url = f"/refleksi/undangan/{letter.pk}/umpan-balik/"
    for _ in range(2):
        assert cast.penggerak.post(url, body).status_code == 302
    row = Feedback.objects.get()
    assert (row.path, row.people) == (letter.path, 12)
    mend = feedback(impact_pupils="Berani bertanya dan menjawab", version=1)
    assert cast.penggerak.post(f"/refleksi/umpan-balik/{row.pk}/", mend).status_code == 302
    answer = cast.penggerak.post(f"/refleksi/umpan-balik/{row.pk}/", mend | {"impact_pupils": "Lain"})
    assert answer.status_code == 409
    assert "Berani bertanya dan menjawab" in cast.upt_jabar.get(f"/refleksi/undangan/{letter.pk}/").content.decode()
    assert cast.penggerak.post(f"/refleksi/umpan-balik/{row.pk}/hapus/").status_code == 302
    assert not Feedback.objects.exists()


def test_feedback_needs_one_of_the_three_topics(cast, letter):
    answer = cast.penggerak.post(f"/refleksi/undangan/{letter.pk}/umpan-balik/", feedback(impact_pupils=""))
    assert answer.status_code == 400
    assert "Isi paling sedikit satu topik" in answer.content.decode()


def test_feedback_is_closed_after_the_session(cast, letter):
    Undangan.objects.update(session_state="selesai")
    answer = cast.penggerak.post(f"/refleksi/undangan/{letter.pk}/umpan-balik/", feedback())
    assert answer.status_code == 400
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("name", ["dinas_depok", "pmp_jabar", "kepsek", "guru", "penggerak_balikpapan"])
def test_feedback_is_between_the_penggerak_and_the_upt(cast, letter, name):
    row = make_feedback(letter)
    assert cast.client(name).get(f"/refleksi/umpan-balik/{row.pk}/").status_code == 404
    page = cast.client(name).get(f"/refleksi/undangan/{letter.pk}/")
    assert row.impact_pupils not in page.content.decode()


def test_the_upt_reads_feedback_and_cannot_change_it(cast, letter):
    row = make_feedback(letter)
    assert cast.upt_jabar.post(f"/refleksi/umpan-balik/{row.pk}/", feedback(version=1)).status_code == 403
    assert cast.upt_jabar.post(f"/refleksi/umpan-balik/{row.pk}/hapus/").status_code == 403
    assert cast.upt_jabar.get(f"/refleksi/undangan/{letter.pk}/umpan-balik/").status_code == 403


def test_a_plan_is_filled_sent_and_its_progress_noted(cast, rtl):
    url = f"/refleksi/rtl/{rtl.pk}/"
    answer = cast.penggerak.post(f"{url}kirim/")
    assert "RTL masih kosong" in answer.content.decode()
    body = activity()
    for _ in range(2):
        assert cast.penggerak.post(url, body).status_code == 302
    item = RtlItem.objects.get()
    edit = activity(version=1, activity="Kunjungan kelas bergilir")
    assert cast.penggerak.post(f"/refleksi/rtl/kegiatan/{item.pk}/", edit).status_code == 302
    assert cast.penggerak.post(f"/refleksi/rtl/kegiatan/{item.pk}/", edit | {"aim": "Lain"}).status_code == 409
    for _ in range(2):
        assert cast.penggerak.post(f"{url}kirim/").status_code == 302
    rtl.refresh_from_db()
    assert (rtl.state, rtl.sent_by.username, rtl.on_behalf) == ("dikirim", "penggerak", False)
    assert cast.penggerak.post(url, activity()).status_code == 400
    progress = {"version": 2, "progress": "berjalan", "progress_note": "Dua kelas sudah"}
    assert cast.penggerak.post(f"/refleksi/rtl/kegiatan/{item.pk}/kemajuan/", progress).status_code == 302
    for name in ("penggerak", "upt_jabar", "dinas_depok"):
        assert "Dua kelas sudah" in cast.client(name).get(url).content.decode()


def test_a_sent_plan_opens_again_only_with_a_reason(cast, rtl):
    cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/", activity())
    cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/kirim/")
    assert cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/perbaiki/", {"reason": ""}).status_code == 400
    assert cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/perbaiki/", {"reason": "Salah tanggal"}).status_code == 302
    item = RtlItem.objects.get()
    assert cast.penggerak.post(f"/refleksi/rtl/kegiatan/{item.pk}/hapus/").status_code == 302
    assert not RtlItem.objects.exists()


def test_progress_waits_until_the_plan_was_sent(cast, rtl):
    cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/", activity())
    item = RtlItem.objects.get()
    answer = cast.penggerak.post(
        f"/refleksi/rtl/kegiatan/{item.pk}/kemajuan/", {"version": 1, "progress": "selesai", "progress_note": ""}
    )
    assert answer.status_code == 400
    assert "setelah RTL dikirim" in answer.content.decode()


def test_what_the_upt_fills_in_is_marked_as_on_behalf(cast, rtl):
    assert cast.upt_jabar.post(f"/refleksi/rtl/{rtl.pk}/", activity()).status_code == 302
    rtl.refresh_from_db()
    assert rtl.on_behalf
    assert "Diisikan oleh UPT" in cast.penggerak.get(f"/refleksi/rtl/{rtl.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "read", "write"),
    [
        ("dinas_depok", 200, 403),
        ("dinas_jabar", 404, 404),
        ("dinas_balikpapan", 404, 404),
        ("pmp_jabar", 404, 404),
        ("upt_kaltim", 404, 404),
        ("pusat", 404, 404),
        ("guru", 404, 404),
        ("penggerak_balikpapan", 404, 404),
    ],
)
def test_a_plan_is_read_by_its_dinas_and_written_by_nobody_else(cast, rtl, name, read, write):
    url = f"/refleksi/rtl/{rtl.pk}/"
    item = make_item(rtl)
    client = cast.client(name)
    assert client.get(url).status_code == read
    for tail in (url, f"{url}kirim/", f"{url}perbaiki/", f"/refleksi/rtl/kegiatan/{item.pk}/"):
        assert client.post(tail, activity(version=1, reason="x")).status_code == write
    assert RtlItem.objects.count() == 1


def make_item(rtl: Rtl) -> RtlItem:
    values = {key: value for key, value in activity().items() if key != "token"}
    return RtlItem.objects.create(rtl=rtl, path=rtl.path, **values)


def test_the_upt_sees_which_plans_are_missing(cast, rtl):
    sent = make_rtl(make_undangan(rtl.undangan.session, make_antar(), state="hadir"), items=1)
    Rtl.objects.filter(pk=sent.pk).update(state="dikirim", sent_at="2026-10-21T00:00Z")
    page = cast.upt_jabar.get(f"/refleksi/sesi/{rtl.undangan.session_id}/rtl/").content.decode()
    assert "Belum mengirim: 1 komunitas" in page
    assert "Sudah mengirim: 1 komunitas" in page
    assert [one.kombel.name for one in missing_rtl(rtl.undangan.session)] == ["Kombel Contoh Melati"]


def test_plans_are_found_by_state_name_and_lateness(cast, rtl):
    Rtl.objects.update(due_on=date.today() - timedelta(days=1))
    assert len(cast.dinas_depok.get("/refleksi/rtl/?terlambat=on").context["page_obj"]) == 1
    assert len(cast.dinas_depok.get("/refleksi/rtl/?keadaan=dikirim").context["page_obj"]) == 0
    assert len(cast.dinas_depok.get("/refleksi/rtl/?q=melati").context["page_obj"]) == 1
    assert len(cast.dinas_balikpapan.get("/refleksi/rtl/").context["page_obj"]) == 0


def test_the_dinas_reads_who_was_there(cast, rtl):
    page = cast.dinas_depok.get("/refleksi/").content.decode()
    assert "Kombel Contoh Melati" in page
    assert "Hadir" in page


def titles(cast, name) -> list[str]:
    with cast.actor(name).entered() as actor:
        return [todo.title for todo in todos(actor)]


def test_a_home_is_told_what_waits_for_a_penggerak(cast, letter, rtl):
    assert set(titles(cast, "penggerak")) == {
        "Jawab undangan Refleksi Contoh Depok",
        "Kirim RTL setelah Sesi Contoh selesai",
    }
    Undangan.objects.filter(pk=letter.pk).update(state="akan_hadir")
    assert "Kumpulkan umpan balik untuk Refleksi Contoh Depok" in titles(cast, "penggerak")
    make_feedback(letter)
    Rtl.objects.update(state="dikirim", sent_at="2026-10-21T00:00Z")
    assert titles(cast, "penggerak") == []
    for name in ("guru", "dinas_depok", "pusat", "outsider", "penggerak_balikpapan"):
        assert titles(cast, name) == []


def test_a_home_is_told_what_a_upt_lacks(cast, letter, rtl):
    done = rtl.undangan.session
    type(done).objects.filter(pk=done.pk).update(rtl_due_on=date(2099, 1, 1))
    assert set(titles(cast, "upt_jabar")) == {
        "Lengkapi persiapan Refleksi Contoh Depok",
        "Isi catatan Sesi Contoh selesai",
    }
    with cast.actor("upt_jabar").entered() as actor:
        assert [one.title for one in waiting(actor)] == ["RTL dari Sesi Contoh selesai"]
    type(done).objects.filter(pk=done.pk).update(rtl_due_on=done.held_on)
    make_note(done)
    assert "Ingatkan RTL dari Sesi Contoh selesai" in titles(cast, "upt_jabar")
    assert "Isi catatan Sesi Contoh selesai" not in titles(cast, "upt_jabar")
    assert titles(cast, "pmp_jabar") == []


def test_a_home_counts_the_plans_that_are_missing(cast, rtl):
    for name, found in {"upt_jabar": [1], "dinas_depok": [1], "pmp_jabar": [0], "guru": []}.items():
        with cast.actor(name).entered() as actor:
            assert [one.value for one in numbers(actor)] == found


@pytest.mark.parametrize("url", ["/refleksi/", "/refleksi/rtl/"])
def test_the_lists_ask_as_much_for_20_rows_as_for_1(cast, url):
    session = make_session(state="selesai")
    counts = []
    for number, kombel in enumerate(many(20)):
        make_leader(kombel, "penggerak")
        make_rtl(make_undangan(session, kombel, state="hadir"), items=1)
        if number in (0, 19):
            counts.append((len(asked(cast.penggerak, url)), len(asked(cast.dinas_depok, url))))
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 8, counts


def test_forms_on_a_phone_cost_few_statements(cast, letter):
    assert len(asked(cast.penggerak, f"/refleksi/undangan/{letter.pk}/umpan-balik/")) <= 5
