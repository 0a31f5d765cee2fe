"""What the database tells a person about their own posts at schools, past ones too.

Who has moved on does not see the old school's memberships any more, but their plan there ends on the day the
role did (PK-2). `kinerja_own_posts` answers for the person of the scope and for nobody else.
"""

CREATE = """
CREATE FUNCTION kinerja_own_posts() RETURNS TABLE (school_id bigint, role text, starts date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT m.school_id, m.role::text, m.starts, m.until FROM actors_membership m
WHERE m.user_id = nullif(current_setting('app.user', true), '')::bigint AND m.school_id IS NOT NULL
$$;
REVOKE ALL ON FUNCTION kinerja_own_posts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinerja_own_posts() TO portal_list
"""
DROP = "DROP FUNCTION kinerja_own_posts()"
