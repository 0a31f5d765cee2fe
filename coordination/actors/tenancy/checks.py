"""Refuses to serve over a connection for which the wall does not stand."""

from django.conf import settings
from django.core.checks import Error
from django.db import connections

# MEMBER, not USAGE: a login that may only SET ROLE to an owner gets past the wall just as well.
REACHABLE = """
    SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relrowsecurity AND c.relowner = r.oid)
    FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')
"""
ENCLOSED = """
    SELECT c.relname, has_table_privilege(session_user, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity
"""


def problems(using: str = "default") -> list[str]:
    """Say why the connection's login may not serve: what it is, may become, or may read without a scope."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT session_user")
        (login,) = cursor.fetchone()
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        if cursor.fetchone()[0]:
            return [f"{login} is a superuser"]
        cursor.execute(REACHABLE)
        found = []
        for role, superuser, bypass, creates, owner in cursor.fetchall():
            may = f"{login} is" if role == login else f"{login} may become {role}, which is"
            found += [f"{may} a superuser"] if superuser else []
            found += [f"{may} free of policies (BYPASSRLS)"] if bypass else []
            found += [f"{may} free to make roles (CREATEROLE)"] if creates else []
            found += [f"{may} the owner of tenant tables"] if owner else []
        cursor.execute(ENCLOSED)
        enclosed = cursor.fetchall()
    if not enclosed:
        found.append("no table is behind the wall")
    found += [f"{login} has rights on {table} outside every scope" for table, open_ in enclosed if open_]
    return found


def wall_stands(app_configs=None, databases=None, **kwargs) -> list[Error]:
    """Django system check, run for `check --database default` with the login that is to serve."""
    if not databases or "default" not in databases or settings.DATABASES["default"]["OPTIONS"].get("assume_role"):
        return []
    return [
        Error(
            f"The tenancy wall does not stand: {problem}.",
            hint="Serve as portal_login and work as portal_worker (docs/operations.md).",
            id="actors.E001",
        )
        for problem in problems()
    ]


def refuse_without_wall() -> None:
    """Raise SystemExit before the first request when the wall does not stand; called by web and worker."""
    found = problems()
    if found:
        raise SystemExit("Portal berhenti: dinding penyewa tidak tegak (" + "; ".join(found) + ").")
