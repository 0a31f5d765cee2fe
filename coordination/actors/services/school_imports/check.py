"""The check: reads the file into rows of the database, then compares them with the schools, all at once."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from ...models import SchoolImport, SchoolImportRow, Wilayah
from ...schools.columns import TITLES
from ...schools.problems import OUTSIDE, FileProblem, Problem
from ...schools.regions import Regions
from ...schools.rows import Parsed, Reader, SchoolRow
from ...schools.table import Table, open_table
from ...tenancy import paths
from ...tenancy.scope import Scope
from . import sql
from .batches import BATCH, State, batch, count_outcomes, execute, fail_import, large_joins
from .wrong_rows import write_wrong_rows

_STAGE = """
    CREATE TEMPORARY TABLE portal_stage (
        number integer, npsn text, outcome text, data jsonb, problems jsonb
    ) ON COMMIT DROP
"""
_TAKE = """
    INSERT INTO actors_schoolimportrow (school_import_id, path, number, npsn, outcome, data, problems, applied)
    SELECT %s, %s, number, coalesce(npsn, ''), coalesce(outcome, ''), data, problems, false FROM portal_stage
"""


def check_import(*, scope: Scope, pk: int, source: Path, keep_wrong_rows: bool = True) -> None:
    """Read the file and say of each row whether it is new, changed, the same or wrong; writes no school.

    The refused rows are stored as a file of their own unless the caller writes them elsewhere. Safe to run
    again: it starts over. A file that cannot be read ends as a failed import with its reason.
    """
    try:
        run = _begin(scope, pk)
        if not run:
            return
        _fill(scope, pk, run, open_table(source))
        _compare(scope, pk, run)
        name = write_wrong_rows(scope=scope, pk=pk, source=source) if keep_wrong_rows else ""
        with _turn(scope, pk, run) as school_import:
            school_import.state, school_import.wrong_rows = State.CHECKED, name
            school_import.save(update_fields=["state", "wrong_rows"])
    except Overtaken:
        return
    except FileProblem as problem:
        fail_import(scope=scope, pk=pk, message=str(problem))


class Overtaken(Exception):
    """Another worker has started this check over, and its rows are the ones that count."""


def _begin(scope: Scope, pk: int) -> int:
    """Start (over) and return the number of this run; 0 when there is nothing to check."""
    with batch(scope, pk, State.WAITING, State.CHECKING) as school_import:
        if school_import is None:
            return 0
        SchoolImportRow.objects.filter(school_import_id=pk).delete()
        school_import.state, school_import.done = State.CHECKING, 0
        school_import.run += 1
        school_import.save(update_fields=["state", "done", "run"])
        return school_import.run


@contextmanager
def _turn(scope: Scope, pk: int, run: int) -> Iterator[SchoolImport]:
    """A batch of this run; raises Overtaken when another worker has started over."""
    with batch(scope, pk, State.CHECKING) as school_import:
        if school_import is None or school_import.run != run:
            raise Overtaken
        yield school_import


def _fill(scope: Scope, pk: int, run: int, table: Table) -> None:
    with _turn(scope, pk, run) as school_import:
        school_import.form, school_import.ignored = table.form[:40], [name[:60] for name in table.ignored[:60]]
        school_import.total = table.estimate
        school_import.save(update_fields=["form", "ignored", "total"])
        regions = Regions(Wilayah.objects.values_list("code", "name"))
    reader = Reader(table, regions)
    rows = iter(reader)
    done = 0
    while parsed := list(islice(rows, BATCH)):
        staged = _as_csv(_judged(parsed, scope, reader))
        done += len(parsed)
        with _turn(scope, pk, run) as school_import:
            _copy(school_import, staged)
            school_import.done, school_import.total = done, max(done, school_import.total)
            school_import.save(update_fields=["done", "total"])
    if not done:
        raise FileProblem(_("Berkas ini tidak berisi satu baris sekolah pun."))


def _copy(school_import: SchoolImport, staged: io.StringIO) -> None:
    # COPY is not allowed into a table behind the wall, so the rows go in through a temporary one.
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        cursor.copy_expert("COPY portal_stage FROM STDIN WITH (FORMAT csv)", staged)
        cursor.execute(_TAKE, [school_import.pk, school_import.path])
        cursor.execute("DROP TABLE portal_stage")


def _judged(parsed: list[Parsed], scope: Scope, reader: Reader) -> Iterator[tuple[Parsed, list[Problem]]]:
    """Each row with its problems, among them that the school belongs to somebody else."""
    for one in parsed:
        if one.school is None or scope.covers(one.school.path):
            yield one, one.problems
        else:
            yield one, [*one.problems, outside(one, scope, reader)]


def outside(parsed: Parsed, scope: Scope, reader: Reader) -> Problem:
    """Why a school is not this office's to bring in, in the cell that decided it, and who answers for it."""
    school, names = parsed.school, reader.regions.names
    assert school is not None  # noqa: S101 (for the types: only rows with a school come here)
    upper = school.level == paths.MENENGAH
    other = paths.DASAR if upper else paths.MENENGAH
    place = school.kecamatan or f"{school.kabkota}.{paths.WHOLE}"
    if scope.covers(paths.school(place, other, school.npsn.lower())):
        field = "bentuk"
    elif any(low.startswith(school.provinsi) for low, _high in scope.ranges):
        field = "kabkota"
    else:
        field = "provinsi"
    office = _("Dinas Pendidikan %(place)s")
    office %= {"place": names.get(school.provinsi if upper else school.kabkota, "–")}
    why = _("Bukan wilayah Anda. %(kind)s ini ditangani %(office)s.") % {"kind": school.bentuk, "office": office}
    mend = _("Biarkan saja bila baris ini memang milik kantor itu; perbaiki kolom ini bila salah tulis.")
    index = reader.table.fields.get(field)
    title = TITLES[field] if index is None else reader.table.headings[index]
    content = "" if index is None or index >= len(parsed.cells) else parsed.cells[index]
    return Problem(title, content[:80], why, mend, code=OUTSIDE, whose=(school.bentuk, office))


