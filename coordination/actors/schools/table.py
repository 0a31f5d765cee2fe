"""Opens a school list as rows of text: CSV in any usual encoding and separator, or XLSX.

Memory: a CSV file is read line by line (under 1 MB). python-calamine holds the whole sheet of an XLSX file,
about 70 bytes a cell (300 MB for 100,000 rows of 44 columns), so rows and columns are counted before it may
open the file.
"""

import codecs
import csv
import datetime as dt
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import python_calamine
from django.utils.translation import gettext as _

from . import columns
from .problems import FileProblem

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 150_000
MAX_COLUMNS = 120
MAX_UNPACKED = 400 * 1024 * 1024
MAX_CELL = 2_000
MAX_BREAKS = 3
HEADER_WITHIN = 10
"""A title or two may stand above the headings."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']([0-9]{1,10})["']""")
_UNNAMED = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r\s*=)[^>]*)?/?>")
_CHUNK = 1024 * 1024


class Line(NamedTuple):
    """A row as it stands in the file; `number` is the one a spreadsheet shows beside it.

    `broken` says why the row cannot be trusted although it could be read; `numbers` are the columns in which a
    spreadsheet holds a number and not a text.
    """

    number: int
    cells: list[str]
    broken: str = ""
    numbers: frozenset[int] = frozenset()


@dataclass
class Table:
    """An opened list: what its columns mean and an iterator over its rows.

    `estimate` is about how many rows follow; `ignored` are headings nobody asked for.
    """

    form: str
    headings: list[str]
    fields: dict[str, int]
    rows: Iterator[Line]
    estimate: int
    ignored: list[str] = field(default_factory=list)


