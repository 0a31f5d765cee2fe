"""`Enclose`: the migration operation that puts a table behind the wall.

    Enclose("Kombel", kind=TERRITORY, parents={"school_id": "actors_school"}, history=True)

It enables row-level security, writes one policy per database role, indexes `(path, id)`, makes `(id, path)`
unique so that children can refer to both, and ties the table to its parents by `(parent_id, path)`: a plain
foreign key ignores row-level security and would accept a stranger's id.
"""

from django.db.migrations.operations.base import Operation

from .paths import GRAMMAR
from .scope import ROLES, SLOTS

TERRITORY = "territory"
"""Rows of a region: exactly one range for each actor, because these tables have millions of rows."""
OFFICE = "office"
"""Rows of an office or of a region: a UPT or Mitra sees its own office beside the area.

Two ranges cost nothing where rows are counted or sorted by a column of theirs, but no index gives them in the
order of their path: such a table is never listed by path (docs/decisions/001-tenancy-wall.md has the figures).
"""
PERSONAL = "personal"
"""Rows of one person (`user_id`), whatever the area."""
EMPLOYEE = "employee"
"""Rows about one employee (`owner_id`): the owner, the principal of the row's school, and for a principal's own
rows (`of_principal`) the Dinas that answers. UPT, Pusat and everybody else at the school see nothing (PK-12)."""

KEYS = {EMPLOYEE: ("path", "owner_id", "of_principal")}
"""What a row below another of the same kind carries of it, beside the id, so that both are seen by the same people."""

TRANSITIONS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
"""History is written by statement, so a bulk change costs one more insert, not one a row."""


def _range(low: str, high: str) -> str:
    return f"(path >= current_setting('app.{low}') AND path < current_setting('app.{high}'))"


_OWN = _range("own_lo", "own_hi")
_ONE = _range("lo0", "hi0")
_MANY = " OR ".join(_range(f"lo{slot}", f"hi{slot}") for slot in range(SLOTS))
# An office for vocational schools works in every province: one range, and of it the level of SMA and SMK.
_VOCATIONAL = f"({_ONE} AND split_part(path, '.', 2) = 'm')"
_LIST = "path = ANY(current_setting('app.paths')::text[])"
_PERSON = "user_id = current_setting('app.user')::bigint"
_OWNER = "owner_id = current_setting('app.user')::bigint"
_DECIDES = "(path = current_setting('app.decides') AND NOT of_principal)"


def policies(kind: str, grant_column: str | None = None, closed_to: tuple[str, ...] = ()) -> dict[str, str]:
    """The policy expression of each database role for a kind of table; a role left out sees nothing."""
    if kind == PERSONAL:
        found = {role: _PERSON for role in ROLES if role != "portal_system"}
    elif kind == EMPLOYEE:
        found = {"portal_list": f"{_OWNER} OR {_DECIDES}", "portal_one": f"{_ONE} AND of_principal"}
    else:
        own = f"{_OWN} OR " if kind == OFFICE else ""
        found = {
            "portal_one": _ONE,
            "portal_upt": own + _ONE,
            "portal_many": own + _MANY,
            "portal_list": _LIST,
            "portal_voc": own + _VOCATIONAL,
            "portal_nat": "true",
        }
        if grant_column:
            found["portal_grant"] = f"{grant_column} = ANY(current_setting('app.ids')::bigint[])"
    found["portal_system"] = "true"
    return {role: expression for role, expression in found.items() if role not in closed_to}


class Enclose(Operation):
    """Put the table of `model_name` behind the wall; see the module's docstring.

    `parents` maps a column to the parent's table, `places` one to a table of another kind, held by the path
    alone (an employee's row and its school); `grant_column` names the column a single shared object is
    granted by; `closed_to` leaves database roles without a policy; `history` records every change;
    `read_only` leaves writing to the owner (its triggers).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self,
        model_name,
        *,
        kind,
        parents=None,
        places=None,
        grant_column=None,
        closed_to=(),
        history=False,
        read_only=False,
    ):
        if history and (kind in {PERSONAL, EMPLOYEE} or closed_to):
            # The history of a table is read by its path: it would show a person's own rows to their office,
            # and a table's content to the roles it is closed to.
            raise ValueError(f"{model_name}: a personal or closed table needs a history of its own")
        self.model_name = model_name
        self.kind = kind
        self.parents = parents or {}
        self.places = places or {}
        self.grant_column = grant_column
        self.closed_to = tuple(closed_to)
        self.history = history
        self.read_only = read_only

    def deconstruct(self):
        names = ("model_name", "kind", "parents", "places", "grant_column", "closed_to", "history", "read_only")
        return self.__class__.__qualname__, [], {name: getattr(self, name) for name in names}

    def state_forwards(self, app_label, state):
        """The wall is the database's alone; Django's state has no word for it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in self.statements(table):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for role in policies(self.kind, self.grant_column, self.closed_to):
            schema_editor.execute(f"DROP POLICY IF EXISTS {role} ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        for constraint in [
            *(f"{table}_{column}_wall" for column in (*self.parents, *self.places)),
            f"{table}_id_path",
            f"{table}_path",
        ]:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}")
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_path_id")
        for verb in TRANSITIONS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS portal_history_{verb.lower()} ON {table}")

    def statements(self, table: str) -> list[str]:
        """The SQL that encloses `table`, one statement an item."""
        found = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
        rights = "SELECT" if self.read_only else "SELECT, INSERT, UPDATE, DELETE"
        for role, expression in policies(self.kind, self.grant_column, self.closed_to).items():
            found.append(f"CREATE POLICY {role} ON {table} TO {role} USING ({expression}) WITH CHECK ({expression})")
            found.append(f"GRANT {rights} ON {table} TO {role}")
        whole = ", ".join(KEYS.get(self.kind, ("path",)))
        if self.kind != PERSONAL:
            found += [
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_path CHECK (path ~ '{GRAMMAR}')",
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_id_path UNIQUE (id, {whole})",
                f"CREATE INDEX {table}_path_id ON {table} (path, id)",
            ]
        held = [(whole, *pair) for pair in self.parents.items()] + [("path", *pair) for pair in self.places.items()]
        for keys, column, parent in held:
            found.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_wall FOREIGN KEY ({column}, {keys}) "
                f"REFERENCES {parent} (id, {keys}) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
            )
        if self.history:
            found += [
                f"CREATE TRIGGER portal_history_{verb.lower()} AFTER {verb} ON {table} REFERENCING {seen} "
                "FOR EACH STATEMENT EXECUTE FUNCTION portal_history()"
                for verb, seen in TRANSITIONS.items()
            ]
        return found

    def describe(self):
        return f"Put {self.model_name} behind the tenancy wall ({self.kind})"
