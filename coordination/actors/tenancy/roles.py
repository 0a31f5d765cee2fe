"""The database roles: one owner, one role per shape of area, two logins with no right of their own.

portal_own      NOLOGIN, owns the tables and migrates
portal_shared   NOLOGIN, rights on tables without a wall (users, sessions, Wilayah, offices)
portal_one …    NOLOGIN, one for each shape of area; policies name them
portal_login    the web's login, portal_worker the worker's; both NOINHERIT, NOBYPASSRLS
"""

from django.apps import apps
from django.db import connections

from .scope import ROLES

OWNER = "portal_own"
SHARED = "portal_shared"
LOGINS = {
    "portal_login": tuple(role for role in ROLES if role != "portal_system"),
    "portal_worker": ROLES,
}
DECIDING = {
    "actors_organisation",
    "actors_organisation_serves",
    "actors_user_groups",
    "actors_user_user_permissions",
    "actors_wilayah",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
}
"""Shared tables that decide how far somebody reaches: read by all, changed by Pusat and the portal only."""
DECIDERS = ("portal_nat", "portal_system")


def deciding_tables() -> set[str]:
    """`DECIDING`, and the tables of every model that says `pusat_decides = True` (rules, calendars, circulars)."""
    found = set(DECIDING)
    for model in apps.get_models():
        if getattr(model, "pusat_decides", False):
            found.add(model._meta.db_table)
            found |= {field.m2m_db_table() for field in model._meta.local_many_to_many}
    return found


def provision(cursor, *, passwords: dict[str, str] | None = None, logins=LOGINS) -> None:
    """Make the roles and their memberships; needs a superuser, safe to run again.

    Roles belong to the whole server, so two runs at once are serialised by an advisory lock. A membership
    that is not named here any more is taken away, so that splitting the logins is a change of one line.
    """
    cursor.execute("SELECT pg_advisory_lock(732017)")
    try:
        _role(cursor, OWNER, "NOLOGIN NOSUPERUSER NOBYPASSRLS CREATEDB")
        for role in (SHARED, *ROLES):
            _role(cursor, role, "NOLOGIN NOSUPERUSER NOBYPASSRLS")
            _take(cursor, role, {SHARED} if role != SHARED else set())
        for role in ROLES:
            cursor.execute(f"GRANT {SHARED} TO {role}")
        for login, may_take in logins.items():
            _role(cursor, login, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
            if password := (passwords or {}).get(login):
                cursor.execute(f"ALTER ROLE {login} PASSWORD %s", [password])
            _take(cursor, login, set(may_take))
            for role in may_take:
                cursor.execute(f"GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE")
    finally:
        cursor.execute("SELECT pg_advisory_unlock(732017)")


def _role(cursor, name: str, attributes: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    cursor.execute(f"{verb} ROLE {name} WITH {attributes}")


def _take(cursor, member: str, keep: set[str]) -> None:
    """Take from a role every membership but those to keep."""
    cursor.execute(
        "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s",
        [member],
    )
    for (role,) in cursor.fetchall():
        if role not in keep:
            cursor.execute(f'REVOKE "{role}" FROM {member}')


TABLES = """
    SELECT c.relname, c.relrowsecurity,
           EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'path' AND NOT a.attisdropped)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'django_migrations'
"""
WRITE = "INSERT, UPDATE, DELETE"


def apply_grants(sender=None, using: str = "default", **kwargs) -> None:
    """Give the logins their rights on tables without a wall, and take every other right away.

    Runs after each migrate. A table with a path that its migration forgot to enclose gets no right at all, so
    the first request fails instead of showing everything; tables without one are shared by name
    (tests/test_catalogue.py holds the list).
    """
    everyone = ", ".join([SHARED, *LOGINS])
    deciders, deciding = ", ".join(DECIDERS), deciding_tables()
    with connections[using].cursor() as cursor:
        cursor.execute(TABLES)
        for table, enclosed, has_path in cursor.fetchall():
            if table in deciding:
                cursor.execute(f'REVOKE {WRITE} ON "{table}" FROM {everyone}')
                cursor.execute(f'GRANT SELECT ON "{table}" TO {everyone}')
                cursor.execute(f'GRANT {WRITE} ON "{table}" TO {deciders}')
            elif enclosed or has_path:
                cursor.execute(f'REVOKE ALL ON "{table}" FROM {everyone}')
            else:
                cursor.execute(f'GRANT SELECT, {WRITE} ON "{table}" TO {everyone}')
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {everyone}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {everyone}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {everyone}")
