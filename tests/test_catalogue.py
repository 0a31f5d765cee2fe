"""What PostgreSQL's own catalogue says about the wall: each table stands behind it, or is shared for a reason."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from coordination.actors.models.base import Tenant
from coordination.actors.policies import all_policies
from coordination.actors.tenancy.enclose import KEYS as CARRIED
from coordination.actors.tenancy.enclose import PERSONAL, TRANSITIONS, Enclose, policies
from coordination.actors.tenancy.paths import GRAMMAR
from coordination.actors.tenancy.roles import LOGINS, OWNER, SHARED, deciding_tables

SHARED_TABLES = {
    "account_emailaddress": "read at the login, before there is a scope",
    "account_emailconfirmation": "read at the login, before there is a scope",
    "actors_apitoken": "names the person of an API call, before there is a scope",
    "actors_login": "who is logged in; finds the person, before there is a scope",
    "actors_once": "tokens of forms already sent, by person; no content",
    "actors_organisation": "the list of offices is public; their records are not",
    "actors_organisation_serves": "which office serves which province is public",
    "actors_user": "who can log in; what they do is in memberships, behind the wall",
    "actors_user_groups": "unused part of Django's users",
    "actors_user_user_permissions": "unused part of Django's users",
    "actors_wilayah": "the country's regions are public",
    "auth_group": "unused part of Django's users",
    "auth_group_permissions": "unused part of Django's users",
    "auth_permission": "names of models",
    "django_admin_log": "what admins of Pusat changed; shown to them alone",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "guardian_groupobjectpermission": "unused; grants are given to persons",
    "guardian_userobjectpermission": "who was given one report: two ids, looked up before the grant's scope",
    "kinerja_period": "Pusat's calendar, the same for every school",
    "kinerja_rulepack": "regulations, the same for the whole country",
    "kinerja_sweep": "how far a reminder has come through the country; the portal's own work alone reads it",
    "kinerja_tallyrun": "when the counts were last folded; no content",
    "kombel_rulepack": "the rules of Pusat, the same for the whole country",
    "mfa_authenticator": "read at the login, before there is a scope",
    "reflection_cycle": "Pusat's calendar, the same for every office",
    "notices_holiday": "the country's holidays",
    "reflection_circular_offices": "whom a circular is about, public to all offices",
    "reflection_circular_provinces": "whom a circular is about, public to all offices",
    "reflection_circular": "Pusat's letters that move a due day, public to all offices",
    "reflection_cyclerule": "Pusat's rule for making cycles, the same for every office",
    "reflection_pendinggrant": "an address that was given a report before it had an account, read at its first login",
}
"""Tables without a wall, each with its reason; a new one is added here or enclosed by its migration."""

EXTRA_POLICIES = {
    ("reflection_obligation", "portal_grant"): "whoever was given a report reads its duty, which has the same key",
}
CHANGED_POLICIES = {
    ("notices_notice", "portal_nat"): "Pusat's admins see what could not be delivered",
}
NARROWED_RIGHTS = {
    "kinerja_planevent": "what happened is written once",
    "kinerja_planversion": "a version is written once",
    "reflection_decision": "a decision is written once",
    "reflection_reportversion": "a version is written once",
}
DEFINERS = {
    "kinerja_count_plans": "counts above a plan change with it, whoever changes it",
    "kinerja_count_schools": "counts above a school change with it, whoever changes it",
    "kinerja_drift": "the portal's own counting; compares rows that nobody else sees together",
    "kinerja_delivery_counts": "Pusat reads how many SKP wait or failed, and has no right on one of them",
    "kinerja_fold": "the portal's own counting; nobody else may write a count",
    "kinerja_freeze_pack": "asks whether any plan at all uses a pack",
    "kinerja_own_posts": "tells a person their own roles at schools they do not see any more",
    "kinerja_recount": "the portal's own counting; nobody else may write a count",
    "portal_accept_invitation": "an invited person belongs nowhere yet",
    "portal_history": "nobody who changes a row may write its history",
    "portal_invitation": "an invited person belongs nowhere yet",
    "portal_memberships": "asked before the scope: what may this person take?",
    "portal_notify": "tells people whom the sender cannot read, and gives nothing back",
    "portal_npsn_known": "an import asks which NPSN exist anywhere; NPSN are public",
    "portal_schools_in_use": "an import's undo asks which of its schools something hangs on",
    "portal_unread": "a number for the bell, asked with the person before the scope",
    "portal_recipients": "finds them, for portal_notify and the portal's own work",
}
PLAIN_KEYS = {
    ("actors_reach", "school_id"): "held by (school_id, target)",
    ("reflection_note", "kombel_id"): "held by (session_id, kombel_id): only what was invited to this session",
}
"""Keys between tables behind the wall that are not held by the path, with what holds them instead."""


def ask(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@dataclass(frozen=True)
class Enclosed:
    """One `Enclose` of a migration with the model and the table it is about."""

    model: type
    table: str
    how: Enclose


def enclosures() -> list[Enclosed]:
    """Every `Enclose` of every migration, with the table it made."""
    loader = MigrationLoader(None)
    found = []
    for (app, _name), migration in sorted(loader.disk_migrations.items(), key=lambda found: found[0]):
        for operation in migration.operations:
            if isinstance(operation, Enclose):
                model = apps.get_model(app, operation.model_name)
                found.append(Enclosed(model, model._meta.db_table, operation))
    return found


ENCLOSURES = enclosures()
WITH_PATH = [one for one in ENCLOSURES if one.how.kind != PERSONAL]
by_table = pytest.mark.parametrize("enclosed", ENCLOSURES, ids=[one.table for one in ENCLOSURES])


def test_every_table_is_behind_the_wall_or_shared_for_a_reason(db):
    tables = dict(
        ask(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
    )
    open_tables = {table for table, wall in tables.items() if not wall}
    assert not open_tables - set(SHARED_TABLES), "enclose these in their migration, or say why they are shared"
    assert not set(SHARED_TABLES) - open_tables, "no such open table any more"
    assert {table for table, wall in tables.items() if wall} == {one.table for one in ENCLOSURES}


def test_every_tenant_model_is_enclosed():
    tenants = {model._meta.db_table for model in apps.get_models() if issubclass(model, Tenant)}
    assert tenants <= {one.table for one in ENCLOSURES}


@by_table
def test_the_owner_is_portal_own_and_is_not_forced(enclosed, db):
    [(wall, forced, owner)] = ask(
        "SELECT relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class WHERE oid = %s::regclass",
        enclosed.table,
    )
    assert (wall, forced, owner) == (True, False, OWNER)


def expressions(table: str) -> dict[tuple[str, str, str], tuple]:
    rows = ask(
        "SELECT policyname, array_to_string(roles, ','), cmd, permissive, qual, with_check FROM pg_policies "
        "WHERE tablename = %s",
        table,
    )
    return {row[:3]: row[3:] for row in rows}


@by_table
def test_the_policies_are_exactly_those_its_migration_asked_for(enclosed, db):
    """The expected ones are written on an empty copy of the table, so that PostgreSQL spells both alike."""
    how = enclosed.how
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE expected (LIKE {enclosed.table})")
        for role, expression in policies(how.kind, how.grant_column, how.closed_to).items():
            cursor.execute(f"CREATE POLICY {role} ON expected TO {role} USING ({expression}) WITH CHECK ({expression})")
    found, expected = expressions(enclosed.table), expressions("expected")
    for table, policy in EXTRA_POLICIES:
        if table == enclosed.table:
            assert found.pop((policy, policy, "ALL"))
    for table, policy in CHANGED_POLICIES:
        if table == enclosed.table:
            assert found.pop((policy, policy, "ALL")) != expected.pop((policy, policy, "ALL"))
    assert found == expected


@by_table
def test_rights_belong_to_the_scopes_that_have_a_policy_and_to_nobody_else(enclosed, db):
    found: dict[str, set[str]] = {}
    for role, right in ask(
        "SELECT coalesce(nullif(a.grantee, 0)::regrole::text, 'public'), a.privilege_type "
        "FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = %s::regclass AND a.grantee <> c.relowner",
        enclosed.table,
    ):
        found.setdefault(role, set()).add(right)
    how = enclosed.how
    rights = {"SELECT"} if how.read_only else {"SELECT", "INSERT", "UPDATE", "DELETE"}
    if enclosed.table in NARROWED_RIGHTS:
        rights -= {"UPDATE", "DELETE"}
    expected = dict.fromkeys(policies(how.kind, how.grant_column, how.closed_to), rights)
    for table, role in EXTRA_POLICIES:
        if table == enclosed.table:
            expected[role] = {"SELECT"}
    assert found == expected


@pytest.mark.parametrize("enclosed", WITH_PATH, ids=[one.table for one in WITH_PATH])
def test_the_path_is_checked_compared_by_bytes_and_indexed_with_the_id(enclosed, db):
    [(collation, required)] = ask(
        "SELECT attcollation::regcollation::text, attnotnull FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attname = 'path'",
        enclosed.table,
    )
    assert (collation.strip('"'), required) == ("C", True)
    checks = [
        row[0]
        for row in ask(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            enclosed.table,
        )
    ]
    assert any(GRAMMAR in check for check in checks)
    indexes = [row[0] for row in ask("SELECT indexdef FROM pg_indexes WHERE tablename = %s", enclosed.table)]
    assert any(index.endswith("USING btree (path, id)") for index in indexes)
    whole = ", ".join(("id", *CARRIED.get(enclosed.how.kind, ("path",))))
    assert any("UNIQUE" in index and index.endswith(f"({whole})") for index in indexes)


KEYS = """
    SELECT c.conname, f.relname, array_agg(a.attname::text ORDER BY k.n), c.confupdtype, c.convalidated
    FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
    CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY k(attnum, n)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    WHERE c.contype = 'f' AND c.conrelid = %s::regclass GROUP BY 1, 2, 4, 5
