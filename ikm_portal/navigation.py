"""Who sees which entries in the main menu, as data; an entry whose page does not exist is left out."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUP_OF_ROLE = {
    "pusat_admin": "pusat",
    "pusat_reader": "pusat",
    "upt_head": "upt",
    "upt_coordinator": "upt",
    "upt_staff": "upt",
    "upt_wali": "upt",
    "dinas_head": "dinas",
    "dinas_officer": "dinas",
    "mitra_staff": "mitra",
    "kepsek": "kepsek",
    "guru": "guru",
    "operator": "operator",
    "penggerak": "penggerak",
    "pengawas": "pengawas",
}

HOME = (_("Beranda"), "home")
KOMBEL = (_("Komunitas"), "kombel:list")
SCHOOLS = (_("Sekolah"), "school_list")
MEMBERS = (_("Anggota"), "members")
RTL = (_("Tindak lanjut"), "reflection:followups")
REFLECTION = (_("Refleksi"), "reflection:home")
MEETINGS = (_("Pertemuan"), "kombel:meetings")
DECISIONS = (_("Persetujuan"), "kinerja:queue")
PLANS = (_("Rencana saya"), "kinerja:mine")
EVIDENCE = (_("Bukti"), "kinerja:evidence_mine")
PROGRESS = (_("Capaian kinerja"), "kinerja:progress")

MENUS: dict[str, list[tuple[Promise, str]]] = {
    "pusat": [
        HOME,
        (_("Laporan UPT"), "reflection:recap"),
        (_("Siklus"), "reflection:cycles"),
        SCHOOLS,
        KOMBEL,
        MEMBERS,
    ],
    "upt": [
        HOME,
        (_("Wilayah binaan"), "school_list"),
        KOMBEL,
        (_("Kegiatan"), "reflection:sessions"),
        (_("Laporan"), "reflection:reports"),
        MEMBERS,
    ],
    "dinas": [HOME, KOMBEL, SCHOOLS, RTL, PROGRESS, MEMBERS],
    "mitra": [HOME, SCHOOLS, KOMBEL],
    "kepsek": [
        HOME,
        DECISIONS,
        (_("Penilaian"), "kinerja:assessments"),
        KOMBEL,
        PLANS,
        (_("Guru"), "members"),
    ],
    "guru": [HOME, PLANS, EVIDENCE, KOMBEL, REFLECTION],
    "penggerak": [HOME, KOMBEL, MEETINGS, REFLECTION, RTL],
    "pengawas": [HOME, SCHOOLS, KOMBEL, PROGRESS],
    "operator": [HOME, SCHOOLS, KOMBEL],
    "": [HOME],
}
MORE: dict[str, list[tuple[Promise, str]]] = {
    "pusat": [PROGRESS],
    "upt": [PROGRESS],
    "kepsek": [MEETINGS, REFLECTION, RTL, (_("Observasi"), "kinerja:observations"), EVIDENCE, PROGRESS],
    "dinas": [DECISIONS],
}
"""What a full menu has no room for, by group; the home links to it."""


@dataclass(frozen=True, slots=True)
class Entry:
    label: Promise
    url: str
    current: bool


@cache
def address(name: str) -> str:
    """The address of a page by its URL name, or an empty string when the portal has no such page.

    Kept: the URL table does not change while a process lives.
    """
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def menu(group: str) -> tuple[tuple[Promise, str], ...]:
    """The entries of one group with addresses."""
    found = ((label, address(name)) for label, name in MENUS.get(group, MENUS[""]))
    return tuple((label, url) for label, url in found if url)


def more(role: str) -> list[Entry]:
    """The pages of a role code that are not in its menu."""
    found = ((label, address(name)) for label, name in MORE.get(GROUP_OF_ROLE.get(role, ""), ()))
    return [Entry(label, url, current=False) for label, url in found if url]


def current(role: str, path: str) -> str:
    """The address of the entry a page belongs to: the longest one that begins its path, in the menu or beside it."""
    group = GROUP_OF_ROLE.get(role, "")
    urls = [url for _label, url in menu(group)] + [address(name) for _label, name in MORE.get(group, ())]
    above = (url for url in urls if path == url or (len(url) > 1 and path.startswith(url)))
    return max(above, key=len, default="")


def entries(role: str, here: str) -> list[Entry]:
    """The menu for a role code; `here` is the address of the current entry."""
    return [Entry(label, url, url == here) for label, url in menu(GROUP_OF_ROLE.get(role, ""))]
