"""What the sending of an SKP tells people, in the transaction that records its outcome."""

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import SkpDelivery


def tell_received(*, delivery: SkpDelivery) -> None:
    """Tell the owner, and who asked, that e-Kinerja has the SKP."""
    _tell(delivery, "skp_received", noop("SKP %(period)s %(name)s diterima e-Kinerja"), noop("Tanda terima %(said)s."))


def tell_failed(*, delivery: SkpDelivery) -> None:
    """Tell the owner, and who asked, what failed."""
    _tell(delivery, "skp_failed", noop("SKP %(period)s %(name)s gagal dikirim ke e-Kinerja"), "%(said)s")


def _tell(delivery: SkpDelivery, kind: str, subject: str, body: str) -> None:
    people = {delivery.owner_id, delivery.asked_by_id or delivery.owner_id}
    notify(
        actor=None,
        kind=kind,
        period=f"skp:{delivery.key}:{delivery.status or 0}:{delivery.attempts}",
        to=Audience(users=tuple(sorted(people))),
        subject=subject,
        body=body,
        context={
            "period": delivery.plan.period.name,
            "name": delivery.owner.name,
            "said": delivery.receipt or delivery.problem,
        },
        url=reverse("kinerja:skp", args=[delivery.plan_id]),
    )
