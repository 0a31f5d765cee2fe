"""A teacher of an imported SMK plans, is observed, shows evidence, is rated and gets the SKP, through the pages.

The teacher holds a phone of 360 px, once with JavaScript and once without; the principal sits at a laptop.
"""

import io
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from pypdf import PdfReader

from kinerja.models import Period
from kinerja.services.packs import prepare_periods

from .hands import Person
from .material import as_file, photo, school
from .site import Site, copied_database, serving

SCHOOL, NPSN = "SMK CONTOH CENDANA", "99100077"
PRINCIPAL, PRINCIPAL_MAIL = "Bapak Contoh Wirawan", "wirawan.contoh@kepsek.smk.belajar.id"
TEACHER, TEACHER_MAIL = "Ibu Contoh Lestari", "lestari.contoh@guru.smk.belajar.id"
WORD = "cendana-depok-2026"
VALUES = (
    "Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif",
)  # fmt: skip
HOW = "Saya menyiapkan praktik bersama murid setiap pekan."


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


@dataclass
class Workplace:
    """A portal of its own, and how the teacher holds it."""

    site: Site
    script: bool

    def teacher(self, name: str = "guru") -> Person:
        return Person(self.site, name, script=self.script, width=360)

    def office(self, name: str) -> Person:
        return Person(self.site, name, script=True, width=1280)


@pytest.fixture(params=[True, False], ids=["phone", "phone-without-javascript"])
def workplace(request, db, browser, django_db_blocker):
    with django_db_blocker.unblock(), copied_database(), serving() as url:
        site = Site(browser, url)
        yield Workplace(site, request.param)
        site.close()


@pytest.fixture
def period(workplace) -> Period:
    """The present period, in which Pusat lets principals rate already today."""
    prepare_periods(today())
    found = Period.objects.get(starts__lte=today(), ends__gte=today())
    found.assess_opens = found.starts
    found.save()
    return found


def test_a_teacher_of_an_imported_smk_goes_from_the_plan_to_the_skp(workplace, period):
    dinas = workplace.office("dinas_jabar").log_in("dinas_jabar")
    import_school(dinas)
    invite(dinas, PRINCIPAL, PRINCIPAL_MAIL, "Kepala sekolah", npsn=NPSN)
    principal = join(workplace.office("kepsek"), PRINCIPAL_MAIL)
    colour_indicators(principal)
    invite(principal, TEACHER, TEACHER_MAIL, "Guru")
    teacher = join(workplace.teacher(), TEACHER_MAIL)

    begin(teacher, period)
    choose_indicator(teacher)
    choose_rhk(teacher, script=workplace.script)
    choose_duties(teacher)
    describe_values(teacher)
    send_plan(teacher)
    return_plan(principal)
    mend_plan(teacher)
    approve_plan(principal)

    observe(teacher, principal)
    show_evidence(teacher)
    cannot_object_yet(teacher)
    rate(principal)
    answer_rating(teacher)
    read_skp(teacher)
    simulate(teacher)
    for stranger in ("dinas_jabar", "upt_jabar", "kepsek_smk"):
        cannot_open(workplace.office(stranger).log_in(stranger), teacher.seen)


# The school and its people


def import_school(dinas: Person) -> None:
    dinas.go("Sekolah")
    dinas.follow("Impor sekolah")
    dinas.fill({"Daftar sekolah": as_file([school(NPSN, Nama_Sekolah=SCHOOL, Bentuk_Pendidikan="SMK")])})
    dinas.press("Unggah dan periksa")
    dinas.press("Impor 1 baris yang benar")
    dinas.reads("1 baris ditulis.")


def invite(who: Person, name: str, address: str, role: str, npsn: str = "") -> None:
    who.go("Anggota" if npsn else "Guru")
    who.follow("Undang anggota")
    who.fill({"Nama lengkap": name, "Surel": address, "Peran": role})
    if npsn:
        who.fill({"NPSN sekolah": npsn})
    who.press("Kirim undangan")
    who.reads(f"Undangan untuk {name} dikirim.")


def join(person: Person, address: str) -> Person:
    (letter,) = [one for one in mail.outbox if address in one.to]
    person.open(re.search(r"/undangan/\S+", letter.body)[0])
    person.fill({"Kata sandi": WORD})
    person.press("Buat akun dan terima")
    return person


def colour_indicators(principal: Person) -> None:
    principal.open("/kinerja/rapor/")
    principal.fill({"Penerapan disiplin positif": "Merah – prioritas utama"})
    principal.press("Simpan")


# The plan


