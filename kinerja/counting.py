"""What the database itself does for plans: it notes every change of a count, folds them, and freezes used packs.

The functions belong to the owner: whoever changes a plan can neither forget a count nor write one by hand.
`kinerja_fold` adds what was noted since the last time to the tallies of the school and of every area around it;
`kinerja_recount` counts everything anew and `kinerja_drift` says how many counts that would change. Schools are
counted by the same machine (without a period), because "12 dari 40 guru" needs the 40 as cheaply as the 12.
Only the portal's own work may call these three.
"""

from coordination.actors.schools.kinds import JENJANG_OF

_COLUMNS = "path, period_id, of_principal, jenjang, dimension, value"
_KINDS = " ".join(f"WHEN '{kind}' THEN '{jenjang}'" for kind, jenjang in JENJANG_OF.items())
JENJANG = f"""
CREATE OR REPLACE FUNCTION kinerja_jenjang(bentuk text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE btrim(regexp_replace(upper(bentuk), '^SPK ', '')) {_KINDS} ELSE 'lain' END
$$
"""
JENJANG_NO_MORE = "DROP FUNCTION IF EXISTS kinerja_jenjang(text)"

# A plan that went to another school is counted there; here only the state says that it was.
_PLANS = """
    SELECT p.path, p.period_id, p.of_principal, p.jenjang, c.dimension, c.value, {sign}1 AS amount
    FROM {table} p, LATERAL (VALUES
        ('plan', CASE p.state WHEN 'dipindahkan' THEN '' ELSE 'ada' END),
        ('state', p.state),
        ('indicator', CASE p.state WHEN 'dipindahkan' THEN '' ELSE p.indicator END),
        ('predicate', p.predicate)
    ) AS c (dimension, value) WHERE c.value <> ''
"""
_SCHOOLS = """
    SELECT s.path, NULL::bigint AS period_id, false AS of_principal, kinerja_jenjang(s.bentuk) AS jenjang,
        c.dimension, 'ada' AS value, {sign}c.amount AS amount
    FROM {table} s, LATERAL (VALUES ('guru', coalesce(s.guru, 0)), ('sekolah', 1)) AS c (dimension, amount)
    WHERE s.active AND c.amount <> 0
"""


def _noting(function: str, counted: str) -> str:
    """A trigger function that notes the difference a statement makes, and nothing where it makes none."""
    gone, come = (counted.format(table=table, sign=sign) for table, sign in (("old_rows", "-"), ("new_rows", "")))
    note = f"""INSERT INTO kinerja_tallychange ({_COLUMNS}, amount, at)
        SELECT {_COLUMNS}, sum(amount), now() FROM ({{}}) AS changed
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0"""
    return f"""
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {note.format(come)};
    ELSIF TG_OP = 'DELETE' THEN
        {note.format(gone)};
    ELSE
        {note.format(f"{gone} UNION ALL {come}")};
    END IF;
    RETURN NULL;
END $$;
-- Nobody may hang it on a table of their own and so invent counts.
REVOKE ALL ON FUNCTION {function}() FROM PUBLIC
"""


def _hung(function: str, name: str, table: str) -> str:
    return f"""
CREATE TRIGGER {name}_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER {name}_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER {name}_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""


def _taken_down(function: str, name: str, table: str) -> str:
    drops = "".join(f"DROP TRIGGER {name}_{verb} ON {table};" for verb in ("insert", "update", "delete"))
    return f"{drops} DROP FUNCTION {function}()"


COUNT_PLANS = _noting("kinerja_count_plans", _PLANS)
COUNT = f"{COUNT_PLANS};{_hung('kinerja_count_plans', 'kinerja_count', 'kinerja_plan')}"
COUNT_NO_MORE = _taken_down("kinerja_count_plans", "kinerja_count", "kinerja_plan")
COUNT_SCHOOLS = (
    _noting("kinerja_count_schools", _SCHOOLS)
    + ";"
    + _hung("kinerja_count_schools", "kinerja_count_school", "actors_school")
)
COUNT_SCHOOLS_NO_MORE = _taken_down("kinerja_count_schools", "kinerja_count_school", "actors_school")

FREEZE = """
CREATE FUNCTION kinerja_freeze_pack() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.content IS DISTINCT FROM OLD.content AND EXISTS (SELECT FROM kinerja_plan WHERE pack_id = OLD.id) THEN
        RAISE EXCEPTION 'kinerja_pack_in_use' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION kinerja_freeze_pack() FROM PUBLIC;
