"""The two things an invited person does before they belong anywhere: read the invitation, and accept it.

They have no scope that shows the invitation, so both belong to the owner and take the id that a signed
link carries (services/invitations.py checks the signature and that the e-mail address is theirs).
"""

CREATE = """
CREATE FUNCTION portal_invitation(wanted bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
SELECT to_jsonb(found) FROM (
    SELECT i.id, i.email, i.name, i.role, i.plt, i.until, i.expires_at, i.accepted_at, i.withdrawn_at,
           coalesce(o.name, s.name) AS place, u.name AS invited_by
    FROM actors_invitation i
    LEFT JOIN actors_organisation o ON o.id = i.organisation_id
    LEFT JOIN actors_school s ON s.id = i.school_id
    JOIN actors_user u ON u.id = i.invited_by_id
    WHERE i.id = wanted
) found
$$;

CREATE FUNCTION portal_accept_invitation(wanted bigint, person bigint, today date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    offer actors_invitation%ROWTYPE;
    given bigint;
BEGIN
    UPDATE actors_invitation i SET accepted_at = now()
    FROM actors_user u
    WHERE i.id = wanted AND u.id = person AND lower(u.email) = lower(i.email)
      AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
    RETURNING i.* INTO offer;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO actors_membership
        (user_id, role, organisation_id, school_id, path, plt, starts, until, ended_because)
    VALUES (person, offer.role, offer.organisation_id, offer.school_id, offer.path, offer.plt, today, offer.until, '')
    ON CONFLICT DO NOTHING RETURNING id INTO given;
    RETURN coalesce(given, (
        SELECT m.id FROM actors_membership m
        WHERE m.user_id = person AND m.role = offer.role AND m.path = offer.path AND m.until IS NULL LIMIT 1));
END $$
"""
DROP = (
    "DROP FUNCTION IF EXISTS portal_invitation(bigint); "
    "DROP FUNCTION IF EXISTS portal_accept_invitation(bigint, bigint, date)"
)
