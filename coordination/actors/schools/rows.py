"""Turns the rows of an opened list into schools, naming what is wrong in each cell."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from ..tenancy import paths
from .columns import TITLES
from .kinds import UnknownKind, read_kind
from .problems import PADDED, Problem
from .regions import NoSuchPlace, Regions, blank
from .table import MAX_CELL, Line, Table

NO_DATE = dt.date(1910, 1, 1)
"""Dapodik's stand-in for "unknown" (106 of 924 licences in one city's list bear it): kept as unknown."""

WIDTHS = {"name": 160, "desa": 80, "alamat": 200, "akreditasi": 20, "kurikulum": 60, "kepemilikan": 40}
COUNTS = ("guru", "tendik", "peserta_didik", "rombel", "ruang_kelas")
SANE_COUNT = 20_000
DETAILS = ("kepemilikan", "tanggal_pendirian", "tanggal_izin", "lintang", "bujur", "ruang_kelas")
"""Fields that the portal shows but does not count or sort by; they share one JSON column."""

_STATUS = {"negeri": "negeri", "n": "negeri", "swasta": "swasta", "s": "swasta"}
_LATITUDE, _LONGITUDE = (-11.5, 6.5), (94.5, 141.5)


@dataclass(slots=True)
class SchoolRow:
    """One school as the list has it, with Kemendagri codes, its level and its path."""

    npsn: str
    name: str
    bentuk: str
    level: str
    status: str
    provinsi: str
    kabkota: str
    kecamatan: str
    path: str
    desa: str = ""
    alamat: str = ""
    kode_pos: str = ""
    akreditasi: str = ""
    kurikulum: str = ""
    guru: int | None = None
    tendik: int | None = None
    peserta_didik: int | None = None
    rombel: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """A row of the file: the school in it, or why there is none; `cells` are its own texts by heading."""

    number: int
    npsn: str
    school: SchoolRow | None
    problems: list[Problem]
    cells: list[str]


class Reader:
    """Reads one table's rows with a set of regions; keeps nothing between rows."""

    def __init__(self, table: Table, regions: Regions):
        self.table = table
        self.regions = regions

    def __iter__(self) -> Iterator[Parsed]:
        for line in self.table.rows:
            yield self.read(line)

    def read(self, line: Line) -> Parsed:
        """Read one row; every problem is found at once, so that a file is mended in one go."""
        problems: list[Problem] = []
        raw = {name: line.cells[index] if index < len(line.cells) else "" for name, index in self.table.fields.items()}
        self._shape(line, problems)
        numeric = self.table.fields["npsn"] in line.numbers
        values: dict[str, Any] = {
            "npsn": self._npsn(raw["npsn"], problems, numeric=numeric),
            "name": self._name(raw["name"], problems),
        }
        values["status"] = self._status(raw["status"], problems)
        kind = place = None
        try:
            kind = read_kind(raw["bentuk"])
        except UnknownKind as error:
            problems.append(Problem("bentuk", raw["bentuk"], error.why, error.mend))
        try:
            place, note = self.regions.find(raw["provinsi"], raw["kabkota"], raw["kecamatan"])
            if note:
                problems.append(Problem("provinsi", raw["provinsi"], note, "", fatal=False))
            if not place.kecamatan:
                why = _("Kecamatan tidak diisi; sekolah dicatat di tingkat kabupaten/kota.")
                problems.append(Problem("kecamatan", raw["kecamatan"], why, "", fatal=False))
        except NoSuchPlace as error:
            problems.append(error.problem)
        found = self._optional(raw, problems)
        titled = [self._titled(problem) for problem in problems]
        if kind is None or place is None or any(problem.fatal for problem in problems):
            return Parsed(line.number, values["npsn"] or raw["npsn"][:20], None, titled, line.cells)
        school = SchoolRow(
            **values,
            bentuk=kind.name,
            level=kind.level,
            provinsi=place.provinsi,
            kabkota=place.kabkota,
            kecamatan=place.kecamatan,
            path=paths.school(place.kecamatan, kind.level, values["npsn"].lower(), kabkota=place.kabkota),
            details={name: found.pop(name) for name in DETAILS if found.get(name) is not None},
            **{name: value for name, value in found.items() if name not in DETAILS},
        )
        return Parsed(line.number, school.npsn, school, titled, line.cells)

    def _titled(self, problem: Problem) -> Problem:
        index = self.table.fields.get(problem.column)
        title = self.table.headings[index] if index is not None else TITLES.get(problem.column, problem.column)
        return replace(problem, column=title, content=problem.content[:80])

    def _shape(self, line: Line, problems: list[Problem]) -> None:
        extra = [cell for cell in line.cells[len(self.table.headings) :] if cell]
        if extra:
            why = _("Baris ini punya lebih banyak kolom daripada judulnya.")
            mend = _("Apit isi yang mengandung pemisah dengan tanda kutip, misalnya alamat.")
            problems.append(Problem("–", extra[0], why, mend))
        if line.broken:
            cell = max(line.cells, key=len)
            mend = _("Tutup tanda kutipnya. Baris di bawahnya ikut terbaca di sini dan belum diperiksa.")
            problems.append(Problem("–", cell, line.broken, mend))

    def _npsn(self, text: str, problems: list[Problem], *, numeric: bool) -> str:
        """The NPSN; seven digits get back the zero that a spreadsheet dropped, if it holds them as a number.

        Seven digits of text may as well be a slip: they go on with a mark, and count only for a known school.
        """
        found = text.replace(" ", "").upper().removesuffix(".0")
        if re.fullmatch(r"[0-9]{7}", found):
            found = found.zfill(8)
            if not numeric:
                why = _("Dibaca sebagai %(npsn)s.") % {"npsn": found}
                problems.append(Problem("npsn", text, why, "", fatal=False, code=PADDED))
        if re.fullmatch(r"[0-9]{8}|[A-Z][0-9]{7}", found):
            return found
        if re.fullmatch(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", found):
            why = _("Excel menyingkat angka ini.")
            mend = _("Ubah format kolom NPSN menjadi Teks, lalu isi ulang angkanya.")
        elif blank(text):
            why, mend = _("Wajib diisi."), _("Isi NPSN 8 angka dari Dapodik.")
        else:
            why, mend = _("NPSN harus 8 angka."), _("Periksa NPSN di Dapodik, lalu tulis kedelapan angkanya.")
        problems.append(Problem("npsn", text, why, mend))
        return ""

    def _name(self, text: str, problems: list[Problem]) -> str:
        if blank(text):
            problems.append(Problem("name", text, _("Wajib diisi."), _("Isi nama sekolah.")))
        elif len(text) > WIDTHS["name"]:
            why = _("Nama lebih dari %(width)s huruf.") % {"width": WIDTHS["name"]}
            problems.append(Problem("name", text, why, _("Singkat namanya.")))
        return text

    def _status(self, text: str, problems: list[Problem]) -> str:
        found = _STATUS.get(text.strip().casefold(), "")
        if not found:
            why = _("Wajib diisi.") if blank(text) else _("Status tidak dikenal.")
            problems.append(Problem("status", text, why, _("Tulis Negeri atau Swasta.")))
        return found

    def _optional(self, raw: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
        """The fields that a school may lack. What cannot be read is left out with a note, not refused."""
        readers: dict[str, Callable[[str], Any]] = {
            **dict.fromkeys(COUNTS, read_count),
            "tanggal_pendirian": read_date,
            "tanggal_izin": read_date,
            "kode_pos": read_postcode,
            "lintang": lambda text: read_degrees(text, *_LATITUDE),
            "bujur": lambda text: read_degrees(text, *_LONGITUDE),
        }
        found: dict[str, Any] = {}
        for name in ("desa", "alamat", "akreditasi", "kurikulum", "kepemilikan", *readers):
            text = raw.get(name, "")
            if blank(text) or len(text) > MAX_CELL:
                continue
            if name in readers:
                try:
                    value = readers[name](text)
                except ValueError as error:
                    why = _("%(why)s Isi ini tidak dipakai.") % {"why": error}
                    problems.append(Problem(name, text, why, "", fatal=False))
                    continue
                if value is not None:
                    found[name] = value
            else:
                if len(text) > WIDTHS[name]:
                    why = _("Dipotong menjadi %(width)s huruf.") % {"width": WIDTHS[name]}
                    problems.append(Problem(name, text, why, "", fatal=False))
                found[name] = text[: WIDTHS[name]]
        return found


def read_count(text: str) -> int:
    """A whole number, also as `1.204` (Indonesian thousands) or `12.0`; raises ValueError."""
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", text):
        text = re.sub(r"[.,]", "", text)
    if not re.fullmatch(r"[0-9]+([.,]0+)?", text):
        raise ValueError(_("Bukan bilangan bulat."))
    count = int(re.split(r"[.,]", text)[0][:9])
    if count > SANE_COUNT:
        raise ValueError(_("Terlalu besar untuk satu sekolah."))
    return count


def read_date(text: str) -> str | None:
    """An ISO date from `1980-08-01`, `01/08/1980`, `1-8-1980` or Excel's day number; NO_DATE is unknown."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})([ T].*)?", text):
        parts = [int(part) for part in match.groups()[:3]]
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        parts = [int(part) for part in reversed(match.groups())]
    elif re.fullmatch(r"[1-9]\d{2,4}(\.\d+)?", text):
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text.split(".")[0]))
        parts = [day.year, day.month, day.day]
    else:
        raise ValueError(_("Bukan tanggal; tulis seperti 2024-07-01."))
    try:
        day = dt.date(*parts)
    except ValueError as error:
        raise ValueError(_("Tanggal ini tidak ada.")) from error
    return None if day == NO_DATE else day.isoformat()


def read_postcode(text: str) -> str | None:
    """Five digits; four get back the zero that a spreadsheet dropped, only zeros is unknown."""
    found = text.replace(" ", "").removesuffix(".0")
    if re.fullmatch(r"0+", found):
        return None
    if not re.fullmatch(r"[0-9]{4,5}", found):
        raise ValueError(_("Kode pos harus 5 angka."))
    return found.zfill(5)


def read_degrees(text: str, lowest: float, highest: float) -> float | None:
    """Decimal degrees. Published lists cut them to whole degrees; that is no position and stays unknown."""
    if re.fullmatch(r"-?\d{1,3}", text) and (int(text) == 0 or lowest - 1 <= int(text) <= highest + 1):
        return None
    if not re.fullmatch(r"-?\d{1,9}([.,]\d+)?", text):
        raise ValueError(_("Bukan derajat desimal."))
    degrees = float(text.replace(",", "."))
    if not lowest <= degrees <= highest:
        raise ValueError(_("Di luar Indonesia."))
    return round(degrees, 6)
