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

HOME = (_("Beranda"), ("home",))
KOMBEL = (_("Komunitas"), ("kombel:list", "kombel_list"))
SCHOOLS = (_("Sekolah"), ("schools", "school_list"))
ISSUES = (_("Isu"), ("helpdesk:list", "issue_list"))
PLAN = (_("Rencana kerja"), ("duties:list", "duty_list"))
RTL = (_("Tindak lanjut"), ("reflection:followups", "followup_list"))

# Each page may go by one of several names; the first that exists is taken.
MENUS: dict[str, list[tuple[Promise, tuple[str, ...]]]] = {
    "pusat": [
        HOME,
        (_("Laporan UPT"), ("reflection:recap", "recap")),
        ISSUES,
        (_("Wilayah"), ("wilayah", "wilayah_list")),
        PLAN,
        (_("Unduhan"), ("downloads", "download_list")),
    ],
    "upt": [
        HOME,
        (_("Wilayah binaan"), ("schools", "school_list")),
        (_("Kegiatan"), ("reflection:sessions", "session_list")),
        (_("Laporan"), ("reflection:reports", "report_list")),
        KOMBEL,
        ISSUES,
    ],
    "dinas": [HOME, KOMBEL, SCHOOLS, RTL, ISSUES],
    "mitra": [
        HOME,
        (_("Pendampingan"), ("partners:visits", "visit_list")),
        (_("Praktik baik"), ("partners:practices", "practice_list")),
        ISSUES,
    ],
    "kepsek": [
        HOME,
        (_("Persetujuan"), ("kinerja:approvals", "approval_list")),
        (_("Penilaian"), ("kinerja:ratings", "rating_list")),
        KOMBEL,
        (_("Guru"), ("people", "people_list")),
    ],
    "guru": [
        HOME,
        (_("Rencana saya"), ("kinerja:plan", "my_plan")),
        (_("Bukti"), ("kinerja:evidence", "evidence_list")),
        KOMBEL,
    ],
    "penggerak": [
        HOME,
        KOMBEL,
        (_("Pertemuan"), ("kombel:meetings", "meeting_list")),
        (_("Refleksi"), ("kombel:reflections", "reflection_list")),
        RTL,
    ],
    "pengawas": [HOME, SCHOOLS, KOMBEL],
    "operator": [HOME, SCHOOLS, KOMBEL],
    "": [HOME],
}


@dataclass(frozen=True, slots=True)
class Entry:
    label: Promise
    url: str
    current: bool


def first_url(names: tuple[str, ...]) -> str:
    """The address of the first of these URL names that exists, or an empty string."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@cache
def menu(group: str) -> tuple[tuple[Promise, str], ...]:
    """The entries of one group with addresses; the URL table does not change while a process lives."""
    found = ((label, first_url(names)) for label, names in MENUS.get(group, MENUS[""]))
    return tuple((label, url) for label, url in found if url)


def entries(role: str, path: str) -> list[Entry]:
    """The menu for a role code; the entry with the longest address that begins the path is current."""
    rows = menu(GROUP_OF_ROLE.get(role, ""))
    above = (url for _label, url in rows if path == url or (len(url) > 1 and path.startswith(url)))
    here = max(above, key=len, default="")
    return [Entry(label, url, url == here) for label, url in rows]