CREATE TRIGGER kinerja_pack_frozen BEFORE UPDATE ON kinerja_rulepack
    FOR EACH ROW EXECUTE FUNCTION kinerja_freeze_pack()
"""
FREEZE_NO_MORE = "DROP TRIGGER kinerja_pack_frozen ON kinerja_rulepack; DROP FUNCTION kinerja_freeze_pack()"

_AREAS = """
    LATERAL (SELECT split_part(c.path, '/', 1) AS kecamatan, split_part(c.path, '.', 1) AS provinsi,
        split_part(c.path, '.', 1) || '.' || split_part(c.path, '.', 2) AS level,
        split_part(c.path, '.', 1) || '.' || split_part(c.path, '.', 2) || '.' || split_part(c.path, '.', 3)
            AS kabkota) AS p,
    LATERAL (VALUES
        (c.path, p.kecamatan, 5),
        (p.kecamatan, p.kabkota, 4),
        (p.kabkota, p.level, 3),
        (p.level, p.provinsi, 2),
        (p.provinsi, 'id', 1),
        ('id', '', 0)
    ) AS a (path, parent, depth)
"""
_SPREAD = f"""
    SELECT a.path, a.parent, a.depth, c.period_id, c.of_principal, c.jenjang, c.dimension, c.value,
        sum(c.amount) AS amount
    FROM changes c, {_AREAS} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(c.amount) <> 0
"""
_ADD = f"""
    INSERT INTO kinerja_tally (path, parent, depth, period_id, of_principal, jenjang, dimension, value, count)
    {_SPREAD}
    ON CONFLICT (path, period_id, dimension, of_principal, jenjang, value)
    DO UPDATE SET count = kinerja_tally.count + EXCLUDED.count
"""
_NOW = " UNION ALL ".join(
    counted.format(table=table, sign="") for counted, table in ((_PLANS, "kinerja_plan"), (_SCHOOLS, "actors_school"))
)
_SUMMED = f"SELECT {_COLUMNS}, sum(amount) AS amount FROM ({{}}) AS found GROUP BY 1, 2, 3, 4, 5, 6"


def _for_the_portal(name: str, declared: str, body: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    {declared} integer;
BEGIN
    {body}
    RETURN {declared};
END $$;
REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {name}() TO portal_system
"""


_FOLD = _for_the_portal(
    "kinerja_fold",
    "folded",
    f"""
    PERFORM pg_advisory_xact_lock(732018);
    WITH gone AS (DELETE FROM kinerja_tallychange RETURNING *),
    changes AS ({_SUMMED.format("SELECT * FROM gone")}),
    added AS ({_ADD} RETURNING 1)
    SELECT count(*) INTO folded FROM gone;
    """,
)
_RECOUNT = _for_the_portal(
    "kinerja_recount",
    "counted",
    f"""
    PERFORM pg_advisory_xact_lock(732018);
    -- What changes while it is counted would be counted and noted as well.
    LOCK TABLE actors_school, kinerja_plan IN SHARE MODE;
    DELETE FROM kinerja_tallychange;
    DELETE FROM kinerja_tally;
    WITH changes AS ({_SUMMED.format(_NOW)}) {_ADD};
    GET DIAGNOSTICS counted = ROW_COUNT;
    """,
)
# One statement sees one state of everything: what is noted but not folded belongs to the tallies, no lock is needed.
_DRIFT = _for_the_portal(
    "kinerja_drift",
    "differing",
    f"""
    WITH changes AS (
        {
        _SUMMED.format(
            f"SELECT {_COLUMNS}, amount FROM kinerja_tallychange UNION ALL "
            f"SELECT {_COLUMNS}, -amount FROM ({_NOW}) AS present"
        )
    }
    )
    SELECT count(*) INTO differing FROM (
        SELECT 1 FROM (
            SELECT {_COLUMNS}, parent, depth, count AS amount FROM kinerja_tally
            UNION ALL SELECT {_COLUMNS}, parent, depth, amount FROM ({_SPREAD}) AS spread
        ) AS both_sides GROUP BY {_COLUMNS}, parent, depth HAVING sum(amount) <> 0
    ) AS different;
    """,
)
FOLD = ";".join((_FOLD, _RECOUNT, _DRIFT))
FOLD_NO_MORE = "DROP FUNCTION kinerja_fold(); DROP FUNCTION kinerja_recount(); DROP FUNCTION kinerja_drift()"
