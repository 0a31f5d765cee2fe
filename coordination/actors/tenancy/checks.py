"""Refuses to serve over a connection for which the wall does not stand."""

import os

from django.core.checks import Error
from django.db import connections

ASK = """
    SELECT rolname, rolsuper, rolbypassrls,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relrowsecurity AND pg_has_role(r.oid, c.relowner, 'USAGE'))
    FROM pg_roles r WHERE rolname = session_user
"""


def problems(using: str = "default") -> list[str]:
    """Say why the connection's login may not serve requests: superuser, BYPASSRLS or owner of a table."""
    with connections[using].cursor() as cursor:
        cursor.execute(ASK)
        login, superuser, bypass, owner = cursor.fetchone()
    found = []
    if superuser:
        found.append(f"{login} is a superuser")
    if bypass:
        found.append(f"{login} has BYPASSRLS")
    if owner and not superuser:
        found.append(f"{login} owns tenant tables")
    return found


def wall_stands(app_configs=None, databases=None, **kwargs) -> list[Error]:
    """Django system check, run for `check --database default` and at start when IKM_SERVING is set."""
    if not databases or "default" not in databases or not os.environ.get("IKM_SERVING"):
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
