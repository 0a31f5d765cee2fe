"""The facilitation screen: six prompts, a row each, several hands at once (RF-3, RF-8)."""

from datetime import date
from uuid import uuid4

import pytest

from coordination.actors.models import User
from kombel.models import MeetingReflection
from reflection.models import Note, Session
from tests.kombel.make import make_kombel, make_meeting
from tests.reflection.make import make_feedback, make_note, make_session, make_undangan


@pytest.fixture
def session(cast) -> Session:
    return make_session(state="berlangsung")


@pytest.fixture
def letter(session):
    return make_undangan(session, make_kombel(), state="hadir", session_state="berlangsung")


def screen(session, prompt="baik") -> str:
    return f"/refleksi/sesi/{session.pk}/catatan/?bagian={prompt}"


def words(text="Guru saling mengunjungi kelas", **more) -> dict:
    return {"text": text, "token": str(uuid4()), **more}


def test_the_six_prompts_of_the_guide_stand_in_their_order(cast, session):
    page = cast.upt_jabar.get(screen(session))
    assert [label for _value, label, _count in page.context["tabs"]] == [
        "Berjalan baik",
        "Perlu ditingkatkan",
        "Dampak untuk murid",
        "Tantangan",
        "Risiko",
        "Mitigasi",
    ]


@pytest.mark.parametrize("prompt", Note.Prompt.values)
def test_a_note_is_written_in_one_action_under_each_prompt(cast, session, letter, prompt):
    answer = cast.upt_jabar_staff.post(screen(session, prompt), words(undangan=letter.pk))
    note = Note.objects.get()
    assert answer.url == f"{screen(session, prompt)}#n-{note.pk}"
    assert (note.prompt, note.kombel, note.kombel_name) == (prompt, letter.kombel, letter.kombel.name)
    assert (note.path, note.written_by.username) == ("u.bbgp_jabar", "upt_jabar_staff")


def test_two_facilitators_write_at_once_and_lose_nothing(cast, session):
    for client, text in ((cast.upt_jabar, "Satu"), (cast.upt_jabar_staff, "Dua")):
        client.post(screen(session), words(text))
    assert set(Note.objects.values_list("text", flat=True)) == {"Satu", "Dua"}


def test_a_double_click_writes_one_note(cast, session):
    body = words()
    first, second = (cast.upt_jabar.post(screen(session), body) for _ in range(2))
    assert first.url == second.url
    assert Note.objects.count() == 1


def test_an_improvement_carries_an_idea_and_a_mitigation_its_risk(cast, session):
    risk = make_note(session, "risiko", "Guru pindah tugas")
    other = make_note(make_session(title="Sesi Contoh lain"), "risiko", "Risiko sesi lain")
    cast.upt_jabar.post(screen(session, "ditingkatkan"), words(solution="Jadwal tetap"))
    cast.upt_jabar.post(screen(session, "mitigasi"), words("Siapkan pengganti", risk=risk.pk))
    assert cast.upt_jabar.post(screen(session, "mitigasi"), words(risk=other.pk)).status_code == 400
    assert Note.objects.get(prompt="ditingkatkan").solution == "Jadwal tetap"
    assert Note.objects.get(prompt="mitigasi").risk == risk


def test_a_note_cannot_name_a_community_that_was_not_invited(cast, session):
    stranger = make_undangan(make_session("bgp_kaltim"), make_kombel("99000005"))
    assert cast.upt_jabar.post(screen(session), words(undangan=stranger.pk)).status_code == 400
    assert not Note.objects.exists()


@pytest.mark.parametrize("state", ["disiapkan", "dibatalkan"])
def test_notes_wait_for_the_session_to_begin(cast, session, state):
    Session.objects.update(state=state, state_reason="alasan")
    answer = cast.upt_jabar.post(screen(session), words())
    assert answer.status_code == 400
    assert "Catatan diisi setelah sesi dimulai" in answer.content.decode() or "belum bisa ditulis" in (
        answer.content.decode()
    )
    assert not Note.objects.exists()


def test_two_people_who_edit_one_note_get_both_versions(cast, session):
    note = make_note(session, text="Asal")
    url = f"/refleksi/catatan/{note.pk}/"
    assert cast.upt_jabar.post(url, words("Versi satu", version=1)).status_code == 302
    answer = cast.upt_jabar_staff.post(url, words("Versi dua", version=1))
    assert answer.status_code == 409
    assert "Versi satu" in answer.content.decode()
    assert "Versi dua" in answer.content.decode()
    note.refresh_from_db()
    assert (note.text, note.version) == ("Versi satu", 2)


