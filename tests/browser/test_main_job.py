"""The portal's main job, walked through its pages as the people do it: from a school list to an accepted report.

Twice: with JavaScript on a laptop, and without it on a phone.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command

from coordination.actors.actor import system
from coordination.notices.services.delivery import drain_mail
from reflection.models import Kind, Obligation
from reflection.services.reminders import remind_of_reports
from reflection.services.rtl_reminders import remind_of_rtl
from tests import real_lists

from .hands import Person
from .material import MEETINGS, NOTES, NPSN, SCHOOL, SCHOOLS, as_file, photo
from .site import Site, copied_database, serving

JAKARTA = ZoneInfo("Asia/Jakarta")
KOMBEL, SESSION = "Kombel Contoh Melati", "Refleksi Contoh Pancoran Mas"
SARI, SARI_MAIL, SARI_WORD = "Ibu Contoh Sari", "sari.contoh@guru.sd.belajar.id", "melati-depok-2026"
SECRETS = (SCHOOL, NPSN, KOMBEL, SESSION, SARI, "Depok")
"""What nobody outside Jawa Barat may come to read."""


def today() -> date:
    return datetime.now(JAKARTA).date()


@dataclass
class Town:
    """Everybody's windows on one portal."""

    site: Site
    script: bool
    width: int

    def arrives(self, name: str) -> Person:
        return Person(self.site, name, script=self.script, width=self.width)

    def logs_in(self, username: str) -> Person:
        return self.arrives(username).log_in(username)


@pytest.fixture(params=[(True, 1280), (False, 360)], ids=["laptop", "phone-without-javascript"])
def town(request, db, browser, django_db_blocker):
    """A portal of its own for each walk, because what is sent stays sent."""
    script, width = request.param
    with django_db_blocker.unblock(), copied_database(), serving() as url:
        site = Site(browser, url)
        yield Town(site, script, width)
        site.close()


def test_the_main_job_from_a_school_list_to_an_accepted_report(town):
    pusat = town.logs_in("admin")
    cycle = prepare_cycles(pusat)

    upt = town.logs_in("upt_jabar")
    import_schools(upt)
    register_kombel(upt)
    invite_penggerak(upt)
    sari = join_the_portal(town)
    appoint_penggerak(upt)

    for number, meeting in enumerate(MEETINGS):
        document_meeting(sari, meeting, on=max(today() - timedelta(days=7 * (1 - number)), first_day_of_cycle()))
    silence_is_over(upt)

    plan_session(upt)
    answer_letter(sari)
    hold_session(upt)
    remind_penggerak(sari)
    answer_rtl(sari)

    remind_upt(upt, cycle)
    write_report(upt)
    send_report(upt, expected="Versi 1")

    return_report(pusat)
    mend_report(upt)
    send_report(upt, expected="Versi 2")
    accept_report(pusat)
    hear_of_it(upt)

    read_recap(town.logs_in("pusat"), pusat)
    own_dinas_sees_it(town.logs_in("dinas_depok"))
    for name in ("dinas_balikpapan", "upt_kaltim", "upt_papua"):
        never_see_it(town.logs_in(name), upt.seen | sari.seen | pusat.seen)


@pytest.mark.parametrize("town", [(True, 1280)], indirect=True, ids=["laptop"])
@real_lists.needs(real_lists.DEPOK)
def test_a_upt_brings_in_the_real_list_of_depok(town):
    call_command("load_wilayah", verbosity=0)
    rows, found = real_lists.DEPOK_ROWS, real_lists.first_of("SD")
    upt = town.logs_in("upt_jabar")
    upt.go("Wilayah binaan")
    upt.follow("Impor sekolah")
    upt.fill({"Daftar sekolah": [real_lists.DEPOK]})
    upt.press("Unggah dan periksa")
    upt.reads(f"{rows} baris: {rows} baru, 0 diperbarui, 0 sama, 0 salah.")
    upt.press(f"Impor {rows} baris yang benar")
    upt.reads(f"{rows} baris ditulis.")
    upt.follow("Lihat sekolah")
    upt.fill({"Kab/kota": "Kota Depok", "Nama atau NPSN": found["name"]})
    upt.press("Tampilkan")
    upt.follow(found["name"], exact=True)
    upt.reads(found["npsn"], found["kecamatan"], "Dinas Pendidikan Kota Depok")


# The cycle