"""


@by_table
def test_its_parents_are_held_by_id_and_path_together(enclosed, db):
    keys = ask(KEYS, enclosed.table)
    whole = CARRIED.get(enclosed.how.kind, ("path",))
    held = [(whole, *pair) for pair in enclosed.how.parents.items()]
    held += [(("path",), *pair) for pair in enclosed.how.places.items()]
    for carried, column, parent in held:
        assert any(
            (target, columns, on_update, valid) == (parent, [column, *carried], "c", True)
            for _name, target, columns, on_update, valid in keys
        ), f"{enclosed.table}.{column} is not tied to {parent} by its path"


@by_table
def test_no_key_to_a_table_behind_the_wall_is_a_plain_one(enclosed, db):
    """A plain foreign key ignores row-level security: it would accept, and so confirm, a stranger's id."""
    behind = {one.table for one in ENCLOSURES}
    keys = [
        (target, columns) for _name, target, columns, _update, _valid in ask(KEYS, enclosed.table) if target in behind
    ]
    for target, columns in keys:
        held = any(len(other) > 1 and columns[0] in other for to, other in keys if to == target)
        listed = (enclosed.table, columns[0]) in PLAIN_KEYS
        assert len(columns) > 1 or held or listed, f"{enclosed.table}.{columns[0]} → {target} is a plain key"


