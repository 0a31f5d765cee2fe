"""Kinds of school (bentuk pendidikan): who answers for them, and the many ways they are written.

Level `d` (dasar) belongs to the Dinas kab/kota, `m` (menengah and special schools) to the Dinas provinsi
(UU 23/2014, lampiran huruf A). Madrasah and other religious schools belong to the Ministry of Religious
Affairs and are refused with that reason.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..tenancy.paths import DASAR, MENENGAH

LEVEL_OF = {
    **dict.fromkeys(("TK", "KB", "TPA", "SPS", "PAUD", "SD", "SMP", "PKBM", "SKB"), DASAR),
    **dict.fromkeys(("SPK TK", "SPK KB", "SPK PAUD", "SPK SD", "SPK SMP"), DASAR),
    **dict.fromkeys(("SMA", "SMK", "SPK SMA", "SPK SMK"), MENENGAH),
    **dict.fromkeys(("SLB", "TKLB", "SDLB", "SMPLB", "SMALB"), MENENGAH),
}
"""The kinds the portal knows, as it writes them, and who answers for them."""

JENJANG_OF = {
    **dict.fromkeys(("TK", "KB", "TPA", "SPS", "RA", "PAUD"), "paud"),
    **dict.fromkeys(("SD", "MI"), "sd"),
    **dict.fromkeys(("SMP", "MTS"), "smp"),
    **dict.fromkeys(("SMA", "MA"), "sma"),
    **dict.fromkeys(("SMK", "MAK"), "smk"),
    **dict.fromkeys(("SLB", "TKLB", "SDLB", "SMPLB", "SMALB", "SMKLB"), "slb"),
}


def jenjang_of(bentuk: str) -> str:
    """The jenjang of a kind of school, such as "SPK SMP": paud, sd, smp, sma, smk, slb, or lain for none of them."""
    return JENJANG_OF.get(bentuk.upper().removeprefix("SPK ").strip(), "lain")


_NEGERI = frozenset({"TK", "SD", "SMP", "SMA", "SMK", "SLB"})


def readings(words: list[str]) -> list[tuple[str, ...]]:
    """What may stand in a school's name for each of these words: SMAN 1 is written SMA NEGERI 1 as often."""
    found: list[tuple[str, ...]] = []
    for word in words:
        said = word.upper()
        if said.endswith("N") and said[:-1] in _NEGERI:
            found.append((said, f"{said[:-1]} NEGERI"))
        elif said in {"N", "NEGERI"} and found and found[-1][0] in _NEGERI:
            kind = found[-1][0]
            found[-1] = (f"{kind} NEGERI", f"{kind}N")
        else:
            found.append((said,))
    return found


_SPELLED = {
    "TAMANKANAKKANAK": "TK",
    "TKN": "TK",
    "TKS": "TK",
    "KELOMPOKBERMAIN": "KB",
    "TAMANPENITIPANANAK": "TPA",
    "TAMANPENGASUHANANAK": "TPA",
    "SATUANPAUDSEJENIS": "SPS",
    "POSPAUD": "SPS",
    "PENDIDIKANANAKUSIADINI": "PAUD",
    "SEKOLAHDASAR": "SD",
    "SDN": "SD",
    "SDS": "SD",
    "SDNEGERI": "SD",
    "SDSWASTA": "SD",
    "SDSATAP": "SD",
    "SEKOLAHMENENGAHPERTAMA": "SMP",
    "SMPN": "SMP",
    "SMPS": "SMP",
    "SMPNEGERI": "SMP",
    "SMPSWASTA": "SMP",
    "SMPSATAP": "SMP",
    "SMPSATUATAP": "SMP",
    "SMPTERBUKA": "SMP",
    "SLTP": "SMP",
    "SEKOLAHMENENGAHATAS": "SMA",
    "SMAN": "SMA",
    "SMAS": "SMA",
    "SMANEGERI": "SMA",
    "SMASWASTA": "SMA",
    "SMATERBUKA": "SMA",
    "SMU": "SMA",
    "SEKOLAHMENENGAHKEJURUAN": "SMK",
    "SMKN": "SMK",
    "SMKS": "SMK",
    "SMKNEGERI": "SMK",
    "SMKSWASTA": "SMK",
    "SEKOLAHLUARBIASA": "SLB",
    "SLBN": "SLB",
    "SLBNEGERI": "SLB",
    "SMLB": "SMALB",
    "PUSATKEGIATANBELAJARMASYARAKAT": "PKBM",
    "SANGGARKEGIATANBELAJAR": "SKB",
}
_OF_RELIGIOUS_AFFAIRS = """
    RA BA RAUDHATULATHFAL MI MIN MIS MADRASAHIBTIDAIYAH MTS MTSN MTSS MADRASAHTSANAWIYAH
    MA MAN MAS MAK MADRASAHALIYAH MADRASAHALIYAHKEJURUAN
    PONPES PONDOKPESANTREN PESANTREN PKPPS SPMULA SPMWUSTHA SPMULYA PDFULA PDFWUSTHA PDFULYA
    SDTK SMPTK SMTK SMAK SMAGK TAMANSEMINARI
    PRATAMAWP ADIWP MADYAMAWP UTAMAWP
    PRATAMAWIDYAPASRAMAN ADIWIDYAPASRAMAN MADYAMAWIDYAPASRAMAN UTAMAWIDYAPASRAMAN
    NAVADHAMMASEKHA MULADHAMMASEKHA MUDADHAMMASEKHA UTTAMADHAMMASEKHA UTTAMADHAMMASEKHAKEJURUAN
"""
_RELIGIOUS = frozenset(_OF_RELIGIOUS_AFFAIRS.split())


class Kind(NamedTuple):
    """A kind of school as the portal writes it, with the level that answers for it."""

    name: str
    level: str


class UnknownKind(ValueError):
    """Not a kind the ministry answers for; carries the reason and the mend."""

    def __init__(self, why: str, mend: str):
        super().__init__(why)
        self.why = why
        self.mend = mend


def key(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


_KNOWN = {key(name): name for name in LEVEL_OF}


def read_kind(text: str) -> Kind:
    """Read a kind in any of its spellings; raises UnknownKind with the reason."""
    found = key(text)
    name = _KNOWN.get(found) or _SPELLED.get(found)
    if not name and found.startswith("SPK"):
        base = _SPELLED.get(found[3:], "")
        name = f"SPK {base}" if f"SPK {base}" in LEVEL_OF else None
    if name:
        return Kind(name, LEVEL_OF[name])
    if found in _RELIGIOUS:
        raise UnknownKind(
            _("Satuan pendidikan ini di bawah Kementerian Agama, bukan Dinas Pendidikan."),
            _("Hapus baris ini. Madrasah dan sekolah keagamaan tidak didata di portal ini."),
        )
    raise UnknownKind(
        _("Bentuk pendidikan tidak dikenal."),
        _("Tulis salah satu dari: %(kinds)s.") % {"kinds": ", ".join(LEVEL_OF)},
    )
