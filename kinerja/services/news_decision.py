"""What deciding about a plan tells people, in the transaction of the change itself (coordination/notices)."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import DINAS, Actor
from coordination.actors.models import Role
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Plan


def deciders(plan: Plan, path: str = "") -> Audience:
    """Who decides about a plan: the school's principals, Plt among them, or the Dinas that answers for it."""
    path = path or plan.path
    return Audience(roles=DINAS, over=path) if plan.of_principal else Audience(roles=(Role.KEPSEK,), path=path)


def tell_submitted(*, actor: Actor, plan: Plan) -> None:
    """Tell the deciders that a plan, or a change of an approved one, waits for them."""
    change = bool(plan.approved)
    if not plan.of_principal and any(one.role == Role.KEPSEK and one.path == plan.path for one in actor.memberships):
        _tell_nobody_decides(actor, plan)
    notify(
        actor=actor,
        kind="plan_submitted",
        period=f"plan:{plan.pk}:{plan.version}",
        to=deciders(plan),
        subject=noop("Perubahan rencana %(name)s menunggu putusan") if change else SUBMITTED,
        body=noop("Alasan perubahan: %(reason)s") if change else "",
        context=_names(plan) | {"reason": plan.change_reason},
        url=reverse("kinerja:decide", args=[plan.pk]),
    )


def tell_decided(*, actor: Actor, plan: Plan, notes: Mapping[str, str] | None = None) -> None:
    """Tell the owner what was decided, with the notes of a return."""
    said = "; ".join(notes.values()) if notes else ""
    notify(
        actor=actor,
        kind="plan_returned" if notes else "plan_approved",
        period=f"plan:{plan.pk}:{plan.version}",
        to=Audience(users=(plan.owner_id,)),
        subject=noop("Rencana %(period)s Anda dikembalikan") if notes else noop("Rencana %(period)s Anda disetujui"),
        body=noop("Yang perlu diubah: %(notes)s") if notes else "",
        context=_names(plan) | {"notes": said[:900]},
        url=reverse("kinerja:timeline", args=[plan.pk]),
    )


def tell_amended(*, actor: Actor, plan: Plan) -> None:
    """Tell the deciders that an approved plan is being changed; what was approved holds meanwhile."""
    notify(
        actor=actor,
        kind="plan_amended",
        period=f"plan:{plan.pk}:{plan.version}:{plan.approved}",
        to=deciders(plan),
        subject=noop("%(name)s mengubah rencana %(period)s"),
        body=noop("Alasan perubahan: %(reason)s"),
        context=_names(plan) | {"reason": plan.change_reason},
        url=reverse("kinerja:timeline", args=[plan.pk]),
    )


def tell_moved(*, old: Plan, new: Plan | None) -> None:
    """Tell the owner and both schools that a plan ended at one and goes on at the other."""
    address = reverse("kinerja:timeline", args=[old.pk])
    context = _names(old) | {"until": old.until, "school": old.school_name, "to": new.school_name if new else ""}
    notify(
        actor=None,
        kind="plan_moved",
        period=f"plan:{old.pk}:moved:{old.until}",
        to=[Audience(users=(old.owner_id,)), deciders(old)],
        subject=noop("Rencana %(name)s di %(school)s berakhir bersama perannya di sana"),
        body=noop("Dilanjutkan di %(to)s.") if new else noop("Bagian yang sudah berjalan tetap dinilai sekolah itu."),
        context=context,
        url=address,
    )
    if new is not None:
        notify(
            actor=None,
            kind="plan_arrived",
            period=f"plan:{new.pk}:arrived",
            to=[Audience(users=(new.owner_id,)), deciders(new)],
            subject=noop("%(name)s melanjutkan rencana %(period)s di %(to)s"),
            body=noop("Isinya disalin sebagai draf; pemiliknya memeriksa lalu mengajukan."),
            context=context,
            url=reverse("kinerja:timeline", args=[new.pk]),
        )


def _tell_nobody_decides(actor: Actor, plan: Plan) -> None:
    """The school's principal has sent a teacher's plan of their own: the Dinas names another Plt to decide it."""
    notify(
        actor=actor,
        kind="plan_needs_principal",
        period=f"plan:{plan.pk}:{plan.version}",
        to=Audience(roles=DINAS, over=plan.path),
        subject=noop("%(school)s memerlukan Plt lain untuk memutuskan satu rencana guru"),
        body=noop("%(name)s juga kepala sekolah di sana, dan tidak seorang pun memutuskan rencananya sendiri."),
        context=_names(plan) | {"school": plan.school_name},
        url=reverse("school_detail", args=[plan.npsn]),
    )


SUBMITTED = noop("Rencana %(name)s menunggu putusan")


def _names(plan: Plan) -> dict[str, str]:
    return {"name": str(plan.owner), "period": plan.period.name}