@by_table
def test_history_is_written_by_triggers_where_its_migration_asked_for_it(enclosed, db):
    found = {
        row[0]
        for row in ask(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
            enclosed.table,
        )
    }
    expected = {f"portal_history_{verb.lower()}" for verb in TRANSITIONS} if enclosed.how.history else set()
    assert {name for name in found if name.startswith("portal_history")} == expected


def test_one_kind_of_thing_is_granted_singly():
    """The ids of a grant are compared with every granted table, so they must all be ids of the same thing."""
    granted = {one.table for one in ENCLOSURES if one.how.grant_column == "id"}
    assert len(granted) <= 1, f"{granted}: a grant of one would open the other with the same number"
    columns = {one.how.grant_column for one in ENCLOSURES if one.how.grant_column} - {"id"}
    assert len(columns) <= 1, columns


def test_views_look_with_the_eyes_of_whoever_asks(db):
    views = ask(
        "SELECT relname, coalesce('security_invoker=true' = ANY(reloptions), false) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'"
    )
    assert not [name for name, invoker in views if not invoker]


def test_nothing_is_kept_in_a_materialised_view(db):
    """They have no row-level security; rollups are tables with a path."""
    assert not ask("SELECT relname FROM pg_class WHERE relkind = 'm'")


def test_the_logins_have_no_right_on_any_table_behind_the_wall(db):
    for login in (*LOGINS, SHARED):
        open_to = ask(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND "
            "(has_table_privilege(%s, oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') "
            " OR has_any_column_privilege(%s, oid, 'SELECT, INSERT, UPDATE, REFERENCES'))",
            login,
            login,
        )
        assert not open_to, f"{login} reaches {open_to} without a scope"


def test_what_decides_how_far_somebody_reaches_is_changed_by_pusat_and_the_portal_only(db):
    for table in deciding_tables():
        writers = {
            row[0]
            for row in ask(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal%%' "
                "AND has_table_privilege(oid, %s::regclass, 'INSERT, UPDATE, DELETE')",
                table,
            )
        }
        assert writers == {"portal_nat", "portal_system", OWNER}, table


def test_every_function_with_the_owners_rights_is_listed_pinned_and_closed_to_the_public(db):
    found = ask(
        "SELECT proname, coalesce(array_to_string(proconfig, ' '), ''), "
        "has_function_privilege('public', oid, 'EXECUTE'), proowner::regrole::text "
        "FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert {row[0] for row in found} == set(DEFINERS)
    for name, settings, public, owner in found:
        assert settings == "search_path=public, pg_temp", name
        assert not public, f"everybody may call {name}"
        assert owner == OWNER, name


def test_nobody_but_the_owner_makes_things_in_the_schema(db):
    makers = ask(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal%%' AND has_schema_privilege(oid, 'public', 'CREATE')"
    )
    assert [row[0] for row in makers] == [OWNER]


WITHOUT_POLICY = {
    "actors.Login": "Django's session, read by its key alone",
    "actors.ApiToken": "a person's own, asked by person",
    "actors.Once": "a form's token, asked by person",
    "actors.User": "identity; what one sees of people is memberships",
    "actors.Wilayah": "public",
    "kinerja.Sweep": "how far a reminder has come; no page shows it",
    "reflection.CycleRule": "changed in the admin by Pusat",
    "reflection.PendingGrant": "turned into a grant at the first login; shown to nobody",
}
"""Models of the portal that no policy judges, each with its reason."""


def test_every_model_has_a_policy_or_a_reason():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS and not model._meta.proxy]
    known = all_policies()
    missing = {model._meta.label for model in ours if model not in known and not model._meta.auto_created}
    assert missing == set(WITHOUT_POLICY)


OURS = {"coordination", "kombel", "kinerja", "reflection", "ikm_portal"}
