"""The door through the wall: `portal_notify` writes notices to people whom the caller cannot read.

It belongs to the owner of the tables, finds the recipients itself and gives nothing back, so a caller learns
neither who they are nor whether there are any. Who sent is taken from the scope, never from an argument.
The reasons are in docs/decisions/010-notices-through-the-wall.md.
"""

ANSWERS = """
CREATE FUNCTION portal_answers(office_kind text, office_unit text, office_path text, office_wilayah text,
                               office_id bigint, place text)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
SELECT CASE
    WHEN office_kind = 'pusat' THEN true
    WHEN office_path = place THEN true
    WHEN office_unit IN ('bbppmpv', 'bppmpv') THEN false
    WHEN office_kind = 'upt' THEN EXISTS (
        SELECT 1 FROM actors_organisation_serves v
        WHERE v.organisation_id = office_id AND v.wilayah_id = split_part(place, '.', 1))
    WHEN office_unit = 'dinas_kabkota' THEN
        place ^@ (split_part(office_wilayah, '.', 1) || '.d.' || split_part(office_wilayah, '.', 2) || '.')
    WHEN office_unit = 'dinas_provinsi' THEN place ^@ (office_wilayah || '.m.')
    ELSE false
END
$$
"""

# One statement for each way to name a place, so that each finds its memberships by an index: among millions
# of teachers a condition that chooses between the ways would read them all.
RECIPIENTS = """
CREATE FUNCTION portal_recipients(groups jsonb) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    g jsonb;
    wanted text[];
    place text;
    people bigint[] := '{}';
    held bigint[] := '{}';
BEGIN
    FOR g IN SELECT jsonb_array_elements(groups) LOOP
        wanted := ARRAY(SELECT jsonb_array_elements_text(g->'roles'));
        people := people || ARRAY(SELECT jsonb_array_elements_text(g->'users')::bigint);
        place := coalesce(g->>'path', '') || coalesce(g->>'over', '') || coalesce(g->>'reaching', '');
        IF wanted = '{}' THEN
            CONTINUE;
        ELSIF g->>'organisation' IS NOT NULL THEN
            held := held || ARRAY(SELECT m.id FROM actors_membership m
                WHERE m.organisation_id = (g->>'organisation')::bigint AND m.role = ANY(wanted));
        ELSIF g->>'path' <> '' THEN
            held := held || ARRAY(SELECT m.id FROM actors_membership m WHERE m.path = place AND m.role = ANY(wanted));
        ELSIF g->>'reaching' <> '' THEN
            held := held || ARRAY(SELECT m.id FROM actors_reach r JOIN actors_membership m ON m.id = r.membership_id
                WHERE r.target = place AND m.role = ANY(wanted));
        ELSE
            held := held || ARRAY(SELECT m.id FROM actors_organisation o JOIN actors_membership m
                ON m.organisation_id = o.id
                WHERE m.role = ANY(wanted) AND CASE WHEN place = '' THEN o.kind = 'pusat'
                    ELSE portal_answers(o.kind, o.unit, o.path, o.wilayah_id, o.id, place) END);
        END IF;
    END LOOP;
    RETURN QUERY
    SELECT u.id FROM actors_user u WHERE u.id = ANY(people) AND u.is_active
    UNION
    SELECT m.user_id FROM actors_membership m
    JOIN actors_user u ON u.id = m.user_id AND u.is_active
    LEFT JOIN actors_organisation o ON o.id = m.organisation_id
    LEFT JOIN actors_school s ON s.id = m.school_id
    LEFT JOIN actors_wilayah w ON w.code = coalesce(s.kabkota_id, o.wilayah_id)
    WHERE m.id = ANY(held)
      AND m.starts <= (now() AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta'))::date
      AND (m.until IS NULL OR m.until >= (now() AT TIME ZONE coalesce(w.time_zone, 'Asia/Jakarta'))::date)
      AND coalesce(o.active, s.active);
END $$
"""

NOTIFY = """
CREATE FUNCTION portal_notify(p_kind text, p_period text, p_to jsonb, p_subject text, p_body text,
                              p_context jsonb, p_url text, p_due timestamptz, p_expires timestamptz,
                              p_mail boolean, p_leave_out bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sender bigint := nullif(nullif(current_setting('app.user', true), ''), '0')::bigint;
BEGIN
    IF sender IS NULL AND current_setting('role') NOT IN ('portal_system', 'portal_own') THEN
        RAISE EXCEPTION 'nobody may not notify' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO notices_notice (user_id, kind, period, channel, subject, body, context, url, by_id, state,
                                due_at, expires_at, attempts, reason, created_at, sent_at)
    SELECT r.person, p_kind, p_period, c.channel, p_subject, p_body, p_context, p_url, sender,
           CASE WHEN c.channel = 'app' THEN 'sent' WHEN off.yes THEN 'skipped' ELSE 'pending' END,
           coalesce(p_due, now()), p_expires, 0,
           CASE WHEN c.channel = 'mail' AND off.yes THEN 'preference' ELSE '' END,
           now(), CASE WHEN c.channel = 'app' THEN now() END
    FROM portal_recipients(p_to) AS r(person)
    LEFT JOIN notices_preference p ON p.user_id = r.person
    CROSS JOIN LATERAL (SELECT coalesce(p_kind = ANY(p.mail_off), false) AS yes) off
    CROSS JOIN unnest(CASE WHEN p_mail THEN ARRAY['app', 'mail'] ELSE ARRAY['app'] END) AS c(channel)
    WHERE r.person IS DISTINCT FROM p_leave_out
    ON CONFLICT (user_id, period, kind, channel) DO NOTHING;
END $$
"""

CREATE = [
    ANSWERS,
    RECIPIENTS,
    NOTIFY,
    "REVOKE ALL ON FUNCTION portal_recipients(jsonb) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION portal_recipients(jsonb) TO portal_system",
    "REVOKE ALL ON FUNCTION portal_notify(text, text, jsonb, text, text, jsonb, text, timestamptz, timestamptz,"
    " boolean, bigint) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION portal_notify(text, text, jsonb, text, text, jsonb, text, timestamptz, timestamptz,"
    " boolean, bigint) TO portal_shared",
]
DROP = [
    "DROP FUNCTION IF EXISTS portal_notify(text, text, jsonb, text, text, jsonb, text, timestamptz, timestamptz,"
    " boolean, bigint)",
    "DROP FUNCTION IF EXISTS portal_recipients(jsonb)",
    "DROP FUNCTION IF EXISTS portal_answers(text, text, text, text, bigint, text)",
]

# Asked before the scope, with the person: the bell stands on every page.
UNREAD = """
CREATE FUNCTION portal_unread(person bigint) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
SELECT count(*)::integer FROM (
    SELECT FROM notices_notice WHERE user_id = person AND channel = 'app' AND read_at IS NULL LIMIT 100
) counted
$$;
REVOKE ALL ON FUNCTION portal_unread(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_unread(bigint) TO portal_login, portal_worker, portal_shared
"""
DROP_UNREAD = "DROP FUNCTION IF EXISTS portal_unread(bigint)"

# Pusat's admins see, beside their own, what could not be delivered; whoever settles a row signs it.
TROUBLE = """
ALTER POLICY portal_nat ON notices_notice
USING (user_id = current_setting('app.user')::bigint OR settled_by_id = current_setting('app.user')::bigint
       OR state IN ('failed', 'doubtful'))
WITH CHECK (user_id = current_setting('app.user')::bigint OR settled_by_id = current_setting('app.user')::bigint)
"""
