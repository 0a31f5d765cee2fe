"""Pages of observing and proving, with an observation half way and evidence of every kind."""

from datetime import date, timedelta
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from coordination.actors.actor import Acting
from coordination.actors.models import User
from kinerja.models import Evidence, Observation, Plan, PlanItem, belongs
from tests.cast import Cast
from tests.kinerja.plans import approved
from tests.url_map.kinerja import period_of

YEAR = 2013
DAY = date(YEAR, 6, 1)


def _running() -> Plan:
    """A teacher's plan that runs, in a year of its own; making it again finds it."""
    period = period_of(YEAR)
    if found := Plan.objects.filter(owner__username="guru", period=period).first():
        return found
    with patch.object(Acting, "today", lambda acting: DAY):
        return approved(Cast(), code=period.code)


def _at(state: str, **more) -> str:
    plan, principal = _running(), User.objects.get(username="kepsek")
    values = {
        **belongs(plan), "state": state, "held_on": DAY - timedelta(days=2), "starts": "09:00", "place": "Kelas 4A",
        "proposed_by": principal, "preparation": "Tujuan: murid membandingkan pecahan.", **more,
    }  # fmt: skip
    Observation.objects.update_or_create(plan=plan, defaults=values)
    return f"/kinerja/rencana/{plan.pk}/observasi/"


def nothing_proposed() -> str:
    plan = _running()
    Observation.objects.filter(plan=plan).delete()
    return f"/kinerja/rencana/{plan.pk}/observasi/"


def proposed() -> str:
    return _at("diusulkan")


def rubric() -> str:
    return _at("disiapkan")


def finished() -> str:
    plan = _running()
    focus = plan.rules.indicator(plan.indicator).focus
    found = {str(n): {"focus": one, "score": 2, "note": "Terlihat jelas."} for n, one in enumerate(focus, 1)}
    return _at(
        "selesai", rubric=found, observed_on=DAY, observed_by=User.objects.get(username="kepsek"),
        observer_note="Pertanyaan beragam.", follow_up="Perbanyak tanya jawab.", improvement="Kartu tanya.",
        reflection="Murid lebih berani bertanya.",
    )  # fmt: skip


def observations() -> str:
    proposed()
    return "/kinerja/observasi/"


def evidence() -> str:
    plan = _running()
    item = PlanItem.objects.get(plan=plan, number=1)
    if not Evidence.objects.filter(plan=plan).exists():
        values = {**belongs(plan), "item": item, "done_on": DAY - timedelta(days=9), "added_by": plan.owner}
        file = default_storage.save("kinerja/uji.pdf", ContentFile(b"%PDF-"))
        Evidence.objects.create(**values, kind="pdf", title="Sertifikat Contoh", file=file, size=120_000)
        Evidence.objects.create(**values, kind="tautan", title="Aksi nyata Contoh", link="https://contoh.id/karya")
        Evidence.objects.create(
            **values, kind="catatan", title="Salah tulis", note="x", removed_at=f"{YEAR}-06-01T02:00Z",
            removed_because="Tertukar RHK",
        )  # fmt: skip
    return f"/kinerja/rencana/{plan.pk}/bukti/"


def evidence_mine() -> str:
    return "/kinerja/bukti/"


def _add(kind: str) -> str:
    plan = _running()
    return f"/kinerja/rencana/{plan.pk}/bukti/{PlanItem.objects.get(plan=plan, number=1).pk}/baru/?jenis={kind}"


def evidence_photo() -> str:
    return _add("foto")


def evidence_pdf() -> str:
    return _add("pdf")


def evidence_link() -> str:
    return _add("tautan")


def evidence_remove() -> str:
    evidence()
    return f"/kinerja/bukti/{Evidence.objects.get(title='Sertifikat Contoh').pk}/tarik/"


LOOKS = [
    ("guru", nothing_proposed),
    ("guru", proposed),
    ("kepsek", proposed),
    ("kepsek", rubric),
    ("guru", finished),
    ("kepsek", observations),
    ("guru", evidence),
    ("kepsek", evidence),
    ("penggerak", evidence_mine),
    ("guru", evidence_photo),
    ("guru", evidence_link),
    ("guru", evidence_remove),
]
