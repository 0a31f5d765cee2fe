"""Addresses of the API of reports, recap and cycles; their objects are those of reflection_reports.py."""

from . import EVERYONE, PUSAT, Ref, Row, fresh_token
from .reflection_reports import LEADERS, READERS, SENT_READERS, WRITERS

COMPONENT = {"version": 1, "texts": {"1": "uji"}}

ROWS = [
    Row("api_reports", may=EVERYONE),
    Row("api_report", "GET", url={"pk": Ref("draft")}, may=READERS),
    Row("api_report", "POST", url={"pk": Ref("owed")}, json=True, may=f"{WRITERS} upt_jabar_head"),
    Row("api_component", "PUT", url={"pk": Ref("draft"), "kind": "risiko"}, body=COMPONENT, json=True, may=WRITERS),
    Row(
        "api_submission",
        "POST",
        url={"pk": Ref("ready")},
        body={"token": fresh_token, "seen": 6},
        json=True,
        may=WRITERS,
        delivers=("notices_notice",),
    ),
    Row("api_version", url={"pk": Ref("sent"), "number": "1"}, may=SENT_READERS),
    Row(
        "api_collaborators",
        "POST",
        url={"pk": Ref("draft")},
        body={"email": "baru@contoh.id"},
        json=True,
        may=LEADERS,
    ),
    Row(
        "api_decisions",
        "POST",
        url={"pk": Ref("sent")},
        body={"version": 1, "verb": "return", "comments": {"rtl": "uji"}},
        json=True,
        may="admin",
        delivers=("notices_notice",),
    ),
    Row("api_recap", query={"siklus": "2026-1"}, may=PUSAT),
    Row("api_recap_priorities", query={"siklus": "2026-1", "q": "kanari"}, may=PUSAT),
    Row("api_cycles", may=EVERYONE),
    Row(
        "api_circulars",
        "POST",
        body={
            "number": fresh_token,
            "cycle": "2026-1",
            "issued_on": "2026-04-01",
            "new_due_on": "2026-10-30",
            "reason": "uji",
            "reach": "semua",
        },
        json=True,
        may="admin",
        delivers=("notices_notice",),
    ),
]
