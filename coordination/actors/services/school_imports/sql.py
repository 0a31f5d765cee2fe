"""The set-based statements of an import; %s stand for values, all names are constants of this module."""

TEXTS = (
    "name",
    "bentuk",
    "level",
    "status",
    "provinsi_id",
    "kabkota_id",
    "kecamatan_id",
    "path",
    "desa",
    "alamat",
    "kode_pos",
    "akreditasi",
    "kurikulum",
)
NUMBERS = ("guru", "tendik", "peserta_didik", "rombel")
FIELDS = (*TEXTS, *NUMBERS, "details")
REQUIRED = TEXTS[:8]


def _value(source: str, field: str) -> str:
    if field == "details":
        return f"{source} -> 'details'"
    return f"({source} ->> '{field}')::integer" if field in NUMBERS else f"{source} ->> '{field}'"


def _inserted(field: str) -> str:
    value = _value("r.data", field)
    if field in NUMBERS or field == "kecamatan_id":
        return value
    return f"coalesce({value}, '{{}}')" if field == "details" else f"coalesce({value}, '')"


def _updated(field: str) -> str:
    if field == "details":
        # What the list does not say stays as it is.
        return "details = s.details || coalesce(r.data -> 'details', '{}')"
    return f"{field} = CASE WHEN r.data ? '{field}' THEN {_value('r.data', field)} ELSE s.{field} END"


NOW = "jsonb_build_object(" + ", ".join(f"'{field}', s.{field}" for field in FIELDS) + ")"
"""A school's present values, in the form in which an import row keeps them."""

