"""A plan comes about: the teacher writes and sends it, the principal returns it, and it is mended and approved."""

from kinerja.models import Period

from .hands import Person
from .smk import SchoolList

PRINCIPAL, PRINCIPAL_MAIL = "Bapak Contoh Wirawan", "wirawan.contoh@kepsek.smk.belajar.id"
TEACHER, TEACHER_MAIL = "Ibu Contoh Lestari", "lestari.contoh@guru.smk.belajar.id"
VALUES = (
    "Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif",
)  # fmt: skip
HOW = "Saya menyiapkan praktik bersama murid setiap pekan."


def begin(teacher: Person, period: Period, schools: SchoolList) -> None:
    teacher.go("Rencana saya")
    teacher.press(f"Mulai rencana {period.name}")
    teacher.reads("5 bagian, sekitar 20 menit. Bisa berhenti kapan saja.", schools.name)
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
