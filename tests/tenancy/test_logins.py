"""What the real logins can and cannot do, each over a connection of its own."""

import importlib

import psycopg2
import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from psycopg2 import errors

from coordination.actors.tenancy import checks, paths
from coordination.actors.tenancy.scope import SLOTS, Scope
from tests.test_catalogue import ENCLOSURES

DEPOK = Scope("portal_one", ranges=(paths.area("32.d.76"),))


def enter(cursor, scope: Scope) -> None:
    """The statement that `scope.enter` sends, on a connection without Django."""
    values = scope.settings()
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    cursor.execute(f"SELECT {calls}", [part for pair in values for part in pair])


def npsn(cursor) -> set[str]:
    cursor.execute("SELECT npsn FROM actors_school")
    return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("table", [one.table for one in ENCLOSURES])
@pytest.mark.parametrize("name", ["portal_login", "portal_worker"])
def test_without_a_scope_a_table_behind_the_wall_is_denied(connect, name, table):
    cursor = connect(name).cursor()
    for statement in (f"SELECT 1 FROM {table}", f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(errors.InsufficientPrivilege):
            cursor.execute(statement)
        cursor.connection.rollback()


@pytest.mark.parametrize("role", ["portal_own", "portal_system", "postgres", "portal_worker"])
def test_the_webs_login_becomes_neither_owner_nor_system_nor_superuser(login, role):
    with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
        login.cursor().execute(f"SET ROLE {role}")


def test_the_worker_becomes_the_system_but_not_the_owner(worker):
    cursor = worker.cursor()
    cursor.execute("SET LOCAL ROLE portal_system")
    assert npsn(cursor) >= {"99000001", "99000005"}
    with pytest.raises(errors.InsufficientPrivilege):
        cursor.execute("SET ROLE portal_own")


def test_a_scope_shows_its_area_to_the_real_login(login):
    cursor = login.cursor()
    enter(cursor, DEPOK)
    assert npsn(cursor) == {"99000001", "99000002"}


def test_the_scope_ends_with_its_transaction(login):
    cursor = login.cursor()
    enter(cursor, DEPOK)
    login.commit()
    cursor.execute("SELECT current_user, current_setting('app.lo0', true), current_setting('app.user', true)")
    assert cursor.fetchone() == ("portal_login", "", "")
    with pytest.raises(errors.InsufficientPrivilege):
        npsn(cursor)


def test_a_role_without_its_settings_fails_or_sees_nothing(login):
    cursor = login.cursor()
    cursor.execute("SET LOCAL ROLE portal_one")
    with pytest.raises(errors.UndefinedObject):
        npsn(cursor)
    login.rollback()
    enter(cursor, DEPOK)
    login.commit()
    # The names are known to the session now, and empty.
    cursor.execute("SET LOCAL ROLE portal_one")
    assert npsn(cursor) == set()
    login.rollback()
    cursor.execute("SET LOCAL ROLE portal_many")
    with pytest.raises(errors.UndefinedObject):
        npsn(cursor)


def test_a_scope_of_many_ranges_shows_each_and_no_more(login):
    cursor = login.cursor()
    enter(cursor, Scope("portal_many", ranges=(paths.area("64"), paths.area("91"))))
    assert npsn(cursor) == {"99000005", "99000006", "99000007"}
    assert len(Scope("portal_many").settings()) == 4 + 2 + 2 * SLOTS


def test_a_scope_for_vocational_schools_shows_their_level_in_the_whole_country(login):
    cursor = login.cursor()
    enter(cursor, Scope("portal_voc", ranges=(paths.TERRITORY,)))
    assert npsn(cursor) == {"99000003", "99000006"}


@pytest.mark.parametrize("statement", [
    "TRUNCATE actors_school",
    "ALTER TABLE actors_school DISABLE ROW LEVEL SECURITY",
    "DROP POLICY portal_one ON actors_school",
    "CREATE TABLE mine (id int)",
    "CREATE VIEW mine AS SELECT * FROM actors_school",
    "ALTER ROLE portal_login BYPASSRLS",
    "CREATE ROLE mine",
    "COPY actors_school FROM STDIN",
    "UPDATE actors_organisation SET path = 'p.gtk'",
    "INSERT INTO actors_change (at, subject, subject_id, path, verb) VALUES (now(), 'x', 1, '32.d.76.00/x', 'I')",
])  # fmt: skip
def test_inside_a_scope_the_wall_itself_cannot_be_touched(login, statement):
    cursor = login.cursor()
    enter(cursor, DEPOK)
    with pytest.raises(psycopg2.Error) as refused:
        cursor.execute(statement)
    assert refused.value.pgcode in {"42501", "0A000"}


def test_row_security_cannot_be_switched_off_to_see_more(login):
    cursor = login.cursor()
    enter(cursor, DEPOK)
    cursor.execute("SET LOCAL row_security = off")
    with pytest.raises(errors.InsufficientPrivilege):
        npsn(cursor)


def test_history_cannot_be_forged_on_a_table_of_ones_own(login):
    cursor = login.cursor()
    cursor.execute("CREATE TEMP TABLE actors_school (id bigint, path text)")
    with pytest.raises(errors.InsufficientPrivilege):
        cursor.execute(
            "CREATE TRIGGER forged AFTER INSERT ON pg_temp.actors_school REFERENCING NEW TABLE AS new_rows "
            "FOR EACH STATEMENT EXECUTE FUNCTION portal_history()"
        )


def test_a_temporary_table_does_not_deceive_the_owners_functions(login):
    cursor = login.cursor()
    cursor.execute("SELECT id FROM actors_user WHERE username = 'guru'")
    (guru,) = cursor.fetchone()
    cursor.execute("CREATE TEMP TABLE actors_membership (LIKE public.actors_wilayah)")
    cursor.execute("ALTER TABLE pg_temp.actors_membership ADD id bigint, ADD user_id bigint, ADD role text")
    cursor.execute(
        "INSERT INTO pg_temp.actors_membership (code, level, name, time_zone, user_id, role) "
        "VALUES ('0', '', '', '', %s, 'pusat_admin')",
        [guru],
    )
    cursor.execute("SELECT portal_memberships(%s)::text", [guru])
    assert '"role": "guru"' in cursor.fetchone()[0]


# The refusal at the start


@pytest.fixture
def being():
    """`being("portal_login")` lets the test's connection be another login until the test ends."""

    def become(login: str, *made: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            for statement in made:
                cursor.execute(statement)
            cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {login}")

    return become


def test_the_wall_stands_for_both_logins(db, being):
    for login in ("portal_login", "portal_worker"):
        being(login)
        assert checks.problems() == []
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")


@pytest.mark.parametrize(("made", "problem"), [
    ("ALTER ROLE intruder SUPERUSER", "intruder is a superuser"),
    ("ALTER ROLE intruder BYPASSRLS", "intruder is free of policies"),
    ("ALTER ROLE intruder CREATEROLE", "intruder is free to make roles"),
    ("GRANT portal_own TO intruder", "intruder may become portal_own, which is the owner of tenant tables"),
    ("GRANT portal_own TO intruder WITH INHERIT FALSE", "may become portal_own"),
    ("GRANT SELECT ON actors_school TO intruder", "intruder has rights on actors_school outside every scope"),
    ("GRANT portal_one TO intruder WITH INHERIT TRUE", "has rights on actors_school outside every scope"),
])  # fmt: skip
def test_the_start_is_refused_to_a_login_that_gets_past_the_wall(db, being, made, problem):
    being("intruder", "CREATE ROLE intruder LOGIN NOINHERIT", made)
    assert any(problem in found for found in checks.problems()), checks.problems()
    with pytest.raises(SystemExit, match="dinding penyewa tidak tegak"):
        checks.refuse_without_wall()


def test_the_web_server_refuses_to_start_as_a_superuser(db):
    with pytest.raises(SystemExit, match="is a superuser"):
        importlib.import_module("ikm_portal.wsgi")


def test_the_worker_refuses_to_start_as_a_superuser(db):
    from ikm_portal import celery

    with pytest.raises(SystemExit, match="is a superuser"):
        celery.refuse_without_wall()


def test_the_web_server_starts_behind_the_wall(db, being):
    being("portal_login")
    assert importlib.import_module("ikm_portal.wsgi").application


def test_the_system_check_says_what_to_do(db, settings, being):
    settings.DATABASES["default"]["OPTIONS"] = {}
    found = [one for one in run_checks(databases=["default"]) if one.id == "actors.E001"]
    assert found
    assert "portal_login" in found[0].hint


def test_provisioning_again_takes_away_what_is_no_longer_named(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("GRANT portal_own TO portal_login")
        call_command("provision_roles", verbosity=0)
        cursor.execute("SELECT pg_has_role('portal_login', 'portal_own', 'MEMBER')")
        assert cursor.fetchone() == (False,)