def begin(teacher: Person, period: Period) -> None:
    teacher.go("Rencana saya")
    teacher.press(f"Mulai rencana {period.name}")
    teacher.reads("5 bagian, sekitar 20 menit. Bisa berhenti kapan saja.", SCHOOL)
    teacher.follow("Ubah data pegawai")
    teacher.fill({"NIP": "198001012005012001", "Jenjang jabatan": "Ahli Pertama"})
    teacher.press("Simpan")


def choose_indicator(teacher: Person) -> None:
    teacher.follow("Praktik pembelajaran")
    teacher.reads("Pilih satu indikator yang ingin Anda tingkatkan.", "Merah – prioritas utama")
    teacher.main.get_by_role("radio", name="Keteraturan suasana kelas").check()
    teacher.press("Simpan dan lanjut")


def choose_rhk(teacher: Person, *, script: bool) -> None:
    for number, count, said in (
        (1, 3, "24 poin. Kurang 8 poin lagi untuk bisa diajukan."),
        (6, 1, "RHK 6: Bernilai 128 poin, sama dengan batas maksimal. Hapus pilihan lain."),
        (6, 0, "24 poin. Kurang 8 poin lagi untuk bisa diajukan."),
        (5, 4, "40 poin. Sudah memenuhi syarat (32–128)."),
    ):
        box = teacher.main.locator(f"#p{number}")
        box.set_checked(count > 0)
        teacher.main.locator(f"#id_jumlah_{number}").fill(str(count))
        if not script:
            teacher.press("Hitung ulang")
        teacher.reads(said)
    teacher.press("Simpan dan lanjut")


def choose_duties(teacher: Person) -> None:
    offered = teacher.main.get_by_role("checkbox").count()
    assert offered == 21
    teacher.main.locator("#p21").check()
    row = teacher.main.locator("#rhk-21")
    row.get_by_label("Nomor SK").fill("SK-12/2026")
    row.get_by_label("Tanggal SK").fill("2026-07-10")
    row.get_by_label("Laporan").select_option(label="Semester")
    teacher.press("Simpan dan lanjut")


def describe_values(teacher: Person) -> None:
    teacher.follow(VALUES[0])
    for name in VALUES:
        teacher.reads(name)
        teacher.main.get_by_role("checkbox").first.check()
        teacher.fill({"Bagaimana Anda mewujudkannya?": HOW})
        teacher.press("Simpan dan lanjut")


def send_plan(teacher: Person) -> None:
    if "rangkuman" not in teacher.path:
        teacher.follow("Rangkuman")
    teacher.reads("Periksa sebelum mengajukan.", "40 poin. Sudah memenuhi syarat (32–128).", HOW)
    teacher.press("Ajukan ke kepala sekolah")
    teacher.reads("Rencana terkirim", PRINCIPAL, "Biasanya diputuskan dalam 3 hari.")


def return_plan(principal: Person) -> None:
    principal.go("Persetujuan")
    principal.follow(TEACHER)
    principal.reads("Keteraturan suasana kelas", "40 poin", HOW)
    principal.fill({"Catatan: Praktik pembelajaran": "Sekolah kita merah pada disiplin positif. Pilih itu."})
    principal.press("Kembalikan")


def mend_plan(teacher: Person) -> None:
    teacher.go("Rencana saya")
    teacher.follow("Lanjutkan")
    teacher.reads("Hanya bagian yang diberi catatan yang terbuka. Tidak ada isian yang dihapus.")
    teacher.follow("Praktik pembelajaran")
    teacher.reads("Pilih itu.")
    teacher.main.get_by_role("radio", name="Penerapan disiplin positif").check()
    teacher.press("Simpan", exact=True)
    teacher.go("Rencana saya")
    teacher.follow("Lanjutkan")
    teacher.follow("Rangkuman")
    teacher.press("Ajukan ke kepala sekolah")
    teacher.reads("Rencana terkirim")


def approve_plan(principal: Person) -> None:
    principal.go("Persetujuan")
    principal.follow(TEACHER)
    principal.reads("1 hal berubah", "Penerapan disiplin positif")
    principal.press("Setujui")


# Execution


