"""Writing the colours of a school's Rapor Pendidikan: by hand, or from a list of our own form (PK-4)."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import NotAllowed, Refusal
from coordination.actors.models import School

from ..models import RaporColour
from ..policies import RaporColourPolicy
from ..rules.pack import COLOURS, Pack

COLUMNS = ("tahun", "indikator", "warna")
FIRST_YEAR = 2021
"""Rapor Pendidikan is drawn from the Asesmen Nasional, first held in 2021."""
MOST_BYTES = 64 * 1024
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out: where, what stands there, and how to mend it."""

    row: int
    column: str
    content: str
    mend: str


def own_school(actor: Actor) -> School:
    """The school whose colours the actor may write; raises NotAllowed for everybody else."""
    school_id = actor.acting.school_id if actor.acting else None
    if school_id is None:
        raise NotAllowed(_("Warna Rapor Pendidikan diisi oleh kepala sekolah atau operator sekolah."))
    school = School.objects.get(pk=school_id)
    RaporColourPolicy.require(actor, "write", school)
    return school


def save_colours(*, actor: Actor, school: School, year: int, colours: Mapping[str, str]) -> int:
    """Write the colours of a year; an empty one is taken away. Gives how many are coloured now.

    Raises NotAllowed, or Refusal for a year or a colour that cannot be.
    """
    RaporColourPolicy.require(actor, "write", school)
    if not FIRST_YEAR <= year <= actor.today().year:
        raise Refusal(
            _("Tahun rapor antara %(first)d dan %(last)d.") % {"first": FIRST_YEAR, "last": actor.today().year},
            field="year",
        )
    chosen = {code: colour for code, colour in colours.items() if colour}
    if not set(chosen.values()) <= set(COLOURS):
        raise Refusal(_("Warna itu tidak dikenal."), mend=_("Pilih merah, kuning, atau hijau."))
    rows = [
        RaporColour(
            path=school.path, school=school, year=year, indicator=code, colour=colour, by=actor.user, at=timezone.now()
        )
        for code, colour in chosen.items()
    ]
    with transaction.atomic():
        emptied = [code for code, colour in colours.items() if not colour]
        RaporColour.objects.filter(school=school, year=year, indicator__in=emptied).delete()
        RaporColour.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["school", "year", "indicator"],
            update_fields=["colour", "by", "at"],
        )
    return len(chosen)


def import_colours(*, actor: Actor, school: School, data: bytes, pack: Pack) -> tuple[int, list[Problem]]:
    """Read a CSV of COLUMNS and write its good rows; gives how many, and the rows that were left out.

    Raises NotAllowed, or Refusal for a file that is not such a list.
    """
    RaporColourPolicy.require(actor, "write", school)
    good: dict[int, dict[str, str]] = {}
    problems = []
    for number, row in _rows(data):
        problem = _problem(number, row, pack, actor.today().year)
        if problem:
            problems.append(problem)
            continue
        code = _codes(pack)[_key(row["indikator"])]
        good.setdefault(int(row["tahun"]), {})[code] = _key(row["warna"])
    with transaction.atomic():
        saved = sum(save_colours(actor=actor, school=school, year=year, colours=one) for year, one in good.items())
    return saved, problems


def template(pack: Pack, year: int) -> str:
    """The empty list with every indicator, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((year, one.name, "") for one in pack.indicators)
    return out.getvalue()


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(data) > MOST_BYTES:
        raise Refusal(
            _("Berkas ini lebih besar dari 64 KB."), mend=_("Pakai templat, satu baris untuk tiap indikator.")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    separator = ";" if text.partition("\n")[0].count(";") >= 2 else ","
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))[: MOST_ROWS + 1]
    head = [_key(cell) for cell in lines[0]] if lines else []
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise Refusal(
            _("Kolom %(names)s tidak ada di baris pertama.") % {"names": ", ".join(missing)},
            mend=_("Unduh templat, lalu isi kolom warna."),
        )
    for number, cells in enumerate(lines[1:], 2):
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            yield number, {name: row.get(name, "") for name in COLUMNS}


def _problem(number: int, row: Mapping[str, str], pack: Pack, this_year: int) -> Problem | None:
    year = row["tahun"]
    if not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year[:6]) <= this_year):
        mend = _("Tulis tahun antara %(first)d dan %(last)d.") % {"first": FIRST_YEAR, "last": this_year}
        return Problem(number, "tahun", year, mend)
    if _key(row["indikator"]) not in _codes(pack):
        return Problem(number, "indikator", row["indikator"], _("Tulis nama indikator seperti di templat."))
    if _key(row["warna"]) not in COLOURS:
        return Problem(number, "warna", row["warna"], _("Tulis merah, kuning, atau hijau."))
    return None


def _codes(pack: Pack) -> dict[str, str]:
    """What an indicator may be called in a list: its name or its code."""
    return {_key(word): one.code for one in pack.indicators for word in (one.name, one.code)}


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
