"""The wall's price: the same question under a policy and with a WHERE written by hand, side by side.

Fills an empty, prepared database with schools and memberships over all regions, measures, and empties it again.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from django.core.management.base import CommandError
from django.db import connection, transaction

from coordination.actors.models import School
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import Scope, enter

ROWS = 300_000
TEACHERS_A_SCHOOL = 6.5
"""2.86 million teachers at 440 thousand schools."""
LIMIT = 1.15
SECONDS_A_QUESTION = 1.5
FEWEST, MOST = 9, 151
TABLES = ("actors_membership", "actors_school")


@dataclass(frozen=True)
class Area:
    """One actor's area: the scope, and the condition somebody would write by hand instead."""

    name: str
    scope: Scope
    where: str
    limited: bool = False


@dataclass(frozen=True)
class Question:
    """A query with room for the condition, under the name it has in the table of figures."""

    name: str
    sql: str
    free: bool = False
    """Measured to show a known weakness that no page of the portal meets, so without a limit."""


QUESTIONS = (
    Question("sekolah, halaman", "SELECT id, npsn, name FROM actors_school s WHERE {} ORDER BY path, id LIMIT 50"),
    Question("sekolah, jumlah", "SELECT count(*) FROM actors_school s WHERE {}"),
    Question("sekolah, 50 menurut nama", "SELECT id, name FROM actors_school s WHERE {} ORDER BY name, id LIMIT 50"),
    Question(
        "sekolah, rekap kab/kota", "SELECT kabkota_id, count(*), sum(guru) FROM actors_school s WHERE {} GROUP BY 1"
    ),
    Question("guru, jumlah", "SELECT count(*) FROM actors_membership s WHERE {}"),
    Question(
        "guru, 50 terbaru",
        "SELECT id, starts FROM actors_membership s WHERE {} ORDER BY starts DESC, id DESC LIMIT 50",
    ),
    Question(
        "guru menurut peran",
        "SELECT role, count(*) FROM actors_membership s WHERE {} AND until IS NULL GROUP BY 1",
    ),
    Question(
        "guru dengan sekolahnya",
        "SELECT s.id, c.name FROM actors_membership s JOIN actors_school c ON c.id = s.school_id WHERE {} AND {c} "
        "ORDER BY s.starts DESC, s.id DESC LIMIT 50",
    ),
    Question(
        "guru, halaman menurut alamat",
        "SELECT id, role FROM actors_membership s WHERE {} ORDER BY path, id LIMIT 50",
        free=True,
    ),
)


def run(rows: int | None) -> dict:
    """Measure with `rows` teachers (300,000); ratios of district and province must stay at most 1.15."""
    rows = rows or ROWS
    if School.objects.exists():
        raise CommandError("Pengukuran ini mengisi basis data; jalankan pada yang kosong, bukan pada data kerja.")
    begun = time.monotonic()
    with filled(rows) as schools:
        made = time.monotonic() - begun
        ratios = [measure(area, question) for area in areas() for question in QUESTIONS]
        switch = cost_of_a_scope()
    return {
        "rows": rows,
        "schools": schools,
        "seconds_to_fill": round(made, 1),
        "scope_microseconds": switch,
        "ratios": ratios,
    }


