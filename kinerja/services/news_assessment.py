"""What rating, objection and answer tell people, in the transaction of the change itself."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import Actor
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Plan
from .news_decision import deciders


def tell_rated(*, actor: Actor, plan: Plan, until: date) -> None:
    """Tell the owner that the rating is there and until when they may object."""
    _tell(
        actor,
        plan,
        "plan_rated",
        "rated",
        noop("Rencana %(period)s Anda sudah dinilai"),
        noop("Anda bisa memberi tanggapan, menerima, atau mengajukan keberatan sampai %(until)s."),
        {"until": until},
    )


def tell_objected(*, actor: Actor, plan: Plan) -> None:
    """Tell whoever rated, or decides there now, that an objection waits for an answer."""
    notify(
        actor=actor,
        kind="plan_objected",
        period=f"plan:{plan.pk}:objected",
        to=deciders(plan),
        subject=noop("Keberatan atas penilaian %(owner)s menunggu jawaban"),
        body=noop("Rencana %(period)s. Jawab dengan mempertahankan atau mengubah penilaian."),
        context={"owner": str(plan.owner), "period": plan.period.name},
        url=reverse("kinerja:assess", args=[plan.pk]),
    )


def tell_answered(*, actor: Actor, plan: Plan) -> None:
    """Tell the owner that the objection has been answered."""
    _tell(actor, plan, "plan_answered", "answered", noop("Keberatan Anda atas penilaian %(period)s sudah dijawab"))


def tell_final(*, actor: Actor | None, plan: Plan) -> None:
    """Tell the owner that the assessment is final; the actor is None when the portal finished it."""
    _tell(
        actor,
        plan,
        "plan_final",
        "final",
        noop("Penilaian %(period)s selesai"),
        noop("Penilaian ini tidak berubah lagi. SKP dan rincian angka kredit sudah bisa dibuka."),
    )


def _tell(
    actor: Actor | None, plan: Plan, kind: str, step: str, subject: str, body: str = "", more: dict | None = None
) -> None:
    notify(
        actor=actor,
        kind=kind,
        period=f"plan:{plan.pk}:{step}",
        to=Audience(users=(plan.owner_id,)),
        subject=subject,
        body=body,
        context={"period": plan.period.name, **(more or {})},
        url=reverse("kinerja:result", args=[plan.pk]),
    )
