"""The trigger function that writes the history of enclosed tables into `actors_change`.

It belongs to the owner (SECURITY DEFINER), so nobody who changes a row can write, alter or leave out its
history. The user, the membership and the reason come from the scope's transaction-local settings.
"""

CREATE = """
CREATE FUNCTION portal_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    who bigint := nullif(current_setting('app.user', true), '')::bigint;
    acting bigint := nullif(current_setting('app.membership', true), '')::bigint;
    why text := coalesce(current_setting('app.reason', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO actors_change (at, subject, subject_id, path, verb, before, after, user_id, membership_id, reason)
        SELECT now(), TG_TABLE_NAME, n.id, n.path, 'I', NULL, NULL, who, acting, why FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO actors_change (at, subject, subject_id, path, verb, before, after, user_id, membership_id, reason)
        SELECT now(), TG_TABLE_NAME, o.id, o.path, 'D', to_jsonb(o), NULL, who, acting, why FROM old_rows o;
    ELSE
        INSERT INTO actors_change (at, subject, subject_id, path, verb, before, after, user_id, membership_id, reason)
        SELECT now(), TG_TABLE_NAME, d.id, d.path, 'U', d.before, d.after, who, acting, why
        FROM (
            SELECT n.id, n.path,
                (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(to_jsonb(o)) e
                 WHERE to_jsonb(n) -> e.key IS DISTINCT FROM e.value) AS before,
                (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(to_jsonb(n)) e
                 WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value) AS after
            FROM new_rows n JOIN old_rows o ON o.id = n.id
        ) d WHERE d.after IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
-- Nobody may hang it on a table of their own and so forge history.
REVOKE ALL ON FUNCTION portal_history() FROM PUBLIC
"""
DROP = "DROP FUNCTION IF EXISTS portal_history()"
