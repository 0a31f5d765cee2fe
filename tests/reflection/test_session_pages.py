"""A UPT plans a session, prepares it, invites communities, and holds it."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from reflection.models import ChecklistItem, Facilitator, Rtl, Session, Undangan
from tests.asked import asked
from tests.kombel.make import make_antar, make_kombel, make_leader, many
from tests.reflection.make import make_cycle, make_note, make_session, make_undangan


def plan(**more) -> dict:
    return {
        "title": "Refleksi Contoh",
        "cycle": make_cycle().pk,
        "held_on": "2026-10-20",
        "starts": "09:00",
        "ends": "12:00",
        "mode": "luring",
        "place": "Aula Contoh",
        "rtl_due_on": "",
        "token": str(uuid4()),
        **more,
    }


@pytest.fixture
def session(cast) -> Session:
    return make_session()


def test_a_session_is_planned_with_its_checklist_and_the_usual_rtl_day(cast):
    answer = cast.upt_jabar.post("/refleksi/sesi/baru/", plan())
    session = Session.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/refleksi/sesi/{session.pk}/"
    assert (session.path, session.time_zone) == ("u.bbgp_jabar", "Asia/Jakarta")
    assert session.rtl_due_on == date(2026, 11, 3)
    assert session.checklist.filter(done_at=None).count() == len(ChecklistItem.Kind)
    assert "Pembukaan (10 menit)" in session.moderation


def test_a_double_click_plans_one_session(cast):
    body = plan()
    first, second = (cast.upt_jabar.post("/refleksi/sesi/baru/", body) for _ in range(2))
    assert first.url == second.url
    assert Session.objects.count() == 1


def test_what_is_wrong_is_said_in_the_form_and_nothing_is_kept(cast):
    answer = cast.upt_jabar.post("/refleksi/sesi/baru/", plan(ends="08:00"))
    assert answer.status_code == 400
    assert "Jam selesai harus sesudah jam mulai" in answer.content.decode()
    answer = cast.upt_jabar.post("/refleksi/sesi/baru/", plan(rtl_due_on="2026-10-01"))
    assert "Batas RTL tidak boleh sebelum tanggal sesi" in answer.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["pusat", "dinas_depok", "kepsek", "guru", "penggerak", "mitra", "outsider"])
def test_only_a_upt_plans_sessions(cast, name):
    assert cast.client(name).post("/refleksi/sesi/baru/", plan()).status_code == 403


@pytest.mark.parametrize("name", ["upt_jabar", "upt_jabar_head", "upt_jabar_staff"])
def test_every_role_of_the_upt_facilitates(cast, session, name):
    assert cast.client(name).get(f"/refleksi/sesi/{session.pk}/").status_code == 200
    cast.client(name).post(f"/refleksi/sesi/{session.pk}/keadaan/", {"change": "start"})
    session.refresh_from_db()
    assert session.state == "berlangsung"


PARTS = ["", "ubah/", "rancangan/", "undang/", "undangan/", "catatan/", "rekap/", "rtl/", "kak.pdf", "undangan.pdf"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ["pmp_jabar", "upt_kaltim", "dinas_depok", "dinas_balikpapan", "penggerak"])
def test_a_session_is_absent_for_everybody_else(cast, session, name, part):
    foreign = cast.client(name).get(f"/refleksi/sesi/{session.pk}/{part}")
    absent = cast.client(name).get(f"/refleksi/sesi/999999/{part}")
    assert foreign.status_code == absent.status_code == 404


def test_pusat_reads_state_and_counts_and_no_word_of_the_notes(cast, session):
    make_undangan(session, make_kombel())
    make_note(session, text="Rahasia dapur UPT")
    page = cast.pusat.get(f"/refleksi/sesi/{session.pk}/").content.decode()
    assert "Komunitas diundang" in page
    assert "Rahasia" not in page
    for part in PARTS[1:]:
        assert cast.pusat.get(f"/refleksi/sesi/{session.pk}/{part}").status_code == 403


def test_a_preparation_is_ticked_with_who_and_when_and_can_be_unticked(cast, session):
    item = session.checklist.get(kind="kak")
    for _ in range(2):
        cast.upt_jabar_staff.post(f"/refleksi/persiapan/{item.pk}/", {"done": "1"})
    item.refresh_from_db()
    assert item.done_by.username == "upt_jabar_staff"
    assert "1 dari 6 siap" in cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/").content.decode()
    cast.upt_jabar.post(f"/refleksi/persiapan/{item.pk}/", {"done": "0"})
    item.refresh_from_db()
    assert item.done_at is None
    assert cast.pmp_jabar.post(f"/refleksi/persiapan/{item.pk}/", {"done": "1"}).status_code == 404


def test_tasks_are_divided_and_taken_back(cast, session):
    for _ in range(2):
        cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/petugas/", {"name": "Ibu Contoh", "task": "Moderator"})
    person = Facilitator.objects.get()
    assert cast.pmp_jabar.post(f"/refleksi/petugas/{person.pk}/hapus/").status_code == 404
    cast.upt_jabar.post(f"/refleksi/petugas/{person.pk}/hapus/")
    assert not Facilitator.objects.exists()


def test_kak_and_letters_come_as_accessible_pdf_with_what_was_filled_in(cast, session):
    make_undangan(session, make_kombel())
    body = {
        "version": session.version,
        "background": "Komunitas di Depok mulai rutin bertemu.",
        "moderation": "Pembukaan\nBerbagi",
        "equipment": "Proyektor; kertas tempel",
        "letter_number": "B-12/2026",
        "signatory": "Ibu Kepala Contoh",
        "signatory_title": "Kepala",
    }
    assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/rancangan/", body).status_code == 302
    kak = _text(cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/kak.pdf"))
    for words in ("Komunitas di Depok", "Selasa, 20 Oktober 2026", "09.00–12.00 WIB", "kertas tempel", "Kota Depok"):
        assert words in kak
    letter = _text(cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/undangan.pdf"))
    for words in ("B-12/2026", "Kombel Contoh Melati", "Ibu Kepala Contoh", "umpan balik"):
        assert words in letter


def _text(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_communities_are_invited_by_choice_and_only_those_of_the_territory(cast, session):
    here, there = make_kombel(), make_kombel("99000005", "Kombel Contoh Mahakam")
    draft = make_kombel(name="Kombel Contoh Usulan", state="draft")
    page = cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/undang/").content.decode()
    assert here.name in page
    assert there.name not in page
    assert draft.name not in page
    answer = cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/undang/", {"kombel": [here.pk, there.pk]})
    assert answer.status_code == 302
    letter = Undangan.objects.get()
    assert (letter.kombel, letter.path, letter.upt_path) == (here, here.path, "u.bbgp_jabar")
    assert (letter.title, letter.place, letter.upt_name) == (session.title, session.place, "BBGP Jawa Barat")


def told(cast, name: str) -> list[str]:
    page = cast.client(name).get("/pemberitahuan/").content.decode()
    events = ("Undangan:", "Jadwal berubah:", "Sesi dibatalkan:", "Susun RTL", "mengirim RTL")
    return [event for event in events if event in page]


def test_the_penggerak_is_told_of_letter_new_day_end_and_the_upt_of_the_rtl(cast, session):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/undang/", {"kombel": [kombel.pk]})
    assert told(cast, "penggerak") == ["Undangan:"]
    body = plan(held_on="2026-10-27", rtl_due_on="2026-11-10", version=session.version)
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body)
    assert told(cast, "penggerak") == ["Undangan:", "Jadwal berubah:"]
    _move(cast.upt_jabar, session, "start")
    letter = Undangan.objects.get()
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/hadir/", {"shown": [letter.pk], "present": [letter.pk]})
    _move(cast.upt_jabar, session, "finish")
    assert "Susun RTL" in told(cast, "penggerak")
    rtl = Rtl.objects.get()
    rtl.items.create(path=rtl.path, activity="A", aim="B", responsible="C", due_on=date(2026, 12, 1), indicator="D")
    cast.penggerak.post(f"/refleksi/rtl/{rtl.pk}/kirim/")
    assert told(cast, "upt_jabar_staff") == ["mengirim RTL"]
    assert told(cast, "pmp_jabar") == told(cast, "penggerak_balikpapan") == []


def test_all_of_a_filter_are_invited_only_with_the_number_that_was_shown(cast, session):
    many(3)
    make_antar("32.16", name="KKG Contoh Bekasi", key="k_2")
    url = f"/refleksi/sesi/{session.pk}/undang/?kabkota=32.76"
    assert "3 komunitas akan menerima undangan" in cast.upt_jabar.get(f"{url}&semua=1").content.decode()
    make_kombel(name="Kombel Contoh Baru")
    answer = cast.upt_jabar.post(url, {"everyone": "1", "expected": "3"})
    assert answer.status_code == 400
    assert "sekarang ada 4 komunitas" in answer.content.decode()
    assert cast.upt_jabar.post(url, {"everyone": "1", "expected": "4"}).status_code == 302
    assert Undangan.objects.count() == 4
    assert cast.upt_jabar.post(url, {"everyone": "1", "expected": "4"}).status_code == 400
    assert Undangan.objects.count() == 4


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kabkota=32.16", {"KKG Contoh Bekasi"}),
        ("jenis=dalam", {"Kombel Contoh Melati"}),
        ("keaktifan=senyap", {"Kombel Contoh Melati"}),
        ("keaktifan=aktif", {"KKG Contoh Bekasi"}),
        ("q=bekasi", {"KKG Contoh Bekasi"}),
        ("jenjang=smk", set()),
        ("kabkota=xx", {"KKG Contoh Bekasi", "Kombel Contoh Melati"}),
    ],
)
def test_communities_are_found_by_filters(cast, session, query, names):
    make_kombel()
    make_antar("32.16", name="KKG Contoh Bekasi", quiet_since=date.today() - timedelta(days=3))
    page = cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/undang/?{query}")
    assert {row.name for row in page.context["page_obj"]} == names


def test_a_new_day_reaches_every_letter_and_asks_again(cast, session):
    letter = make_undangan(session, make_kombel(), state="akan_hadir")
    body = plan(held_on="2026-10-27", rtl_due_on="2026-11-10", version=session.version)
    assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body).status_code == 302
    letter.refresh_from_db()
    assert (letter.held_on, letter.state) == (date(2026, 10, 27), "terkirim")
    assert letter.moved_at is not None


def test_a_new_title_reaches_every_letter_and_keeps_the_answers(cast, session):
    letter = make_undangan(session, make_kombel(), state="akan_hadir")
    body = plan(title="Judul Contoh baru", rtl_due_on="2026-11-03", version=session.version)
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body)
    letter.refresh_from_db()
    assert (letter.title, letter.state, letter.moved_at) == ("Judul Contoh baru", "akan_hadir", None)


def test_two_people_who_change_the_same_session_get_both_versions(cast, session):
    body = plan(title="Judul Contoh A", rtl_due_on="2026-11-03", version=session.version)
    assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body).status_code == 302
    again = cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body)
    assert again.status_code == 302, "the same words twice are a double click, no conflict"
    answer = cast.upt_jabar_staff.post(f"/refleksi/sesi/{session.pk}/ubah/", body | {"title": "Judul Contoh B"})
    assert answer.status_code == 409
    assert "Judul Contoh A" in answer.content.decode()
    assert "Judul Contoh B" in answer.content.decode()


def _move(client, session, change, **more):
    return client.post(f"/refleksi/sesi/{session.pk}/keadaan/", {"change": change, **more})


def test_a_session_goes_from_start_to_end_and_asks_those_present_for_an_rtl(cast, session):
    first, second = many(2)
    letters = [make_undangan(session, one) for one in (first, second)]
    url = f"/refleksi/sesi/{session.pk}/hadir/"
    shown = [one.pk for one in letters]
    assert cast.upt_jabar.post(url, {"shown": shown, "present": shown[:1]}).status_code == 400
    assert _move(cast.upt_jabar, session, "finish").status_code == 400
    _move(cast.upt_jabar, session, "start")
    answer = _move(cast.upt_jabar, session, "finish")
    assert "Belum ada komunitas yang ditandai hadir" in answer.content.decode()
    cast.upt_jabar.post(url, {"shown": shown, "present": shown[:1]})
    for _ in range(2):
        assert _move(cast.upt_jabar, session, "finish").status_code == 302
    assert list(Undangan.objects.order_by("pk").values_list("state", "session_state")) == [
        ("hadir", "selesai"),
        ("tidak_hadir", "selesai"),
    ]
    rtl = Rtl.objects.get()
    assert (rtl.undangan, rtl.due_on, rtl.path) == (letters[0], session.rtl_due_on, first.path)


def test_who_said_they_would_come_stays_beside_who_came(cast, session):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    letters = [make_undangan(session, kombel), make_undangan(session, make_antar())]
    cast.penggerak.post(f"/refleksi/undangan/{letters[0].pk}/", {"answer": "ya", "note": ""})
    _move(cast.upt_jabar, session, "start")
    shown = [one.pk for one in letters]
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/hadir/", {"shown": shown, "present": shown})
    counted = cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/").context["session"]
    assert (counted.coming, counted.present) == (1, 2)
    assert cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/undangan/").text.count("Menjawab akan hadir") == 1


def test_a_new_day_forgets_who_would_come(cast, session):
    make_undangan(session, make_kombel(), state="akan_hadir", coming=True)
    body = plan(held_on="2026-10-27", rtl_due_on="2026-11-10", version=session.version)
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ubah/", body)
    assert cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/").context["session"].coming == 0


def test_taking_a_letter_back_keeps_the_ticks_of_the_page(cast, session):
    first, second, third = (make_undangan(session, one) for one in many(3))
    _move(cast.upt_jabar, session, "start")
    page = cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/undangan/").text
    assert f'form="hadir" formaction="/refleksi/undangan/{third.pk}/tarik/"' in page
    assert page.index("Simpan kehadiran") < page.index("formaction"), "Enter must save, not withdraw"
    ticks = {"shown": [one.pk for one in (first, second, third)], "present": [first.pk, third.pk], "page": "1"}
    answer = cast.upt_jabar.post(f"/refleksi/undangan/{third.pk}/tarik/", {**ticks, "jawaban": "terkirim"})
    assert answer.url == f"/refleksi/sesi/{session.pk}/undangan/?page=1&jawaban=terkirim"
    assert list(Undangan.objects.order_by("pk").values_list("state", flat=True)) == ["hadir", "terkirim", "ditarik"]


def test_attendance_mended_after_the_end_brings_and_takes_an_rtl(cast, session):
    letter = make_undangan(session, make_kombel(), state="tidak_hadir", session_state="selesai")
    Session.objects.update(state="selesai")
    url = f"/refleksi/sesi/{session.pk}/hadir/"
    cast.upt_jabar.post(url, {"shown": [letter.pk], "present": [letter.pk], "page": "1"})
    rtl = Rtl.objects.get()
    cast.upt_jabar.post(url, {"shown": [letter.pk]})
    assert not Rtl.objects.exists()
    cast.upt_jabar.post(url, {"shown": [letter.pk], "present": [letter.pk]})
    rtl = Rtl.objects.get()
    rtl.items.create(path=rtl.path, activity="A", aim="B", responsible="C", due_on=date(2026, 12, 1), indicator="D")
    answer = cast.upt_jabar.post(url, {"shown": [letter.pk]})
    assert answer.status_code == 400
    assert "sudah mengisi RTL" in answer.content.decode()


def test_a_cancelled_session_says_why_to_everyone_invited(cast, session):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    letter = make_undangan(session, kombel)
    assert _move(cast.upt_jabar, session, "cancel").status_code == 400
    _move(cast.upt_jabar, session, "cancel", reason="Aula dipakai ujian")
    assert "Aula dipakai ujian" in cast.penggerak.get(f"/refleksi/undangan/{letter.pk}/").content.decode()
    assert _move(cast.upt_jabar, session, "start").status_code == 400


def test_a_finished_session_opens_again_only_with_a_reason(cast, session):
    Session.objects.update(state="selesai")
    assert _move(cast.upt_jabar, session, "resume").status_code == 400
    _move(cast.upt_jabar, session, "resume", reason="Ada catatan tertinggal")
    session.refresh_from_db()
    assert session.state == "berlangsung"


def test_a_withdrawn_letter_disappears_and_can_be_sent_again(cast, session):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    letter = make_undangan(session, kombel)
    assert cast.pmp_jabar.post(f"/refleksi/undangan/{letter.pk}/tarik/").status_code == 404
    assert cast.penggerak.post(f"/refleksi/undangan/{letter.pk}/tarik/").status_code == 403
    cast.upt_jabar.post(f"/refleksi/undangan/{letter.pk}/tarik/")
    assert session.title not in cast.penggerak.get("/refleksi/").content.decode()
    cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/undang/", {"kombel": [kombel.pk]})
    letter.refresh_from_db()
    assert letter.state == "terkirim"


def test_the_list_shows_states_and_counts_and_filters_them(cast, session):
    make_undangan(session, make_kombel())
    make_session(title="Sesi Contoh lama", state="selesai")
    make_session("bgp_kaltim", "Sesi Contoh Kaltim")
    page = cast.upt_jabar.get("/refleksi/sesi/?keadaan=disiapkan")
    assert [(row.title, row.invited) for row in page.context["page_obj"]] == [(session.title, 1)]
    assert cast.upt_jabar.get("/refleksi/sesi/?siklus=x&keadaan=y").status_code == 200
    assert len(cast.pusat.get("/refleksi/").context["page_obj"]) == 3


def test_the_toolkit_is_open_to_everyone_who_logs_in(cast):
    for name in ("upt_jabar", "penggerak", "dinas_depok"):
        assert "Contoh rencana moderasi" in cast.client(name).get("/refleksi/perangkat/").content.decode()


@pytest.mark.parametrize("part", ["", "undang/", "undangan/", "rtl/", "catatan/", "rekap/"])
def test_pages_ask_as_much_for_20_rows_as_for_1(cast, part):
    counts = []
    for number in (1, 20):
        session = make_session(title=f"Sesi Contoh {number}", state="berlangsung")
        for one in many(number, "99000002" if number == 1 else "99000001"):
            letter = make_undangan(session, one, state="hadir")
            Rtl.objects.create(undangan=letter, path=letter.path, due_on=letter.rtl_due_on)
            make_note(session, kombel=one, kombel_name=one.name)
        make_antar(name=f"KKG Contoh {number}", key=f"k_{number}")
        counts.append(len(asked(cast.upt_jabar, f"/refleksi/sesi/{session.pk}/{part}")))
    assert counts[0] == counts[1] <= 12, counts


def test_the_list_of_sessions_asks_as_much_for_20_as_for_1(cast):
    make_session()
    first = len(asked(cast.upt_jabar, "/refleksi/sesi/"))
    for number in range(19):
        make_session(title=f"Sesi Contoh {number}")
    assert len(asked(cast.upt_jabar, "/refleksi/sesi/")) == first <= 8