REFUSE_SHORT = """
    UPDATE actors_schoolimportrow r
    SET outcome = 'refused', data = NULL, problems = (
        SELECT jsonb_agg(CASE WHEN p ->> 'code' = 'padded'
            THEN p || jsonb_build_object('why', %s::text, 'mend', %s::text, 'fatal', true) ELSE p END)
        FROM jsonb_array_elements(r.problems) p)
    WHERE r.school_import_id = %s AND r.outcome = '' AND r.problems @> '[{"code": "padded"}]'
      AND NOT EXISTS (SELECT FROM actors_school s WHERE s.npsn = r.npsn)
"""
"""Seven digits count only for a school that the portal knows under eight."""
MARK_REPEATED = """
    WITH twice AS MATERIALIZED (
        SELECT npsn, count(DISTINCT data) AS kinds, min(number) AS first,
               array_to_string((array_agg(number ORDER BY number))[1:5], ', ') AS numbers
        FROM actors_schoolimportrow WHERE school_import_id = %s AND outcome = ''
        GROUP BY npsn HAVING count(*) > 1
    )
    UPDATE actors_schoolimportrow r
    SET outcome = CASE WHEN t.kinds = 1 THEN 'repeated' ELSE 'refused' END,
        problems = CASE WHEN t.kinds = 1 THEN r.problems ELSE r.problems || jsonb_build_object(
            'column', 'NPSN', 'content', r.npsn, 'why', replace(%s, '{rows}', t.numbers), 'mend', %s::text,
            'fatal', true) END
    FROM twice t
    WHERE r.school_import_id = %s AND r.outcome = '' AND r.npsn = t.npsn AND (t.kinds > 1 OR r.number <> t.first)
"""
KEEP_KNOWN_KECAMATAN = """
    UPDATE actors_schoolimportrow r SET data = r.data - 'path' - 'kecamatan_id'
    FROM actors_school s
    WHERE r.school_import_id = %s AND r.outcome = '' AND r.data -> 'kecamatan_id' = 'null' AND s.npsn = r.npsn
      AND s.kabkota_id = r.data ->> 'kabkota_id' AND s.level = r.data ->> 'level'
"""
COMPARE = f"""
    UPDATE actors_schoolimportrow r
    SET school_id = found.school_id, outcome = found.outcome
    FROM (
        SELECT i.id, s.id AS school_id,
               CASE WHEN s.id IS NULL THEN 'new' WHEN {NOW} @> i.data THEN 'unchanged' ELSE 'changed' END AS outcome
        FROM actors_schoolimportrow i LEFT JOIN actors_school s ON s.npsn = i.npsn
        WHERE i.school_import_id = %s AND i.outcome = ''
    ) found
    WHERE r.id = found.id
"""
MARK_ELSEWHERE = """
    UPDATE actors_schoolimportrow r
    SET outcome = 'refused', problems = r.problems || jsonb_build_object(
        'column', 'NPSN', 'content', r.npsn, 'why', %s::text, 'mend', %s::text, 'fatal', true)
    FROM portal_npsn_known(ARRAY(
        SELECT npsn::text FROM actors_schoolimportrow WHERE school_import_id = %s AND outcome = 'new'
    )) AS known (npsn)
    WHERE r.school_import_id = %s AND r.outcome = 'new' AND r.npsn = known.npsn
"""
INSERT_NEW = f"""
    WITH made AS (
        INSERT INTO actors_school (npsn, active, updated_at, {", ".join(FIELDS)})
        SELECT r.npsn, true, now(), {", ".join(_inserted(field) for field in FIELDS)}
        FROM actors_schoolimportrow r WHERE r.id = ANY(%s) AND r.outcome = 'new'
        ORDER BY r.npsn
        ON CONFLICT (npsn) DO NOTHING
        RETURNING id, npsn
    )
    UPDATE actors_schoolimportrow r SET school_id = made.id, applied = true
    FROM made WHERE r.id = ANY(%s) AND r.outcome = 'new' AND r.npsn = made.npsn
"""
LOCK_CHANGED = """
    SELECT count(*) FROM (
        SELECT s.id FROM actors_school s
        JOIN actors_schoolimportrow r ON r.school_id = s.id
        WHERE r.id = ANY(%s) ORDER BY s.id FOR UPDATE OF s
    ) locked
"""
REMEMBER_BEFORE = f"""
    UPDATE actors_schoolimportrow r SET before = {NOW}, applied = true
    FROM actors_school s WHERE r.id = ANY(%s) AND r.outcome = 'changed' AND s.id = r.school_id
"""
UPDATE_CHANGED = f"""
    UPDATE actors_school s SET updated_at = now(), {", ".join(_updated(field) for field in FIELDS)}
    FROM actors_schoolimportrow r
    WHERE r.id = ANY(%s) AND r.outcome = 'changed' AND r.applied AND s.id = r.school_id
"""
MARK_TOO_LATE = """
    UPDATE actors_schoolimportrow r
    SET outcome = 'refused', problems = r.problems || jsonb_build_object(
        'column', 'NPSN', 'content', r.npsn, 'why', %s::text, 'mend', %s::text, 'fatal', true)
    WHERE r.id = ANY(%s) AND NOT r.applied
"""
RESTORE_CHANGED = f"""
    WITH back AS (
        UPDATE actors_school s
        SET updated_at = now(), {", ".join(f"{field} = {_value('r.before', field)}" for field in FIELDS)}
        FROM actors_schoolimportrow r
        WHERE r.id = ANY(%s) AND r.outcome = 'changed' AND s.id = r.school_id AND {NOW} @> r.data
        RETURNING r.id
    )
    UPDATE actors_schoolimportrow r SET applied = false FROM back WHERE r.id = back.id
"""
DELETE_NEW = f"""
    WITH gone AS (
        DELETE FROM actors_school s USING actors_schoolimportrow r
        WHERE r.id = ANY(%s) AND r.outcome = 'new' AND s.id = r.school_id AND {NOW} @> r.data
          AND NOT (s.id = ANY(%s))
        RETURNING r.id
    )
    UPDATE actors_schoolimportrow r SET applied = false FROM gone WHERE r.id = gone.id
"""
MARK_KEPT = """
    UPDATE actors_schoolimportrow r
    SET outcome = 'kept', problems = r.problems || jsonb_build_object(
        'column', 'NPSN', 'content', r.npsn,
        'why', CASE WHEN r.school_id = ANY(%s) THEN %s ELSE %s END, 'mend', '', 'fatal', false)
    WHERE r.id = ANY(%s) AND r.applied
"""
