"""What the walker looks at: everything an answer says, and every row that stood before it."""

import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from pypdf import PdfReader

AREAS = [
    ("32.d.76.01/99000001", "kepsek guru operator penggerak pengawas"),
    ("32.d.76.00/", "kepsek guru operator penggerak pengawas"),
    ("32.d.76", "dinas_depok dinas_depok_head"),
    ("32.m.76.01/99000003", "kepsek_smk"),
    ("32.m", "dinas_jabar"),
    ("32", "upt_jabar upt_jabar_head upt_jabar_staff pmp_jabar"),
    ("64.d.71.03/99000005", "kepsek_balikpapan penggerak_balikpapan"),
    ("64.d.71.00/", "kepsek_balikpapan penggerak_balikpapan"),
    ("64.d.71", "dinas_balikpapan"),
    ("64", "upt_kaltim"),
    ("65", "upt_kaltim"),
    ("91", "upt_papua"),
    ("93", "upt_papua"),
    ("u.bbgp_jabar", "upt_jabar upt_jabar_head upt_jabar_staff"),
    ("u.bbpmp_jabar", "pmp_jabar"),
    ("u.bgp_kaltim", "upt_kaltim"),
    ("u.bgp_papua", "upt_papua"),
    ("m.mitra_contoh", "mitra"),
    ("32.d.76.06/99000002", "mitra"),
]
"""Whose rows begin with what, by hand: the walker must not believe the scope it examines."""


def foreign_rows(name: str, column: str = "path") -> str:
    """A condition for the rows that are none of this person's business."""
    if name in {"admin", "pusat"}:
        return "false"
    own = [prefix for prefix, people in AREAS if name in people.split()]
    return " AND ".join(f"NOT starts_with({column}, '{prefix}')" for prefix in own) or "true"


@dataclass(frozen=True)
class Table:
    name: str
    has_path: bool
    has_user: bool
    counts: bool

    def foreign(self, name: str, user_id: int) -> str:
        if self.has_path:
            return foreign_rows(name)
        return f"user_id IS DISTINCT FROM {user_id}" if self.has_user else "false"


def enclosed_tables() -> list[Table]:
    """Every table behind the wall, from the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, bool_or(a.attname = 'path'), bool_or(a.attname = 'user_id'),
                   bool_or(a.attname = 'id' AND a.atttypid = 'bigint'::regtype)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relrowsecurity AND c.relkind = 'r' AND NOT a.attisdropped GROUP BY 1 ORDER BY 1
        """)
        return [Table(*row) for row in cursor.fetchall()]


def rows_touched(tables: list[Table]) -> int:
    """How many rows behind the wall this connection has written so far; cheap, asked after every request."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
                                + pg_stat_get_xact_tuples_deleted(oid)), 0)
            FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)
        """,
            [[table.name for table in tables]],
        )
        return int(cursor.fetchone()[0])


def checksums(tables: Iterable[Table], name: str, user_id: int, first_new: int) -> dict[str, tuple]:
    """For each table the sum over a person's foreign rows that stood before, and how many came new."""
    parts = []
    for table in tables:
        old = f"t.id < {first_new}" if table.counts else "true"
        # A notice for somebody else is how the portal speaks to them; a new row in a foreign area is not.
        new = f"count(*) FILTER (WHERE NOT ({old}))" if table.has_path else "0"
        parts.append(
            f"SELECT '{table.name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t.id::text)"
            f" FILTER (WHERE {old}), '')), {new} FROM {table.name} t WHERE {table.foreign(name, user_id)}"
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {row[0]: row[1:] for row in cursor.fetchall()}


def text_of(content: bytes, kind: str = "", name: str = "") -> str:
    """All that can be read in a file: text, the members of a ZIP or XLSX, a PDF's pages, unpacked gzip."""
    if content[:2] == b"\x1f\x8b":
        return text_of(gzip.decompress(content), kind, name)
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = sorted(archive.namelist())
            return "\n".join(f"{member} {text_of(archive.read(member))}" for member in members)
    if content[:5] == b"%PDF-":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


_token = re.compile(r"kanari[a-z]*")
SHORTEST = 16
"""A cut canary still tells as many letters as this."""


def leaked(text: str, canaries: dict[str, frozenset[str]], readers: set[str], sent: Iterable[str] = ()) -> set[str]:
    """The canaries in a text that not all of `readers` may read; what the request itself said does not count."""
    low = text.lower()
    for value in sent:
        low = low.replace(value.lower(), "")
    found = set()
    for token in set(_token.findall(low)):
        told = [known for known in canaries if token.startswith(known)]
        if not told and len(token) >= SHORTEST:
            told = [known for known in canaries if known.startswith(token)]
            # A cut text that begins like one of their own tells nothing.
            told = [] if any(readers <= canaries[known] for known in told) else told
        found |= {known for known in told if not readers <= canaries[known]}
    return found


_seven = re.compile(r"\b\d{7}\b")
_noise = [
    (re.compile(r'(csrfmiddlewaretoken" value=")[^"]+'), r"\1-"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "-uuid-"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?"), "-time-"),
    (re.compile(r'"saved": "[^"]*"'), '"saved": -'),
    (re.compile(r"\b\d\d(:\d\d){1,2}\b|\b\d\d\.\d\d (WIB|WITA|WIT)\b"), "-time-"),
    (re.compile(r"\b[0-9a-zA-Z_-]{40,}\b"), "-secret-"),
    (re.compile(r"/ID ?\[?<[^>]*>.*|/CreationDate.*|/ModDate.*"), "-"),
]


def normalised(text: str, first_new: int, sent: Iterable[tuple[str, str]] = ()) -> str:
    """A text without what differs between any two requests: tokens, times, new ids, and the values sent."""
    text = _seven.sub(lambda found: "-id-" if int(found[0]) >= first_new else found[0], text)
    for value, mark in sent:
        if value:
            text = re.sub(rf"(?:(?<![0-9A-Za-z])|(?<=%3D)){re.escape(value)}(?![0-9A-Za-z])", mark, text)
    for pattern, mark in _noise:
        text = pattern.sub(mark, text)
    return text


def first_difference(one: str, other: str) -> str:
    """The first line in which two texts differ, both versions, shortened."""
    for left, right in zip(_lines(one), _lines(other), strict=False):
        if left != right:
            return f"{left[:160]!r} / {right[:160]!r}"
    return f"{len(one)} / {len(other)} characters"


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