def open_table(path: Path) -> Table:
    """Open the file at `path`; raises FileProblem when it is not a list of schools.

    The rows are read as the caller goes, and reading on may raise FileProblem too.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileProblem(_("Berkas ini kosong."))
    if size > MAX_BYTES:
        raise FileProblem(
            _("Berkas ini lebih besar dari %(mb)s MB. Bagi menjadi beberapa berkas.")
            % {"mb": MAX_BYTES // 1024 // 1024}
        )
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        return _from_xlsx(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise FileProblem(_("Ini bukan CSV atau XLSX. Buka di Excel, lalu simpan sebagai XLSX atau CSV UTF-8."))
    return _from_csv(path)


def _with_header(form: str, rows: Iterator[Line], estimate: int) -> Table:
    best: dict[str, int] = {}
    headings: list[str] = []
    for line in itertools.islice(rows, HEADER_WITHIN):
        found = columns.recognise(line.cells)
        if len(found) > len(best):
            best, headings = found, line.cells
        if {"npsn", "name"} <= found.keys():
            break
    columns.require(best)
    ignored = [title for index, title in enumerate(headings) if title and index not in best.values()]
    return Table(form, headings, best, rows, estimate, ignored)


# --- CSV


def _from_csv(path: Path) -> Table:
    encoding, lines = _encoding(path)
    separator = _separator(path, encoding)
    words = {",": _("koma"), ";": _("titik koma"), "\t": _("tab"), "|": _("garis tegak")}
    form = _("CSV, dipisah %(separator)s, %(encoding)s") % {
        "separator": words.get(separator, separator),
        "encoding": "Windows-1252" if encoding == "cp1252" else "-".join(encoding.upper().split("-")[:2]),
    }
    return _with_header(form, _csv_rows(path, encoding, separator), lines)


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding of a text file and the number of its lines; the file is read once, a piece at a time."""
    with path.open("rb") as file:
        start = file.read(4096)
        for bom, name in _BOMS:
            if start.startswith(bom):
                return name, _lines(path)
        if start.count(0) > len(start) // 4:
            # Without a byte order mark, the zero bytes of Latin letters tell which half comes first.
            return ("utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"), _lines(path)
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for chunk in iter(lambda: file.read(_CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", _lines(path)
    return "utf-8", _lines(path)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _separator(path: Path, encoding: str) -> str:
    """The separator under which most headings are known."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = list(itertools.islice((line[:20_000] for line in file), HEADER_WITHIN))
    if first and (told := re.match(r"sep=(.)\s*$", first[0])):
        return told[1]

    def known(separator: str) -> int:
        rows = csv.reader(first, delimiter=separator)
        return max((sum(columns.key(cell) in columns.FIELDS for cell in row) for row in rows), default=0)

    return max((",", ";", "\t", "|"), key=known)


def _csv_rows(path: Path, encoding: str, separator: str) -> Iterator[Line]:
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
                if number > MAX_ROWS + HEADER_WITHIN:
                    raise _too_many()
                if number == 1 and cells and cells[0].startswith("sep="):
                    continue
                if any(cell.strip() for cell in cells):
                    yield Line(number, [clean(cell) for cell in cells], _swallowed(cells))
    except UnicodeDecodeError as error:
        raise FileProblem(
            _("Huruf pada baris setelah %(row)s tidak terbaca. Simpan ulang sebagai “CSV UTF-8”.") % {"row": number}
        ) from error
    except csv.Error as error:
        raise FileProblem(
            _("Baris %(row)s tidak terbaca: kemungkinan ada tanda kutip yang tidak ditutup.") % {"row": number + 1}
        ) from error


def _swallowed(cells: list[str]) -> str:
    """An opening quote without its partner makes the rows below part of one cell."""
    if all(len(cell) <= MAX_CELL and cell.count("\n") < MAX_BREAKS for cell in cells):
        return ""
    return _("Satu sel memuat beberapa baris: kemungkinan ada tanda kutip yang tidak ditutup di baris ini.")


# --- XLSX


def _from_xlsx(path: Path) -> Table:
    with _broken_file():
        _guard(path)
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return _with_header("XLSX", _xlsx_rows(sheet), sheet.total_height or 0)


@contextmanager
def _broken_file() -> Iterator[None]:
    why = _("Berkas XLSX ini rusak atau terkunci sandi. Buka di Excel, lalu simpan ulang.")
    try:
        yield
    except FileProblem:
        raise
    except (zipfile.BadZipFile, zlib.error, python_calamine.CalamineError, OSError, ValueError) as error:
        raise FileProblem(why) from error
    except (IndexError, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileProblem(why) from error
    except BaseException as error:
        # A panic in the reader's Rust code arrives as a BaseException and would take the worker with it.
        if type(error).__name__ == "PanicException":
            raise FileProblem(why) from error
        raise


def _xlsx_rows(sheet) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            numbers = frozenset(index for index, cell in enumerate(cells) if isinstance(cell, float))
            yield Line(number, texts, numbers=numbers)


def _text(value: object) -> str:
    """A cell as it would stand in a CSV file: 99000001.0 is 99000001, a date is 2024-07-01."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return clean(str(value))


def _guard(path: Path) -> None:
    """Refuse a file that would need too much memory, before it is opened for good.

    The sizes written in a zip archive may lie, so every part is really unpacked, a piece at a time; and one
    cell in the last column of the last row would make the reader reserve the whole grid.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if not any(part.filename.casefold() == "xl/workbook.xml" for part in parts):
            raise FileProblem(_("Ini bukan buku kerja Excel (XLSX)."))
        left = MAX_UNPACKED
        if len(parts) > 2_000 or sum(part.file_size for part in parts) > left:
            raise _too_big()
        for part in parts:
            tail = b""
            with archive.open(part) as stream:
                for chunk in iter(partial(stream.read, _CHUNK), b""):
                    left -= len(chunk)
                    if left < 0:
                        raise _too_big()
                    _measure(tail + chunk)
                    tail = chunk[-64:]


def _measure(xml: bytes) -> None:
    """Raise FileProblem when a piece of a sheet names a cell outside the largest grid we read."""
    found = _CELL.findall(xml)
    highest = max(itertools.chain((int(row) for _letters, row in found), map(int, _ROW.findall(xml))), default=0)
    widest = max((_column(letters) for letters in {letters for letters, _row in found}), default=0)
    if _UNNAMED.search(xml):
        # A producer may leave the names out; then the cells of a row count from the left.
        widest = max(widest, *(row.count(b"<c") for row in re.split(rb"<(?:\w+:)?row\b", xml)))
    if highest > MAX_ROWS + HEADER_WITHIN:
        raise _too_many()
    if widest > MAX_COLUMNS:
        raise FileProblem(
            _("Lembar ini lebih dari %(columns)s kolom. Hapus kolom di kanan yang tidak terpakai.")
            % {"columns": MAX_COLUMNS}
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_many() -> FileProblem:
    return FileProblem(
        _("Berkas ini lebih dari %(rows)s baris. Bagi menjadi beberapa berkas.") % {"rows": f"{MAX_ROWS:,}"}
    )


def _too_big() -> FileProblem:
    return FileProblem(_("Isi berkas XLSX ini terlalu besar setelah dibuka. Simpan sebagai CSV UTF-8."))


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]+")


def clean(text: str) -> str:
    """One line of plain text: control and invisible characters become a space, runs of spaces one."""
    if len(text) > MAX_CELL:
        # Kept over the limit, so that the row is refused for it.
        text = text[: MAX_CELL + 1]
    return " ".join(_CONTROL.sub(" ", text).split()).removeprefix("'").strip()
