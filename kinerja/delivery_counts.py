"""How many SKP wait or have failed in the whole country, for Pusat, who has no right on a single one of them.

Numbers and who mends them only: no plan, person, school or reason. Who sends again has a newer row; the old
one does not count.
"""

CREATE = """
CREATE FUNCTION kinerja_delivery_counts() RETURNS TABLE (state text, mend text, number bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.state, d.mend, count(*), min(d.asked_at) FROM kinerja_skpdelivery d
    WHERE d.state IN ('menunggu', 'dikirim', 'gagal')
        AND NOT EXISTS (SELECT FROM kinerja_skpdelivery n WHERE n.plan_id = d.plan_id AND n.id > d.id)
    GROUP BY d.state, d.mend
$$;
REVOKE ALL ON FUNCTION kinerja_delivery_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinerja_delivery_counts() TO portal_nat
"""
DROP = "DROP FUNCTION kinerja_delivery_counts()"
