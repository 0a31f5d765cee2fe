"""Two questions an import of schools must ask across the wall, each answered with as little as possible.

`portal_npsn_known` says which of the asked NPSN belong to any school at all, never where; an NPSN is public.
`portal_schools_in_use` says on which of the asked schools something hangs, in whatever table refers to schools
(also ones that the asker may not see), so that an undo leaves them in place.
"""

CREATE = """
CREATE FUNCTION portal_npsn_known(asked text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT npsn FROM actors_school WHERE npsn = ANY(asked)
$$;
CREATE FUNCTION portal_schools_in_use(asked bigint[]) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    child record;
BEGIN
    FOR child IN
        SELECT DISTINCT c.conrelid::regclass AS name, a.attname AS column
        FROM pg_constraint c
        JOIN LATERAL unnest(c.conkey, c.confkey) AS k (here, there) ON true
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here
        JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = k.there AND p.attname = 'id'
        WHERE c.contype = 'f' AND c.confrelid = 'actors_school'::regclass
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT %1$I::bigint FROM %2$s WHERE %1$I = ANY($1)', child.column, child.name
        ) USING asked;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION portal_npsn_known(text[]), portal_schools_in_use(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_npsn_known(text[]), portal_schools_in_use(bigint[]) TO portal_shared;
"""
DROP = """
DROP FUNCTION IF EXISTS portal_npsn_known(text[]);
DROP FUNCTION IF EXISTS portal_schools_in_use(bigint[]);
"""