def _as_csv(judged: Iterator[tuple[Parsed, list[Problem]]]) -> io.StringIO:
    out = io.StringIO()
    writer = csv.writer(out)
    for parsed, problems in judged:
        school = None if any(problem.fatal for problem in problems) else parsed.school
        writer.writerow(
            [
                parsed.number,
                parsed.npsn,
                "" if school else "refused",
                json.dumps(_data(school), ensure_ascii=False) if school else "",
                json.dumps([problem.as_json() for problem in problems], ensure_ascii=False),
            ]
        )
    out.seek(0)
    return out


def _data(school: SchoolRow) -> dict:
    """The known values only: what a list does not say never erases what is known."""
    found = {
        "name": school.name,
        "bentuk": school.bentuk,
        "level": school.level,
        "status": school.status,
        "provinsi_id": school.provinsi,
        "kabkota_id": school.kabkota,
        "kecamatan_id": school.kecamatan or None,
        "path": school.path,
    }
    for field in sql.FIELDS:
        if field not in found and getattr(school, field) not in ("", None, {}):
            found[field] = getattr(school, field)
    return found


def _compare(scope: Scope, pk: int, run: int) -> None:
    twice = (
        _("NPSN ini ada di baris {rows} dengan isi yang berbeda."),
        _("Sisakan satu baris yang benar, lalu unggah lagi."),
    )
    short = (
        _("NPSN ini hanya 7 angka, dan portal tidak mengenal sekolah ber-NPSN itu dengan nol di depan."),
        _("Periksa NPSN di Dapodik, lalu tulis kedelapan angkanya."),
    )
    elsewhere = (
        _("NPSN ini sudah terdaftar di luar wewenang kantor Anda."),
        _("Periksa NPSN-nya. Bila sekolah pindah wilayah, minta UPT atau Pusat yang mengimpor."),
    )
    with _turn(scope, pk, run) as school_import:
        with large_joins():
            execute(sql.REFUSE_SHORT, [*short, pk])
            execute(sql.MARK_REPEATED, [pk, *twice, pk])
            execute(sql.KEEP_KNOWN_KECAMATAN, [pk])
            execute(sql.COMPARE, [pk])
            execute(sql.MARK_ELSEWHERE, [*elsewhere, pk, pk])
        count_outcomes(school_import)
        school_import.done = school_import.total
        school_import.save()
