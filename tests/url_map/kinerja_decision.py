"""Addresses of deciding about plans: the queue, a decision, the timeline and its versions."""

from . import DINAS, KEPSEK, Ref, Row, fresh_token
from .kinerja import plans_at
from .world import Site

SENT, SENT_KS = Ref("decision_sent"), Ref("decision_sent_ks")
RUNNING, RUNNING_KS = Ref("decision_run"), Ref("decision_run_ks")
RETURN = {"token": fresh_token, "version": "1", "aksi": "kembalikan", "note_praktik": "uji"}
READ = {"version": 1}
NOTED = {"version": 1, "notes": {"praktik": "uji"}}
TOLD = ("notices_notice",)
BOTH, BOTH_KS = "guru kepsek", f"{KEPSEK} {DINAS}"

ROWS = [
    Row("kinerja:queue", query={"keadaan": "semua", "periode": "2006"}, may=f"{KEPSEK} {DINAS}"),
    Row("kinerja:without_plan", query={"periode": "2006"}, may=KEPSEK),
    Row("kinerja:decide", "GET", url={"pk": SENT}, may="kepsek"),
    Row("kinerja:decide", "GET", url={"pk": SENT_KS}, may=DINAS),
    Row("kinerja:decide", "POST", url={"pk": SENT}, body=RETURN, may="kepsek", delivers=TOLD),
    Row("kinerja:decide", "POST", url={"pk": SENT_KS}, body=RETURN, may=DINAS, delivers=TOLD),
    Row("kinerja:timeline", url={"pk": SENT}, may=BOTH),
    Row("kinerja:timeline", url={"pk": RUNNING_KS}, may=BOTH_KS),
    Row("kinerja:version", url={"pk": RUNNING, "number": "1"}, may=BOTH),
    Row("kinerja:version", url={"pk": SENT_KS, "number": "1"}, may=BOTH_KS),
    Row("kinerja:compare", url={"pk": RUNNING}, query={"dari": "1", "ke": "1"}, may=BOTH),
    Row("kinerja:compare", url={"pk": SENT_KS}, query={"dari": "1", "ke": "1"}, may=BOTH_KS),
    Row("kinerja_api:queue", query={"keadaan": "semua"}, may=f"{KEPSEK} {DINAS}"),
    Row("kinerja_api:decide", url={"pk": SENT}, may="kepsek"),
    Row("kinerja_api:decide", url={"pk": RUNNING_KS}, may=DINAS),
    Row("kinerja_api:approve", "POST", url={"pk": SENT}, body=READ, json=True, may="kepsek", delivers=TOLD),
    Row("kinerja_api:return", "POST", url={"pk": SENT_KS}, body=NOTED, json=True, may=DINAS, delivers=TOLD),
]


def build(at: Site) -> None:
    """A plan that waits and one that runs, of the teacher and of the principal."""
    plans_at(at, "decision_sent", year=2006, state="diajukan")
    plans_at(at, "decision_run", year=2007, state="disetujui")