def observe(teacher: Person, principal: Person) -> None:
    teacher.go("Rencana saya")
    teacher.follow("Buka rencana")
    teacher.follow("Observasi")
    teacher.fill({"Tanggal observasi": today().isoformat(), "Kelas atau tempat": "Bengkel X TKJ"})
    teacher.press("Usulkan tanggal")
    principal.open(teacher.path)
    principal.press("Sepakati tanggal ini")
    principal.fill({"Hasil diskusi persiapan": "Mengamati kesepakatan kelas di awal pelajaran."})
    principal.press("Simpan", exact=True)
    for group in principal.main.get_by_role("radio", name="Dilakukan dan efektif").all():
        group.check()
    principal.press("Simpan hasil observasi")
    principal.fill({"Hasil diskusi tindak lanjut": "Kesepakatan dibuat bersama; perlu penguatan positif."})
    principal.press("Simpan", exact=True)
    teacher.open(teacher.path)
    teacher.reads("Dilakukan dan efektif")
    teacher.fill({"Upaya perbaikan": "Memberi pujian yang spesifik di setiap pertemuan."})
    teacher.press("Simpan", exact=True)
    teacher.fill({"Refleksi": "Murid lebih tertib dan berani bertanya."})
    teacher.press("Simpan", exact=True)


COUNTED = {1: "Jumlah pelatihan serta aksi nyata", 5: "Jumlah kegiatan berdurasi 2–3 jam"}
"""What the form of evidence calls the single works of an RHK utama; a tugas tambahan has none."""


def show_evidence(teacher: Person) -> None:
    teacher.go("Bukti")
    teacher.reads("0 dari 40 poin terbukti.")
    for number, units in ((1, 3), (5, 4), (21, 1)):
        teacher.follow(f"Tambah bukti RHK {number}")
        if number == 21:
            teacher.follow("Catatan", exact=True)
        elif number == 5:
            teacher.follow("Tautan", exact=True)
        else:
            teacher.follow("Foto", exact=True)
        teacher.fill({"Judul": f"Bukti contoh {number}", "Tanggal kegiatan": (today() - timedelta(days=1)).isoformat()})
        teacher.fill({COUNTED.get(number, "Jumlah"): str(units)})
        if number == 21:
            teacher.fill({"Catatan": "Laporan program keahlian semester ini."})
        elif number == 5:
            teacher.fill({"Tautan": "https://contoh.id/berbagi"})
        else:
            teacher.fill({"Foto": photo()})
        teacher.press("Simpan bukti")
    teacher.reads("40 dari 40 poin terbukti.")


# Assessment


def cannot_object_yet(teacher: Person) -> None:
    pk = re.search(r"/rencana/(\d+)/", " ".join(teacher.seen))[1]
    teacher.open(f"/kinerja/rencana/{pk}/mengapa/object/")
    teacher.reads("Mengapa “Ajukan keberatan” belum bisa?", "Berjalan")


def rate(principal: Person) -> None:
    principal.go("Penilaian")
    principal.reads("Siap dinilai")
    principal.follow(TEACHER)
    principal.reads("Bukti contoh 1", "Dilakukan dan efektif")
    for choice in principal.main.get_by_role("radio", name="Sesuai ekspektasi").all():
        choice.check()
    principal.press("Simpan penilaian")
    principal.reads("Sesuai ekspektasi")


def answer_rating(teacher: Person) -> None:
    teacher.home()
    teacher.go("Rencana saya")
    teacher.follow("Buka rencana")
    teacher.follow("Hasil penilaian")
    teacher.reads("Predikat", "Baik", "Sekali saja, sampai")
    teacher.fill({"Tanggapan Anda": "Terima kasih, saya akan melanjutkan kesepakatan kelas."})
    teacher.press("Simpan tanggapan")
    teacher.press("Terima penilaian")
    teacher.reads("Selesai")


def read_skp(teacher: Person) -> None:
    teacher.follow("SKP")
    teacher.reads("Baik", "198001012005012001", SCHOOL)
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(teacher.download("Unduh PDF"))).pages)
    assert "Ibu Contoh Lestari" in pdf
    said = json.loads(teacher.download("Unduh JSON"))
    assert said["format"] == "ikm-skp/1"
    assert teacher.download("Unduh XLSX")[:2] == b"PK"


def simulate(teacher: Person) -> None:
    teacher.open("/kinerja/simulasi/")
    teacher.fill({"Hasil kerja": "Di atas ekspektasi", "Perilaku kerja": "Di atas ekspektasi"})
    teacher.fill({"Jenjang jabatan": "Ahli Pertama", "Lama (bulan)": "12"})
    teacher.press("Hitung")
    teacher.reads("Sangat Baik", "18,75")


def cannot_open(stranger: Person, addresses: set[str]) -> None:
    told = {address for address in addresses if re.search(r"/(rencana|bukti)/\d", address)}
    assert len(told) > 8
    for address in sorted(told):
        answer = stranger.page.request.get(address)
        assert answer.status == 404, address
        assert TEACHER not in answer.text()
