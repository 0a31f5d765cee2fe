"""The one question asked before a scope exists: which memberships does this person hold?

Memberships are tenant data, so the login cannot read them. `portal_memberships` belongs to the owner and
answers for one person; every column it gives is about that person.
"""

CREATE = """
CREATE FUNCTION portal_memberships(person bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
SELECT coalesce(jsonb_agg(row_to_json(found) ORDER BY found.id), '[]'::jsonb) FROM (
    SELECT m.id, m.role, m.plt, m.path, m.starts, m.until,
           o.id AS organisation_id, o.kind, o.unit, o.wilayah_id AS wilayah,
           s.id AS school_id, s.level, s.bentuk, s.kabkota_id AS kabkota,
           coalesce(o.short_name, s.name) AS place,
           coalesce(w.time_zone, 'Asia/Jakarta') AS time_zone,
           (SELECT coalesce(jsonb_agg(v.wilayah_id ORDER BY v.wilayah_id), '[]'::jsonb)
            FROM actors_organisation_serves v WHERE v.organisation_id = o.id) AS serves,
           (SELECT coalesce(jsonb_agg(jsonb_build_array(r.kind, r.target) ORDER BY r.target), '[]'::jsonb)
            FROM actors_reach r WHERE r.membership_id = m.id) AS reaches
    FROM actors_membership m
    LEFT JOIN actors_organisation o ON o.id = m.organisation_id
    LEFT JOIN actors_school s ON s.id = m.school_id
    LEFT JOIN actors_wilayah w ON w.code = coalesce(s.kabkota_id, o.wilayah_id)
    WHERE m.user_id = person
      AND m.starts <= (now() AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta'))::date
      AND (m.until IS NULL OR m.until >= (now() AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta'))::date)
      AND coalesce(o.active, s.active)
) found
$$
"""
DROP = "DROP FUNCTION IF EXISTS portal_memberships(bigint)"
