"""An area with many kombel, for the time of a measurement."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from secrets import token_urlsafe

from django.core.management.base import CommandError
from django.db import connection

from coordination.actors.models import Membership, Organisation, Role, School, User
from coordination.actors.services.memberships import new_membership
from kombel.models import Kombel

HOME, OUTSIDE = "32.76", "64.71"
OFFICE = "dinas_3276"
KOMBEL_A_SCHOOL = 4
MEMBERS = 12
MARK = "ukur_"
TABLES = ("actors_school", "actors_membership", "kombel_kombel", "kombel_member", "kombel_cluster")

SCHOOLS = """
    INSERT INTO actors_school (npsn, name, bentuk, level, status, provinsi_id, kabkota_id, kecamatan_id, path, desa,
        alamat, kode_pos, akreditasi, kurikulum, guru, details, active, updated_at)
    SELECT upper(key), 'SD Ukur ' || n, 'SD', 'd', 'negeri', left(code, 2), left(code, 5), code,
        left(code, 2) || '.d.' || substr(code, 4) || '/' || key, '', '', '', '', '', 20, '{}', true, now()
    FROM (
        SELECT n, %(letter)s || lpad(to_hex(n), 7, '0') AS key,
            places[1 + n %% array_length(places, 1)] AS code
        FROM generate_series(1, %(count)s) n,
            (SELECT array_agg(code ORDER BY code) AS places FROM actors_wilayah WHERE parent_id = %(region)s) w
    ) made
"""
KOMBEL = """
    INSERT INTO kombel_kombel (name, kind, form, jenjang, school_id, path, state, programme, registered_on,
        closed_because, last_meeting, quiet_since, penggerak, leader_ids, members, contact_outcome, version)
    SELECT 'Kombel Ukur ' || n, 'dalam', '', 'sd', s.id, s.path, 'aktif', '', date '2025-01-06', '',
        day, day, 'Penggerak Ukur ' || n, CASE WHEN n = 1 THEN %(leaders)s::bigint[] ELSE '{}' END,
        %(members)s, CASE WHEN n %% 9 = 0 THEN 'dihubungi' ELSE '' END, 1
    FROM (SELECT n, current_date - (n * 7919 %% 90) AS day FROM generate_series(1, %(count)s) n) made
    JOIN (SELECT id, path, row_number() OVER (ORDER BY id) AS number FROM actors_school WHERE kabkota_id = %(region)s) s
        ON s.number = 1 + (n - 1) / %(each)s
"""
CLUSTERS = """
    INSERT INTO kombel_cluster (kombel_id, path, kind, name)
    SELECT k.id, k.path, made.kind, made.name FROM kombel_kombel k,
        (VALUES ('rendah', 'Kelas rendah'), ('tinggi', 'Kelas tinggi')) made (kind, name) WHERE k.leader_ids <> '{}'
"""
MEMBER_ROWS = """
    INSERT INTO kombel_member (kombel_id, path, name, origin, duty, cluster_id, joined_on)
    SELECT k.id, k.path, 'Guru Ukur ' || n, '', 'anggota',
        (SELECT c.id FROM kombel_cluster c WHERE c.kombel_id = k.id ORDER BY c.id OFFSET n %% 2 LIMIT 1),
        date '2025-01-06'
    FROM kombel_kombel k, generate_series(1, %(members)s) n WHERE k.leader_ids <> '{}'
"""


class Area:
    """Who looks, and at which kombel: a Dinas officer who also leads one of the area's communities."""

    def __init__(self, username: str, password: str, kombel: int) -> None:
        self.username = username
        self.password = password
        self.kombel = kombel


@contextmanager
def filled(rows: int) -> Iterator[Area]:
    """`rows` kombel in one kab/kota and as many elsewhere; the database is left as it was."""
    if Kombel.objects.exists() or School.objects.exists():
        raise CommandError("Pengukuran ini mengisi basis data; jalankan pada yang kosong, bukan pada data kerja.")
    with connection.cursor() as cursor:
        try:
            # Rows made up for a measurement need no history.
            _triggers(cursor, "DISABLE")
            user, password = _officer()
            for letter, region, leaders in (("f", HOME, [user.pk]), ("e", OUTSIDE, [])):
                _fill(cursor, letter, region, leaders, rows)
            cursor.execute(CLUSTERS)
            cursor.execute(MEMBER_ROWS, {"members": MEMBERS})
            for table in (*TABLES, "actors_user"):
                cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute("SELECT id FROM kombel_kombel WHERE leader_ids <> '{}'")
            yield Area(user.username, password, cursor.fetchone()[0])
        finally:
            _triggers(cursor, "ENABLE")
            _empty(cursor)


def _officer() -> tuple[User, str]:
    password = token_urlsafe(16)
    user = User(username=MARK + "dinas", name="Petugas Ukur", email="ukur@contoh.id")
    user.set_password(password)
    user.save()
    office = Organisation.objects.get(code=OFFICE)
    new_membership(user=user, role=Role.DINAS_OFFICER, place=office, starts=date(2025, 1, 6)).save()
    return user, password


def _fill(cursor, letter: str, region: str, leaders: list[int], rows: int) -> None:
    schools = -(-rows // KOMBEL_A_SCHOOL)
    cursor.execute(SCHOOLS, {"letter": letter, "count": schools, "region": region})
    values = {"leaders": leaders, "members": MEMBERS, "count": rows, "region": region, "each": KOMBEL_A_SCHOOL}
    cursor.execute(KOMBEL, values)


def _triggers(cursor, verb: str) -> None:
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")


def _empty(cursor) -> None:
    for table in ("kombel_member", "kombel_cluster", "kombel_kombel", "actors_school"):
        cursor.execute(f"DELETE FROM {table}")
    users = User.objects.filter(username__startswith=MARK)
    Membership.objects.filter(user__in=users).delete()
    users.delete()