def first_day_of_cycle() -> date:
    return date(today().year, (today().month - 1) // 2 * 2 + 1, 1)


def prepare_cycles(pusat: Person) -> str:
    """Returns the name of the present cycle."""
    pusat.go("Siklus")
    pusat.fill({"Siapkan siklus sampai": (today() + timedelta(days=90)).isoformat()})
    pusat.press("Siapkan siklus")
    return pusat.main.get_by_role("rowheader").last.inner_text()


# Schools, kombel, penggerak


def import_schools(upt: Person) -> None:
    upt.go("Wilayah binaan")
    upt.follow("Impor sekolah")
    upt.fill({"Daftar sekolah": as_file(SCHOOLS)})
    upt.press("Unggah dan periksa")
    upt.reads("5 baris: 2 baru, 0 diperbarui, 0 sama, 2 salah. 1 bukan wilayah Anda.", "9910A003", "Kec. Antah")
    assert b"SD CONTOH DI LUAR" in upt.download("Unduh baris yang tidak diimpor")
    upt.press("Impor 2 baris yang benar")
    upt.reads("2 baris ditulis.")
    upt.follow("Lihat sekolah")
    upt.fill({"Kab/kota": "Kota Depok", "Nama atau NPSN": "contoh melati"})
    upt.press("Tampilkan")
    upt.follow(SCHOOL)
    upt.reads(NPSN, "Pancoran Mas", "Dinas Pendidikan Kota Depok")


def register_kombel(upt: Person) -> None:
    upt.follow("Daftarkan komunitas di sekolah ini")
    upt.fill({"Nama komunitas": KOMBEL, "Program kegiatan": "Membaca bersama data murid"})
    upt.press("Daftarkan")
    upt.reads("Komunitas terdaftar.", "Belum ada penggerak")


def invite_penggerak(upt: Person) -> None:
    upt.follow("Tetapkan penggerak")
    upt.follow("Undang orang dari sekolah ini")
    upt.fill({"Nama lengkap": SARI, "Surel": SARI_MAIL, "Peran": "Penggerak komunitas"})
    upt.press("Kirim undangan")
    upt.reads(f"Undangan untuk {SARI} dikirim.")


def join_the_portal(town: Town) -> Person:
    (letter,) = [one for one in mail.outbox if SARI_MAIL in one.to]
    link = re.search(r"/undangan/\S+", letter.body)
    sari = town.arrives("sari")
    sari.open(link[0])
    sari.fill({"Kata sandi": SARI_WORD})
    sari.press("Buat akun dan terima")
    sari.seen.discard(link[0])
    sari.reads("Penggerak komunitas")
    return sari


def appoint_penggerak(upt: Person) -> None:
    upt.go("Komunitas")
    upt.follow(KOMBEL)
    upt.follow("Tetapkan penggerak")
    upt.fill(
        {
            "Orang": f"{SARI} · Penggerak komunitas",
            "Disepakati warga sekolah": True,
            "Aktif menjadi bagian dari komunitas": True,
            "Berkomitmen menggerakkan anggota komunitas": True,
            "Berkomitmen memfasilitasi proses belajar anggota": True,
            "Nomor WhatsApp": "081200000001",
        }
    )
    upt.press("Tetapkan", exact=True)
    upt.reads(f"{SARI} menjadi penggerak.")


# Meetings


def document_meeting(sari: Person, meeting: dict[str, str], *, on: date) -> None:
    sari.go("Pertemuan")
    sari.follow("Catat pertemuan")
    sari.fill({"Tanggal": on.isoformat(), "Mulai": "13:00", "Selesai": "14:30", "Jumlah hadir": "11"})
    sari.fill({"Topik": meeting["topic"], "Foto kegiatan": photo()})
    sari.press("Simpan, lanjut ke refleksi")
    sari.fill({question: answer for question, answer in meeting.items() if question != "topic"})
    sari.press("Simpan", exact=True)
    sari.reads("Tersimpan. Komunitas Anda aktif sampai", meeting["Apa yang berjalan baik?"], "11 orang")
    picture = sari.main.get_by_role("img", name=f"Foto 1 pertemuan: {meeting['topic']}")
    assert sari.page.request.get(picture.get_attribute("src")).headers["content-type"] == "image/jpeg"


def silence_is_over(upt: Person) -> None:
    upt.go("Komunitas")
    upt.follow(KOMBEL)
    upt.reads("Aktif sampai", MEETINGS[0]["topic"], MEETINGS[1]["topic"], "90 menit · 11 hadir")


# The session


def plan_session(upt: Person) -> None:
    upt.go("Kegiatan")
    upt.follow("Buat sesi refleksi")
    upt.fill(
        {
            "Judul sesi": SESSION,
            "Tanggal": today().isoformat(),
            "Mulai": "08:00",
            "Selesai": "11:00",
            "Luring (bertemu langsung)": True,
            "Tempat atau tautan": "Aula Contoh",
        }
    )
    upt.press("Simpan")
    upt.follow("Undang komunitas")
    upt.fill({KOMBEL: True})
    upt.press("Undang yang dipilih")
    upt.reads("1 undangan terkirim.", KOMBEL)


def answer_letter(sari: Person) -> None:
    sari.home()
    sari.follow(f"Jawab undangan {SESSION}")
    sari.reads("BBGP Jawa Barat", "Aula Contoh")
    sari.fill({"Ya, kami akan hadir": True})
    sari.press("Kirim jawaban")
    sari.follow("Tambah umpan balik")
    sari.fill({"Murid": True, "Apa dampak komunitas belajar untuk murid?": "Pelajaran lebih seru sekarang"})
    sari.press("Simpan")
    sari.reads("Umpan balik tersimpan.")


def hold_session(upt: Person) -> None:
    upt.go("Kegiatan")
    upt.follow(SESSION)
    upt.press("Mulai sesi")
    upt.follow("Layar fasilitasi")
    for prompt, note in NOTES.items():
        upt.turn_to(prompt)
        if prompt in ("Berjalan baik", "Perlu ditingkatkan", "Dampak untuk murid"):
            said = {number: list(one.values()) for number, one in enumerate(MEETINGS)}
            upt.reads(*(words[1 + list(NOTES).index(prompt)] for words in said.values()))
        upt.fill({"Catatan": note})
        if prompt == "Mitigasi":
            upt.fill({"Untuk risiko": NOTES["Risiko"]})
        upt.press("Tambah catatan")
        upt.reads(note)
    upt.turn_to("Dampak untuk murid")
    upt.press("Pelajaran lebih seru")
    upt.follow("Kehadiran")
    upt.fill({KOMBEL: True})
    upt.press("Simpan kehadiran")
    upt.follow("Kembali ke sesi")
    upt.press("Selesaikan sesi")
    upt.reads("Keadaan sesi: Selesai.", "RTL belum masuk")


def answer_rtl(sari: Person) -> None:
    sari.home()
    sari.follow(f"Kirim RTL setelah {SESSION}")
    sari.fill(
        {
            "Kegiatan": "Dua guru menyusun asesmen awal bersama",
            "Tujuan dan sasaran": "Semua guru kelas 1 dan 2",
            "Penanggung jawab": SARI,
            "Waktu (selesai paling lambat)": (today() + timedelta(days=30)).isoformat(),
            "Indikator keberhasilan": "Asesmen dipakai di dua kelas",
        }
    )
    sari.press("Tambah kegiatan")
    sari.press("Kirim RTL")
    sari.reads("RTL terkirim ke BBGP Jawa Barat.")


# Reminders: the planner is run as on the day itself, then the mail goes out


def run_on(day: date, plan) -> None:
    with system():
        plan(now=datetime.combine(day, time(9), JAKARTA))
    drain_mail()


def subjects_for(address: str) -> list[str]:
    return [one.subject for one in mail.outbox if address in one.to]


def remind_penggerak(sari: Person) -> None:
    run_on(today() + timedelta(days=14 - 3), remind_of_rtl)
    words = f"RTL {KOMBEL} ditunggu paling lambat"
    assert [subject for subject in subjects_for(SARI_MAIL) if words in subject]
    sari.bell()
    sari.reads(words, f"Susun RTL setelah {SESSION}")


def remind_upt(upt: Person, cycle: str) -> None:
    with system():
        due = Obligation.objects.filter(cycle__name=cycle).earliest("due_on").due_on
    run_on(due - timedelta(days=7), remind_of_reports)
    words = f"Laporan {cycle} BBGP Jawa Barat: batas kirim"
    assert [subject for subject in subjects_for("upt_jabar@contoh.id") if words in subject]
    upt.bell()
    upt.reads(words, f"{KOMBEL} mengirim RTL")
    upt.follow("Pengingat di wilayah Anda")
    upt.reads(cycle, KOMBEL, "dikirim")


# The report


def write_report(upt: Person) -> None:
    upt.go("Laporan")
    upt.press("Susun laporan")
    upt.reads("Enam komponen, 0 lengkap")
    for kind in Kind:
        upt.follow(kind.label)
        take_over_suggestions(upt, kind)
        have = [text for rank in range(1, 6) if (text := upt.field(f"Prioritas {rank}").input_value())]
        wanted = 3 if kind == Kind.RTL else 5
        own = {f"Prioritas {rank}": f"Isian {kind.short} {rank}" for rank in range(len(have) + 1, wanted + 1)}
        upt.fill(own)
        if kind == Kind.RTL:
            upt.fill({"Alasan bila kurang dari lima hal": "Hanya ada 3 hal yang disepakati bersama"})
        upt.press("Simpan dan kembali ke daftar")
    upt.reads("Enam komponen, 6 lengkap", "Dengan alasan")


def take_over_suggestions(upt: Person, kind: Kind) -> None:
    """Everything that meetings and session said about the component, each as a priority of its own."""
    boxes = upt.main.get_by_role("checkbox")
    for _place in range(3):
        if not boxes.count():
            break
        boxes.first.check()
        upt.press("Pakai yang dipilih")
        upt.reads("Tersimpan.")
    if kind == Kind.BAIK:
        upt.follow("sumber prioritas 1")
        upt.reads(KOMBEL)
        upt.back()


def send_report(upt: Person, *, expected: str) -> None:
    upt.follow("Periksa dan kirim")
    upt.reads("Keenam komponen siap dikirim.")
    upt.press("Kirim ke Pusat")
    upt.reads("terkirim,", "sebelum batas", expected)
    assert upt.download("Unduh PDF").startswith(b"%PDF-")


def return_report(pusat: Person) -> None:
    pusat.home()
    pusat.go("Laporan UPT")
    pusat.follow("BBGP Jawa Barat", exact=True)
    pusat.reads(NOTES["Berjalan baik"], NOTES["Mitigasi"], "Hanya ada 3 hal yang disepakati bersama")
    assert pusat.download("Unduh PDF").startswith(b"%PDF-")
    pusat.follow("Putuskan")
    pusat.fill({f"Catatan: {Kind.DAMPAK.label}": "Sebutkan dampaknya untuk kepala sekolah juga"})
    pusat.press("Kembalikan dengan catatan")
    pusat.reads("Laporan dikembalikan. UPT diberi tahu.")


def mend_report(upt: Person) -> None:
    upt.home()
    upt.follow("Perbaiki laporan")
    upt.reads("Dikembalikan oleh Pusat", "Terkunci")
    upt.follow(Kind.DAMPAK.label)
    upt.reads("Sebutkan dampaknya untuk kepala sekolah juga")
    upt.fill({"Prioritas 5": "Kepala sekolah ikut mengamati kelas"})
    upt.press("Simpan dan kembali ke daftar")


def accept_report(pusat: Person) -> None:
    pusat.go("Laporan UPT")
    pusat.follow("BBGP Jawa Barat", exact=True)
    pusat.reads("Kepala sekolah ikut mengamati kelas")
    pusat.follow("Bandingkan versi")
    pusat.reads("Kepala sekolah ikut mengamati kelas")
    pusat.back()
    pusat.follow("Putuskan")
    pusat.press("Terima", exact=True)
    pusat.reads("Laporan diterima. UPT diberi tahu.")


def hear_of_it(upt: Person) -> None:
    drain_mail()
    words = ("dikembalikan untuk diperbaiki", "diterima Pusat")
    heard = " ".join(subjects_for("upt_jabar@contoh.id"))
    assert [word for word in words if word not in heard] == []
    upt.bell()
    upt.reads(*words)


# The recap, and the wall


def read_recap(reader: Person, pusat: Person) -> None:
    reader.go("Laporan UPT")
    reader.follow("1 Tepat waktu, Jawa Barat")
    reader.reads("BBGP Jawa Barat", "Diterima")
    reader.follow("BBGP Jawa Barat", exact=True)
    reader.reads("Kepala sekolah ikut mengamati kelas")
    reader.go("Laporan UPT")
    reader.follow(Kind.MITIGASI.label)
    reader.reads(NOTES["Mitigasi"])
    rows = reader.download("CSV").decode("utf-8-sig")
    assert NOTES["Mitigasi"] in rows
    pusat.seen |= reader.seen


def own_dinas_sees_it(dinas: Person) -> None:
    dinas.go("Komunitas")
    dinas.follow(KOMBEL)
    dinas.reads(MEETINGS[1]["topic"], SARI)
    dinas.go("Tindak lanjut")
    dinas.reads(KOMBEL, SESSION)


def never_see_it(stranger: Person, addresses: set[str]) -> None:
    """No list and no notice tells of Depok; its addresses look like those of nothing at all."""
    entries = stranger.page.get_by_role("navigation", name="Menu utama").get_by_role("link").all_inner_texts()
    for entry in entries:
        stranger.go(entry)
        stranger.misses(*SECRETS)
    told = {address for address in addresses if re.search(r"\d", address)}
    assert len(told) > 20
    nothing: dict[str, str] = {}
    for address in sorted(told):
        absent = re.sub(r"\d+", lambda digits: "9" * max(len(digits[0]), 6), address)
        if absent not in nothing:
            nothing[absent] = look_up(stranger, absent)
        assert look_up(stranger, address) == nothing[absent], address


def look_up(stranger: Person, address: str) -> str:
    answer = stranger.page.request.get(address)
    assert answer.status == 404, address
    return re.search(r"<main.*</main>", answer.text(), re.S)[0]
