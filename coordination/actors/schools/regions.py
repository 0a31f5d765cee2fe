"""Turns the names of regions, as people write them, into Kemendagri codes."""

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from .problems import Problem

UNKNOWN = frozenset({"", "-", "--", "tidak diisi", "tidak ada", "null", "n/a", "na", "none", "?"})
"""What Dapodik and people write when they do not know."""

SPLIT_OFF = {"91": ("93", "94", "95"), "92": ("96",)}
"""Provinces that left another one in 2022; older files still name the old one."""

_ABBREVIATED = {
    "KEP": "KEPULAUAN",
    "GN": "GUNUNG",
    "BL": "BLUBUR",
    "TG": "TANJUNG",
    "TJ": "TANJUNG",
    "SEI": "SUNGAI",
    "SUM": "SUMATERA",
    "SUMATRA": "SUMATERA",
    "KAL": "KALIMANTAN",
    "SEL": "SELATAN",
    "TIM": "TIMUR",
    "UT": "UTARA",
    "TENG": "TENGAH",
}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V", "6": "VI", "7": "VII", "8": "VIII", "9": "IX"}
_PROVINCES = {
    "DKI": "31",
    "JAKARTA": "31",
    "DKJ": "31",
    "DAERAHKHUSUSIBUKOTAJAKARTA": "31",
    "DAERAHKHUSUSJAKARTA": "31",
    "DIY": "34",
    "DAERAHISTIMEWAYOGYAKARTA": "34",
    "YOGYAKARTA": "34",
    "DIACEH": "11",
    "NAD": "11",
    "NANGGROEACEHDARUSSALAM": "11",
    "BANGKABELITUNG": "19",
    "BABEL": "19",
    "KEPRI": "21",
    "NTB": "52",
    "NTT": "53",
}
_CODE = re.compile(r"^\d\d(\.\d\d){0,2}$")
_KIND_OF_KAB = {"KAB": "KAB", "KABUPATEN": "KAB", "KOTA": "KOTA", "KODYA": "KOTA", "KOTAMADYA": "KOTA"}


class Place(NamedTuple):
    """Codes of a row's region; `kecamatan` is empty when the file does not say it."""

    provinsi: str
    kabkota: str
    kecamatan: str


def blank(text: str) -> bool:
    return text.strip().casefold() in UNKNOWN


def _words(text: str) -> list[str]:
    return re.sub(r"[^A-Z0-9]+", " ", re.sub(r"['’`]", "", text.upper())).split()


def _key(words: list[str]) -> str:
    return "".join(_ABBREVIATED.get(word, _ROMAN.get(word, word)) for word in words)


def _drop(words: list[str], *prefixes: str) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in prefixes else words


def province_key(text: str) -> str:
    return _key(_drop(_words(text), "PROV", "PROVINSI", "PROPINSI", "PROP"))


def regency_key(text: str) -> tuple[str, str]:
    """`KAB`, `KOTA` or nothing, and the bare name: "Kota Adm. Jakarta Timur" gives KOTA, JAKARTATIMUR."""
    words = _words(text)
    kind = _KIND_OF_KAB.get(words[0], "") if len(words) > 1 else ""
    rest = _drop(words[1:] if kind else words, "ADM", "ADMINISTRASI", "ADMINISTRATIF")
    return kind, _key(rest)


def district_key(text: str) -> str:
    return _key(_drop(_words(text), "KEC", "KECAMATAN", "DISTRIK"))


class NoSuchPlace(ValueError):
    """A region that cannot be found; carries the Problem that names the cell."""

    def __init__(self, problem: Problem):
        super().__init__(problem.why)
        self.problem = problem