def test_a_note_is_removed_unless_a_mitigation_builds_on_it(cast, session):
    risk = make_note(session, "risiko")
    mitigation = make_note(session, "mitigasi", risk=risk)
    assert cast.upt_jabar.post(f"/refleksi/catatan/{risk.pk}/hapus/").status_code == 400
    assert cast.upt_jabar.post(f"/refleksi/catatan/{mitigation.pk}/hapus/").status_code == 302
    assert cast.upt_jabar.post(f"/refleksi/catatan/{risk.pk}/hapus/").status_code == 302
    assert not Note.objects.exists()


@pytest.mark.parametrize("name", ["pmp_jabar", "upt_kaltim", "dinas_depok", "penggerak", "pusat"])
def test_a_note_is_absent_for_everybody_but_its_upt(cast, session, name):
    note = make_note(session)
    for url in (f"/refleksi/catatan/{note.pk}/", f"/refleksi/catatan/{note.pk}/hapus/"):
        assert cast.client(name).post(url, words("Diubah", version=1)).status_code == 404
    note.refresh_from_db()
    assert note.text == "Guru saling mengunjungi kelas"


@pytest.fixture
def reflected(session, letter):
    meeting = make_meeting(letter.kombel, date(2026, 10, 5))
    return MeetingReflection.objects.create(
        meeting=meeting,
        path=meeting.path,
        went_well="Semua guru mencoba asesmen awal",
        pupil_impact="Murid bertanya lebih banyak",
        written_by=User.objects.get(username="penggerak"),
    )


def test_what_communities_said_stands_beside_its_prompt_and_is_taken_over_once(cast, session, letter, reflected):
    page = cast.upt_jabar.get(screen(session))
    assert [row.text for row in page.context["materials"]] == ["Semua guru mencoba asesmen awal"]
    body = {"kind": "pertemuan", "id": reflected.pk, "part": "went_well", "prompt": "baik"}
    for _ in range(2):
        assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ambil/", body).status_code == 302
    note = Note.objects.get()
    assert (note.text, note.kombel) == ("Semua guru mencoba asesmen awal", letter.kombel)
    assert (note.source_kind, note.source_id, note.source_part) == ("pertemuan", reflected.pk, "went_well")
    assert cast.upt_jabar.get(screen(session)).context["materials"] == []
    assert len(cast.upt_jabar.get(screen(session, "dampak")).context["materials"]) == 1


def test_feedback_is_material_for_impact_and_improvement(cast, session, letter):
    make_feedback(letter, giver="ks", impact_teachers="Guru saling membantu", proposals="Kunjungan antar sekolah")
    page = cast.upt_jabar.get(screen(session, "dampak"))
    assert {row.text for row in page.context["materials"]} == {"Murid lebih berani bertanya", "Guru saling membantu"}
    page = cast.upt_jabar.get(screen(session, "ditingkatkan"))
    assert [row.label for row in page.context["materials"]] == ["Umpan balik: Kepala sekolah"]


def test_material_of_a_community_that_was_not_invited_is_neither_shown_nor_taken(cast, session):
    other = make_kombel(name="Kombel Contoh Anggrek")
    meeting = make_meeting(other, date(2026, 10, 5))
    row = MeetingReflection.objects.create(
        meeting=meeting, path=meeting.path, went_well="Rahasia", written_by=meeting.created_by
    )
    assert cast.upt_jabar.get(screen(session)).context["materials"] == []
    body = {"kind": "pertemuan", "id": row.pk, "part": "went_well", "prompt": "baik"}
    assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ambil/", body).status_code == 404
    body |= {"part": "written_by"}
    assert cast.upt_jabar.post(f"/refleksi/sesi/{session.pk}/ambil/", body).status_code == 404


def test_the_recap_gathers_all_six_with_ideas_and_risks(cast, session):
    risk = make_note(session, "risiko", "Guru pindah tugas")
    make_note(session, "mitigasi", "Siapkan pengganti", risk=risk)
    make_note(session, "ditingkatkan", "Jadwal sering berubah", solution="Jadwal tetap")
    page = cast.upt_jabar.get(f"/refleksi/sesi/{session.pk}/rekap/").content.decode()
    for text in ("Guru pindah tugas", "Siapkan pengganti", "Jadwal tetap", "Tantangan"):
        assert text in page
