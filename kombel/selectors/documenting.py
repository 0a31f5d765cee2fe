"""What the form of a meeting needs of its kombel, in one statement."""

import json
from dataclasses import dataclass
from typing import Any

from coordination.actors.actor import Actor
from coordination.actors.drafts import draft_sql

from ..models import Kombel
from ..policies import KombelPolicy
from .others import MEETING_NEW
from .statements import asked, where_of

NEEDED = {"id", "path", "name", "kind", "jenjang", "state", "school_id", "leader_ids", "registered_on"}
# In the model's order, as `from_db` takes them.
COLUMNS = [field.attname for field in Kombel._meta.concrete_fields if field.attname in NEEDED]
# Apart from each other: a third of the time of a join of both went into planning it.
MEMBERS = """
    SELECT json_agg(json_build_array(m.id, m.name, m.cluster_id) ORDER BY m.name, m.id)
    FROM kombel_member m WHERE m.kombel_id = k.id AND m.left_on IS NULL
"""
CLUSTERS = "SELECT json_object_agg(c.id, c.name) FROM kombel_cluster c WHERE c.kombel_id = k.id"
STATEMENT = f"""
    SELECT {", ".join(COLUMNS)}, ({MEMBERS})::text AS members, ({CLUSTERS})::text AS clusters,
        ({draft_sql(MEETING_NEW, "k")})::text AS draft
    FROM kombel_kombel k WHERE %(where)s
"""


@dataclass(frozen=True, slots=True)
class ToDocument:
    """A kombel (of its columns only NEEDED), its present members as `members_of` gives them, the reader's own draft."""

    kombel: Kombel
    members: list[dict]
    draft: dict[str, Any] | None


def kombel_to_document(actor: Actor, pk: int) -> ToDocument | None:
    """The kombel if the actor sees it, with what the form of a new meeting shows.

    For those who may document a meeting: to whom a kombel's members are closed gets no further than its door. Written
    by hand, because putting the queryset together took as long as asking it; tests/kombel/test_documenting.py holds
    it to what the policy's queryset and `members_of` find.
    """
    where, values = where_of({"id": pk}, KombelPolicy.limits(actor))
    found = asked(STATEMENT % {"where": where}, values)
    if not found:
        return None
    (row,) = found
    clusters = _read(row["clusters"]) or {}
    members = [
        {"id": key, "name": name, "cluster": cluster, "cluster_name": clusters.get(str(cluster))}
        for key, name, cluster in _read(row["members"]) or ()
    ]
    kombel = Kombel.from_db("default", COLUMNS, [row[name] for name in COLUMNS])
    return ToDocument(kombel, members, _read(row["draft"]))


def _read(text: str | None) -> Any:
    return json.loads(text) if text else None