class Regions:
    """Looks regions up by name. Built once from `(code, name)` pairs; holds all of them in memory (3 MB)."""

    def __init__(self, pairs: Iterable[tuple[str, str]]):
        self.names: dict[str, str] = {}
        self._provinces = dict(_PROVINCES)
        self._regencies: dict[str, dict[tuple[str, str], str]] = {}
        self._districts: dict[str, dict[str, str]] = {}
        for code, name in pairs:
            self.names[code] = name
            parent = code.rpartition(".")[0]
            if not parent:
                self._provinces[province_key(name)] = code
            elif "." not in parent:
                self._regencies.setdefault(parent, {})[regency_key(name)] = code
            else:
                self._districts.setdefault(parent, {})[district_key(name)] = code
        self._seen: dict[tuple[str, str, str], tuple[Place, str]] = {}

    def find(self, provinsi: str, kabkota: str, kecamatan: str) -> tuple[Place, str]:
        """Codes of a place by its three names, and a note when a name was read as another one.

        Raises NoSuchPlace for the first name that cannot be found.
        """
        asked = (provinsi, kabkota, kecamatan)
        if asked not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[asked] = self._find(*asked)
        return self._seen[asked]

    def _find(self, provinsi: str, kabkota: str, kecamatan: str) -> tuple[Place, str]:
        province = self._province(provinsi)
        regency = self._regency(province, kabkota)
        note = ""
        if not regency.startswith(f"{province}."):
            note = _("Dibaca sebagai %(name)s; kabupaten ini sekarang di provinsi itu.") % {
                "name": self.names[regency[:2]]
            }
        return Place(regency[:2], regency, self._district(regency, kecamatan)), note

    def _province(self, text: str) -> str:
        if blank(text):
            raise self._empty("provinsi", text)
        if _CODE.match(text) and text in self.names:
            return text[:2]
        found = self._provinces.get(province_key(text))
        if not found:
            names = [name for code, name in self.names.items() if "." not in code]
            raise self._unknown("provinsi", text, _("Tidak ada provinsi dengan nama ini."), names)
        return found

    def _regency(self, province: str, text: str) -> str:
        if blank(text):
            raise self._empty("kabkota", text)
        if _CODE.match(text) and text in self.names and "." in text:
            return text[:5]
        kind, name = regency_key(text)
        whole = _key(_words(text))
        for candidate in (province, *SPLIT_OFF.get(province, ())):
            here = self._regencies.get(candidate, {})
            # "Kota Baru" may be a kota called Baru or the kabupaten Kotabaru: the first that exists.
            matches = [code for (k, n), code in here.items() if n == name and kind in {k, ""}] or [
                code for (_k, n), code in here.items() if n == whole
            ]
            if len(matches) == 1:
                return matches[0]
            if matches:
                both = _(" atau ").join(self.names[code] for code in matches)
                why = _("Nama ini dipakai oleh kabupaten dan kota.")
                raise NoSuchPlace(Problem("kabkota", text, why, _("Tulis lengkap: %(names)s.") % {"names": both}))
        here_names = [self.names[code] for code in self._regencies.get(province, {}).values()]
        why = _("Tidak ada di Provinsi %(name)s.") % {"name": self.names[province]}
        elsewhere = [
            code
            for other, found in self._regencies.items()
            if other != province
            for (k, n), code in found.items()
            if n == name and kind in {k, ""}
        ]
        if elsewhere:
            places = ", ".join(f"{self.names[code]} ({self.names[code[:2]]})" for code in elsewhere)
            mend = _("Nama ini ada sebagai %(places)s. Perbaiki kolom provinsi.") % {"places": places}
            raise NoSuchPlace(Problem("kabkota", text, why, mend))
        raise self._unknown("kabkota", text, why, here_names)

    def _district(self, regency: str, text: str) -> str:
        if blank(text):
            return ""
        if _CODE.match(text) and text in self.names and text.startswith(f"{regency}."):
            return text
        here = self._districts.get(regency, {})
        found = here.get(district_key(text))
        if found:
            return found
        why = _("Tidak ada di %(name)s.") % {"name": self.names[regency]}
        name = district_key(text)
        near = [
            other for other, districts in self._districts.items() if other.startswith(regency[:3]) and name in districts
        ]
        if near and not difflib.get_close_matches(name, here, 1, 0.8):
            places = ", ".join(self.names[code] for code in near[:3])
            mend = _("Kecamatan ini ada di %(places)s. Perbaiki kolom kabupaten/kota.") % {"places": places}
            raise NoSuchPlace(Problem("kecamatan", text, why, mend))
        raise self._unknown("kecamatan", text, why, [self.names[code] for code in here.values()])

    def _empty(self, column: str, text: str) -> NoSuchPlace:
        return NoSuchPlace(Problem(column, text, _("Wajib diisi."), _("Isi nama wilayahnya seperti di Dapodik.")))

    def _unknown(self, column: str, text: str, why: str, names: list[str]) -> NoSuchPlace:
        keys = {"".join(_words(name)): name for name in names}
        wanted = {"provinsi": province_key, "kecamatan": district_key, "kabkota": lambda t: "".join(_words(t))}
        near = difflib.get_close_matches(wanted[column](text), keys, 3, 0.6)
        if near:
            mend = _("Mungkin maksudnya %(names)s?") % {"names": _(" atau ").join(keys[key] for key in near)}
        else:
            mend = _("Periksa ejaannya; tulis nama resmi menurut Kemendagri.")
        return NoSuchPlace(Problem(column, text, why, mend))