def areas() -> Iterator[Area]:
    """A middling district, its province, the widest province, several provinces, the country, a school, a list."""
    kabkota = _one("SELECT kabkota_id FROM actors_school WHERE level = 'd' GROUP BY 1 ORDER BY count(*), 1 "
                   "OFFSET (SELECT count(DISTINCT kabkota_id) / 2 FROM actors_school) LIMIT 1")  # fmt: skip
    widest = _one("SELECT provinsi_id FROM actors_school GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    some = [row[0] for row in _all("SELECT DISTINCT path FROM actors_school ORDER BY 1 LIMIT 20")]
    own = paths.area("u.bbgp_contoh")
    district, province = paths.area(paths.region(kabkota, paths.DASAR)), paths.area(widest)
    middle = paths.area(kabkota[:2])
    yield Area("Dinas kab/kota", Scope("portal_one", ranges=(district,)), _between(district), limited=True)
    yield Area(
        "Dinas provinsi",
        Scope("portal_one", ranges=(paths.area(f"{widest}.m"),)),
        _between(paths.area(f"{widest}.m")),
        limited=True,
    )
    yield Area("UPT provinsi", Scope("portal_upt", ranges=(middle,), own=own), _between(middle), limited=True)
    yield Area("UPT terbesar", Scope("portal_upt", ranges=(province,), own=own), _between(province), limited=True)
    two = (paths.area("91"), paths.area("93"))
    yield Area(
        "UPT dua provinsi",
        Scope("portal_many", ranges=two, own=own),
        f"({_between(two[0])} OR {_between(two[1])})",
    )
    yield Area("Pusat", Scope("portal_nat"), "true")
    yield Area("satu sekolah", Scope("portal_list", listed=(some[0],)), f"s.path = '{some[0]}'")
    listed = ", ".join(f"'{path}'" for path in some)
    yield Area("20 sekolah binaan", Scope("portal_list", listed=tuple(some)), f"s.path IN ({listed})")


def _between(found: paths.Range) -> str:
    return f"(s.path >= '{found[0]}' AND s.path < '{found[1]}')"


def measure(area: Area, question: Question) -> dict:
    """The median of one question under the policy against the same with the condition, asked in turn."""
    with_policy = question.sql.format("true", c="true")
    by_hand = question.sql.format(area.where, c=area.where.replace("s.path", "c.path"))
    walled: list[float] = []
    bare: list[float] = []
    until = time.monotonic() + SECONDS_A_QUESTION
    answers = set()
    while len(bare) < FEWEST or (time.monotonic() < until and len(bare) < MOST):
        sides: list[tuple[list[float], str, AbstractContextManager]] = [
            (walled, with_policy, enter(area.scope)),
            (bare, by_hand, nullcontext()),
        ]
        # Who comes first finds the pages cold, so they take turns.
        for times, sql, scope in sides if len(bare) % 2 else reversed(sides):
            with transaction.atomic(), scope, connection.cursor() as cursor:
                # The scope travels with the first statement; here the question alone is timed.
                cursor.execute("SELECT 1")
                begun = time.perf_counter()
                cursor.execute(sql)
                answers.add(str(cursor.fetchall()))
                times.append((time.perf_counter() - begun) * 1000)
    if len(answers) != 1:
        raise CommandError(f"{area.name}, {question.name}: policy and condition answer differently")
    value, base = statistics.median(walled), statistics.median(bare)
    ratio = {"name": f"{area.name}: {question.name}", "value": round(value, 3), "base": round(base, 3), "unit": "ms"}
    ratio["ratio"] = round(value / base, 3)
    return ratio | ({"at_most": LIMIT} if area.limited and not question.free else {})


def cost_of_a_scope() -> float:
    """What entering a scope adds to a transaction, in microseconds."""
    scope = Scope("portal_one", ranges=(paths.area("32.d.76"),))
    sides: tuple[list[float], list[float]] = ([], [])
    for _ in range(300):
        arounds: tuple[AbstractContextManager, ...] = (transaction.atomic(), enter(scope))
        for times, around in zip(sides, arounds, strict=True):
            begun = time.perf_counter()
            with around, connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            times.append((time.perf_counter() - begun) * 1e6)
    without, inside = map(statistics.median, sides)
    return round(inside - without, 1)


FILL_SCHOOLS = """
    INSERT INTO actors_school (npsn, name, bentuk, level, status, provinsi_id, kabkota_id, kecamatan_id, path, desa,
        alamat, kode_pos, akreditasi, kurikulum, guru, details, active, updated_at)
    SELECT upper(lpad(to_hex(n), 8, '0')), 'Sekolah Ukur ' || (n * 7919::bigint %% 1000003), bentuk, level, 'negeri',
        left(code, 2), left(code, 5), code,
        left(code, 2) || '.' || level || '.' || substr(code, 4) || '/' || lpad(to_hex(n), 8, '0'),
        '', '', '', '', '', n %% 40, '{}', true, now()
    FROM (
        SELECT n, CASE WHEN n %% 6 = 0 THEN 'm' ELSE 'd' END AS level,
            CASE WHEN n %% 6 = 0 THEN 'SMK' ELSE 'SD' END AS bentuk,
            places[1 + (n * 7907::bigint) %% array_length(places, 1)] AS code
        FROM generate_series(1, %s) n,
            (SELECT array_agg(code ORDER BY code) AS places FROM actors_wilayah WHERE level = 'kecamatan') w
    ) made
"""
FILL_USERS = """
    INSERT INTO actors_user (username, email, name, password, is_active, is_staff, is_superuser, date_joined)
    SELECT 'ukur_' || n, 'ukur_' || n || '@contoh.id', 'Guru Ukur ' || n, '!', true, false, false, now()
    FROM generate_series(1, %s) n
"""
FILL_MEMBERSHIPS = """
    INSERT INTO actors_membership (user_id, role, school_id, path, plt, starts, ended_because)
    SELECT u.id, 'guru', s.id, s.path, false, date '2020-01-01' + (u.n * 31 %% 2000)::int, ''
    FROM (SELECT id, row_number() OVER () AS n FROM actors_user WHERE username LIKE 'ukur\\_%%') u
    JOIN (SELECT id, path, row_number() OVER () AS n FROM actors_school) s ON s.n = 1 + u.n %% %s
"""


@contextmanager
def filled(rows: int) -> Iterator[int]:
    """Schools and teachers over all regions; yields the number of schools, and leaves the database as it was."""
    schools = max(int(rows / TEACHERS_A_SCHOOL), 1)
    if not _one("SELECT count(*) FROM actors_wilayah WHERE level = 'kecamatan'"):
        raise CommandError("Wilayah belum dimuat; jalankan load_wilayah.")
    with connection.cursor() as cursor:
        try:
            # Rows made up for a measurement need no history.
            _triggers(cursor, "DISABLE")
            cursor.execute(FILL_SCHOOLS, [schools])
            cursor.execute(FILL_USERS, [rows])
            cursor.execute(FILL_MEMBERSHIPS, [schools])
            for table in (*TABLES, "actors_user"):
                cursor.execute(f"VACUUM ANALYZE {table}")
            yield schools
        finally:
            _triggers(cursor, "ENABLE")
            cursor.execute("TRUNCATE actors_school, actors_membership CASCADE")
            cursor.execute("DELETE FROM actors_user WHERE username LIKE 'ukur\\_%'")


def _triggers(cursor, verb: str) -> None:
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")


def _all(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _one(sql: str):
    return _all(sql)[0][0]
