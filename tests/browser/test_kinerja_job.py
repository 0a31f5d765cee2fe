"""A teacher of an imported SMK plans, is observed, shows evidence, is rated and gets the SKP, through the pages.

The SMK comes with the whole real list of Depok where that is there, else with an example. The teacher holds a phone
of 360 px, once with JavaScript and once without; the principal sits at a laptop.
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
from .material import photo
from .plan_steps import (
    PRINCIPAL,
    PRINCIPAL_MAIL,
    TEACHER,
    TEACHER_MAIL,
    approve_plan,
    begin,
    choose_duties,
    choose_indicator,
    choose_rhk,
    describe_values,
    mend_plan,
    return_plan,
    send_plan,
)
from .site import Site, copied_database, serving
from .smk import SchoolList, import_smk, list_of_depok

WORD = "cendana-depok-2026"


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
    schools = list_of_depok()
    import_smk(dinas, schools)
    invite(dinas, PRINCIPAL, PRINCIPAL_MAIL, "Kepala sekolah", npsn=schools.npsn)
    principal = join(workplace.office("kepsek"), PRINCIPAL_MAIL)
    colour_indicators(principal)
    invite(principal, TEACHER, TEACHER_MAIL, "Guru")
    teacher = join(workplace.teacher(), TEACHER_MAIL)

    begin(teacher, period, schools)
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
    read_skp(teacher, schools)
    simulate(teacher)
    for stranger in ("dinas_jabar", "upt_jabar", "kepsek_smk"):
        cannot_open(workplace.office(stranger).log_in(stranger), teacher.seen)


# The people


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
    teacher.unfold("Terima penilaian")
    teacher.press("Ya, terima penilaian")
    teacher.reads("Selesai")


def read_skp(teacher: Person, schools: SchoolList) -> None:
    teacher.follow("SKP")
    teacher.reads("Baik", "198001012005012001", schools.name)
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(teacher.download("Unduh PDF"))).pages)
    words = " ".join(pdf.split())
    assert TEACHER in words
    assert schools.name in words
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
