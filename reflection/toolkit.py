"""The reflection toolkit (RF-4; seed 002 Bab 3.C) in the portal's own words: examples to adapt, no rules."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the moderation plan, with an example of its length in minutes."""

    title: Promise
    minutes: int
    guide: Promise


@dataclass(frozen=True, slots=True)
class Slide:
    title: Promise
    points: tuple[Promise, ...]


CONTENTS = (
    ("moderasi", _("Contoh rencana moderasi"), _("Alur sesi dari pembukaan sampai penutupan.")),
    ("tayang", _("Contoh bahan tayang"), _("Pokok yang ditampilkan fasilitator pada tiap bagian.")),
    (
        "catatan",
        _("Templat catatan refleksi"),
        _("Kolom untuk merekap yang baik, yang perlu ditingkatkan, ide solusi dan dampak."),
    ),
    ("rtl", _("Templat rencana tindak lanjut"), _("Format RTL yang diisi setiap komunitas.")),
)

MODERATION = (
    Part(
        _("Pembukaan"),
        10,
        _(
            "Sambut peserta, sampaikan tujuan dan kesepakatan: semua suara didengar, "
            "yang dicatat adalah pelajaran, bukan nama."
        ),
    ),
    Part(
        _("Membaca umpan balik"),
        15,
        _("Setiap komunitas membacakan satu umpan balik dari murid, guru, atau kepala sekolah yang paling berkesan."),
    ),
    Part(
        _("Yang berjalan baik"),
        20,
        _("Minta satu contoh nyata dari tiap komunitas. Tanyakan apa yang membuatnya berhasil."),
    ),
    Part(_("Yang perlu ditingkatkan"), 25, _("Untuk tiap hal, ajak peserta lain mengusulkan satu ide solusi.")),
    Part(
        _("Dampak untuk murid"),
        20,
        _("Cari perubahan yang terlihat di kelas. Bedakan yang sudah terlihat dari yang diharapkan."),
    ),
    Part(_("Tantangan"), 15, _("Pisahkan tantangan yang bisa diatasi sendiri dari yang butuh bantuan Dinas atau UPT.")),
    Part(
        _("Risiko dan mitigasi"),
        25,
        _("Sebutkan risiko kegiatan berikutnya, lalu pasangkan setiap risiko dengan satu mitigasi."),
    ),
    Part(
        _("Menyusun RTL"),
        30,
        _("Tiap komunitas mengisi format RTL; fasilitator berkeliling dan bertanya: siapa, kapan, tandanya apa."),
    ),
    Part(_("Penutupan"), 10, _("Bacakan kembali kesepakatan dan batas pengiriman RTL. Ucapkan terima kasih.")),
)

SLIDES = (
    Slide(
        _("Mengapa kita berkumpul"),
        (
            _("Melihat kembali kegiatan komunitas belajar"),
            _("Menemukan dampaknya untuk murid"),
            _("Pulang membawa rencana tindak lanjut"),
        ),
    ),
    Slide(
        _("Kesepakatan"),
        (
            _("Satu orang bicara, yang lain mendengar"),
            _("Contoh nyata, bukan penilaian terhadap orang"),
            _("Semua catatan boleh dibaca komunitasnya"),
        ),
    ),
    Slide(
        _("Yang berjalan baik"),
        (_("Apa yang paling Anda syukuri sejak sesi lalu?"), _("Apa yang membuatnya berhasil?")),
    ),
    Slide(
        _("Yang perlu ditingkatkan"), (_("Apa yang ingin Anda ubah?"), _("Satu ide solusi dari teman di samping Anda"))
    ),
    Slide(_("Dampak untuk murid"), (_("Apa yang kini dilakukan murid dan dulu belum?"), _("Dari mana kita tahu?"))),
    Slide(
        _("Tantangan, risiko, mitigasi"),
        (
            _("Apa yang menghambat sekarang?"),
            _("Apa yang bisa menghambat nanti?"),
            _("Apa yang kita siapkan untuk itu?"),
        ),
    ),
    Slide(
        _("Rencana tindak lanjut"),
        (_("Kegiatan, tujuan, penanggung jawab"), _("Waktu dan tanda keberhasilan"), _("Dukungan yang dibutuhkan")),
    ),
)

NOTE_COLUMNS = (
    _("Hal yang sudah baik"),
    _("Hal yang perlu ditingkatkan"),
    _("Ide solusi"),
    _("Dampak untuk murid"),
)

RTL_COLUMNS = (
    (_("Kegiatan"), _("Apa yang akan dilakukan, satu kalimat.")),
    (_("Tujuan dan sasaran"), _("Untuk apa, dan siapa yang merasakannya.")),
    (_("Penanggung jawab"), _("Satu nama, bukan “semua anggota”.")),
    (_("Waktu"), _("Tanggal paling lambat selesai.")),
    (_("Indikator keberhasilan"), _("Tanda yang bisa dilihat atau dihitung.")),
    (_("Dukungan yang dibutuhkan"), _("Dari sekolah, Dinas, atau UPT; boleh kosong.")),
)

AIMS = (
    _("Melihat kembali kegiatan komunitas belajar dan mengambil pelajarannya."),
    _("Mengenali dampak kegiatan komunitas belajar untuk peserta didik."),
    _("Menemukan cara baru agar kegiatan komunitas belajar menjadi lebih baik."),
    _("Menyusun rencana tindak lanjut setiap komunitas."),
)

EQUIPMENT = _(
    "Daftar hadir; layar dan proyektor atau ruang daring; format catatan refleksi; format RTL; "
    "alat tulis dan kertas tempel"
)


def as_text(parts: tuple[Part, ...]) -> str:
    """The moderation plan as lines of text, in Indonesian, to start a session's own plan from."""
    with override("id"):
        return "\n".join(f"{part.title} ({part.minutes} menit): {part.guide}" for part in parts)
