"""What the database itself does for plans: it notes every change of a count, folds them, and freezes used packs.

The functions belong to the owner: whoever changes a plan can neither forget a count nor write one by hand.
`kinerja_fold` adds what was noted since the last time to the tallies of the school and of every area around it;
`kinerja_recount` counts all plans anew. Only the portal's own work may call these two.
"""

COUNT = """
CREATE FUNCTION kinerja_count_plans() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO kinerja_tallychange (path, period_id, of_principal, jenjang, dimension, value, amount, at)
        SELECT o.path, o.period_id, o.of_principal, o.jenjang, c.dimension, c.value, -1, now()
        FROM old_rows o, LATERAL (VALUES ('state', o.state), ('indicator', o.indicator), ('predicate', o.predicate))
            AS c (dimension, value)
        WHERE c.value <> '';
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO kinerja_tallychange (path, period_id, of_principal, jenjang, dimension, value, amount, at)
        SELECT n.path, n.period_id, n.of_principal, n.jenjang, c.dimension, c.value, 1, now()
        FROM new_rows n, LATERAL (VALUES ('state', n.state), ('indicator', n.indicator), ('predicate', n.predicate))
            AS c (dimension, value)
        WHERE c.value <> '';
    END IF;
    RETURN NULL;
END $$;
-- Nobody may hang it on a table of their own and so invent counts.
REVOKE ALL ON FUNCTION kinerja_count_plans() FROM PUBLIC;
CREATE TRIGGER kinerja_count_insert AFTER INSERT ON kinerja_plan REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kinerja_count_plans();
CREATE TRIGGER kinerja_count_update AFTER UPDATE ON kinerja_plan REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kinerja_count_plans();
CREATE TRIGGER kinerja_count_delete AFTER DELETE ON kinerja_plan REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kinerja_count_plans()
"""
COUNT_NO_MORE = """
DROP TRIGGER kinerja_count_insert ON kinerja_plan; DROP TRIGGER kinerja_count_update ON kinerja_plan;
DROP TRIGGER kinerja_count_delete ON kinerja_plan; DROP FUNCTION kinerja_count_plans()
"""

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
    (VALUES
        (c.path, split_part(c.path, '/', 1)),
        (split_part(c.path, '/', 1), p.kabkota),
        (p.kabkota, p.level),
        (p.level, p.provinsi),
        (p.provinsi, 'id'),
        ('id', '')
    ) AS a (path, parent)
"""
_PARTS = """
    LATERAL (SELECT split_part(c.path, '.', 1) AS provinsi,
        split_part(c.path, '.', 1) || '.' || split_part(c.path, '.', 2) AS level,
        split_part(c.path, '.', 1) || '.' || split_part(c.path, '.', 2) || '.' || split_part(c.path, '.', 3)
            AS kabkota) AS p
"""
_ADD = f"""
    INSERT INTO kinerja_tally (path, parent, period_id, of_principal, jenjang, dimension, value, count)
    SELECT a.path, a.parent, c.period_id, c.of_principal, c.jenjang, c.dimension, c.value, sum(c.amount)
    FROM changes c, {_PARTS}, LATERAL {_AREAS}
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.amount) <> 0
    ON CONFLICT (path, period_id, dimension, of_principal, jenjang, value)
    DO UPDATE SET count = kinerja_tally.count + EXCLUDED.count
"""
FOLD = f"""
CREATE FUNCTION kinerja_fold() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    folded integer;
BEGIN
    PERFORM pg_advisory_xact_lock(732018);
    WITH gone AS (DELETE FROM kinerja_tallychange RETURNING *),
    changes AS (
        SELECT path, period_id, of_principal, jenjang, dimension, value, sum(amount) AS amount
        FROM gone GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
    ),
    added AS ({_ADD} RETURNING 1)
    SELECT count(*) INTO folded FROM gone;
    RETURN folded;
END $$;
REVOKE ALL ON FUNCTION kinerja_fold() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinerja_fold() TO portal_system;
CREATE FUNCTION kinerja_recount() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    counted integer;
BEGIN
    PERFORM pg_advisory_xact_lock(732018);
    -- A plan that changes while it is counted would be counted and noted as well.
    LOCK TABLE kinerja_plan IN SHARE MODE;
    DELETE FROM kinerja_tallychange;
    DELETE FROM kinerja_tally;
    WITH changes AS (
        SELECT n.path, n.period_id, n.of_principal, n.jenjang, d.dimension, d.value, count(*) AS amount
        FROM kinerja_plan n,
            LATERAL (VALUES ('state', n.state), ('indicator', n.indicator), ('predicate', n.predicate))
                AS d (dimension, value)
        WHERE d.value <> '' GROUP BY 1, 2, 3, 4, 5, 6
    )
    {_ADD};
    GET DIAGNOSTICS counted = ROW_COUNT;
    RETURN counted;
END $$;
REVOKE ALL ON FUNCTION kinerja_recount() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinerja_recount() TO portal_system
"""
FOLD_NO_MORE = "DROP FUNCTION kinerja_fold(); DROP FUNCTION kinerja_recount()"
