"""Plans over all regions, for the time of a measurement, and two people who look at their counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from secrets import token_urlsafe
from time import perf_counter
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from coordination.actors.models import Organisation, Role, School, User
from coordination.actors.services.memberships import new_membership
from ikm_portal.benches.tenancy import FILL_SCHOOLS, FILL_USERS, TEACHERS_A_SCHOOL
from kinerja.models import Period, Plan
from kinerja.selectors.packs import pack_of
from kinerja.services.packs import load_packs, prepare_periods

MARK = "ukur_"
TODAY = date(2026, 11, 21)
TABLES = ("actors_school", "actors_membership", "kinerja_plan")
COUNTS = ("kinerja_tally", "kinerja_tallychange", "kinerja_tallyrun")

PLANS = """
    INSERT INTO kinerja_plan (path, owner_id, of_principal, school_id, school_name, npsn, jenjang, period_id, pack_id,
        starts, until, nip, position, state, open_sections, version, approved, indicator, points, under_reason,
        change_reason, predicate, started_at)
    SELECT s.path, u.id, u.n %% 7 = 0, s.id, s.name, s.npsn, kinerja_jenjang(s.bentuk), %(period)s, %(pack)s,
        %(starts)s, %(until)s, '', '', made.state, '{}', (made.state <> 'draf')::int,
        (made.state NOT IN ('draf', 'diajukan', 'dikembalikan'))::int,
        CASE made.state WHEN 'draf' THEN '' ELSE (%(indicators)s::text[])[1 + u.n %% cardinality(%(indicators)s)] END,
        32, '', '',
        CASE WHEN made.state IN ('dinilai', 'final')
            THEN (%(predicates)s::text[])[1 + u.n %% cardinality(%(predicates)s)] ELSE '' END,
        now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM actors_user WHERE username LIKE 'ukur\\_%%') u
    JOIN (SELECT *, row_number() OVER (ORDER BY id) AS number FROM actors_school) s
        ON s.number = 1 + (u.n * 7919) %% %(schools)s,
        LATERAL (SELECT (ARRAY['draf', 'diajukan', 'dikembalikan', 'disetujui', 'disetujui', 'disetujui', 'perubahan',
            'dinilai', 'final', 'final'])[1 + (u.n / 3) %% 10] AS state) made
    WHERE u.n > %(after)s AND u.n <= %(upto)s
"""
CHANGE = """
    UPDATE kinerja_plan SET state = CASE state WHEN 'disetujui' THEN 'perubahan' ELSE 'disetujui' END
    WHERE id IN (SELECT id FROM kinerja_plan WHERE state IN ('disetujui', 'perubahan') ORDER BY md5(id::text) LIMIT %s)
"""


class Plans:
    """The rows as they grow: `grow` adds plans and counts them anew, `change` changes some and folds."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.schools = max(int(rows / TEACHERS_A_SCHOOL), 1)
        self.period = _period()
        self.made = 0
        self.readers: dict[str, tuple[str, str]] = {}

    def grow(self, upto: int) -> float:
        """Have this many plans, counted; the seconds of counting everything anew."""
        pack = pack_of(self.period.pack_id)
        values: dict[str, Any] = {
            "period": self.period.pk, "pack": self.period.pack_id, "starts": self.period.starts,
            "until": self.period.ends, "schools": self.schools, "after": self.made, "upto": upto,
            "indicators": [one.code for one in pack.indicators], "predicates": [one.code for one in pack.predicates],
        }  # fmt: skip
        with connection.cursor() as cursor:
            _triggers(cursor, "DISABLE")
            cursor.execute(PLANS, values)
            _triggers(cursor, "ENABLE")
            begun = perf_counter()
            cursor.execute("SELECT kinerja_recount()")
            seconds = perf_counter() - begun
            cursor.execute("INSERT INTO kinerja_tallyrun (at, folded, checked) VALUES (now(), 0, true)")
        self.made = upto
        return seconds

    def change(self, number: int) -> tuple[float, float]:
        """Change so many plans by one statement and fold; the milliseconds of both."""
        with connection.cursor() as cursor:
            begun = perf_counter()
            cursor.execute(CHANGE, [number])
            changed = perf_counter()
            cursor.execute("SELECT kinerja_fold()")
            return (changed - begun) * 1000, (perf_counter() - changed) * 1000

    def tallies(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kinerja_tally")
            return cursor.fetchone()[0]

    def drift(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT kinerja_drift()")
            return cursor.fetchone()[0]


@contextmanager
def filled(rows: int) -> Iterator[Plans]:
    """Schools and employees for `rows` plans, and who looks; the database is left without any of them."""
    if School.objects.exists() or Plan.objects.exists():
        raise CommandError("Pengukuran ini mengisi basis data; jalankan pada yang kosong, bukan pada data kerja.")
    plans = Plans(rows)
    with connection.cursor() as cursor:
        try:
            _triggers(cursor, "DISABLE")
            cursor.execute(FILL_SCHOOLS, [plans.schools])
            cursor.execute(FILL_USERS, [rows])
            _triggers(cursor, "ENABLE")
            cursor.execute("VACUUM ANALYZE")
            plans.readers["nasional"] = _reader("pusat", Role.PUSAT_READER, "gtk")
            plans.readers["kab/kota"] = _reader("dinas", Role.DINAS_OFFICER, _middling(cursor))
            yield plans
        finally:
            _triggers(cursor, "ENABLE")
            tables = ("actors_school", "actors_membership", "actors_login", "kinerja_plan", *COUNTS)
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            cursor.execute("DELETE FROM actors_user WHERE username ~ '^(ukur|pembaca)_'")


def _period() -> Period:
    load_packs()
    prepare_periods(TODAY)
    return Period.objects.get(starts__lte=TODAY, ends__gte=TODAY)


def _reader(name: str, role: Role, office: str) -> tuple[str, str]:
    """Who looks: the name and password of an account with this role."""
    password = token_urlsafe(16)
    user = User(username=f"pembaca_{name}", name=f"Pembaca {name}", email=f"{name}@contoh.id")
    user.set_password(password)
    user.save()
    new_membership(user=user, role=role, place=Organisation.objects.get(code=office), starts=date(2025, 1, 6)).save()
    return user.username, password


def _middling(cursor) -> str:
    """The Dinas of a kab/kota with a middling number of schools."""
    cursor.execute(
        "SELECT kabkota_id FROM actors_school WHERE level = 'd' GROUP BY 1 ORDER BY count(*), 1 "
        "OFFSET (SELECT count(DISTINCT kabkota_id) / 2 FROM actors_school) LIMIT 1"
    )
    found = Organisation.objects.filter(unit="dinas_kabkota", wilayah=cursor.fetchone()[0])
    return found.values_list("code", flat=True)[0]


def _triggers(cursor, verb: str) -> None:
    # Rows made up for a measurement need no history, and are counted at once afterwards.
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")
