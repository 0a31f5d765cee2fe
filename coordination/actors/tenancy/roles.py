"""The database roles: one owner, one role per shape of area, two logins with no right of their own.

portal_own      NOLOGIN, owns the tables and migrates
portal_shared   NOLOGIN, rights on tables without a wall (users, sessions, Wilayah, offices)
portal_one …    NOLOGIN, one for each shape of area; policies name them
portal_login    the web's login, portal_worker the worker's; both NOINHERIT, NOBYPASSRLS
"""

from django.db import connections

from .scope import ROLES

OWNER = "portal_own"
SHARED = "portal_shared"
LOGINS = {
    "portal_login": tuple(role for role in ROLES if role != "portal_system"),
    "portal_worker": ROLES,
}


def provision(cursor, *, passwords: dict[str, str] | None = None, logins=LOGINS) -> None:
    """Make the roles and their memberships; needs a superuser, safe to run again.

    Roles belong to the whole server, so two runs at once are serialised by an advisory lock.
    """
    cursor.execute("SELECT pg_advisory_lock(732017)")
    try:
        _role(cursor, OWNER, "NOLOGIN CREATEDB")
        for role in (SHARED, *ROLES):
            _role(cursor, role, "NOLOGIN")
        for role in ROLES:
            cursor.execute(f"GRANT {SHARED} TO {role}")
        for login, may_take in logins.items():
            _role(cursor, login, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
            if (passwords or {}).get(login):
                cursor.execute(f"ALTER ROLE {login} PASSWORD %s", [passwords[login]])
            for role in may_take:
                cursor.execute(f"GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE")
    finally:
        cursor.execute("SELECT pg_advisory_unlock(732017)")


def _role(cursor, name: str, attributes: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    cursor.execute(f"{verb} ROLE {name} WITH {attributes}")


TABLES = """
    SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'django_migrations'
"""


def apply_grants(sender=None, using: str = "default", **kwargs) -> None:
    """Give the logins their rights on tables without a wall, and take every other right away.

    Runs after each migrate, so a new table is either enclosed by its migration or shared by name
    (the catalogue test holds the list).
    """
    everyone = ", ".join([SHARED, *LOGINS])
    with connections[using].cursor() as cursor:
        cursor.execute(TABLES)
        for table, enclosed in cursor.fetchall():
            if enclosed:
                cursor.execute(f'REVOKE ALL ON "{table}" FROM {everyone}')
            else:
                cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {everyone}')
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {everyone}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {everyone}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {everyone}")
