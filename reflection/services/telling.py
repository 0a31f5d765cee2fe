"""What sessions tell people; each thing once to each person (coordination/notices)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from coordination.actors.actor import UPT, Actor
from coordination.notices.audience import Audience
from coordination.notices.services import notify

from ..models import Rtl, Session, Undangan


def tell_invited(*, actor: Actor, session: Session, letters: Iterable[Undangan], event: str) -> None:
    """Tell the penggerak of these letters that they are invited, the schedule moved, or the session is off.

    `event` is invited, moved or cancelled; the kombel of each letter must be loaded.
    """
    subject, body = WORDS[event]
    _tell(
        actor,
        letters,
        kind="session_letter",
        period=f"session:{session.pk}:{event}:{session.version}",
        subject=subject,
        body=body,
        context={
            "title": session.title,
            "upt": session.upt.name,
            "date": session.held_on,
            "place": session.place,
            "reason": session.state_reason,
        },
        url=reverse("reflection:home"),
    )


def tell_rtl_asked(*, actor: Actor, session: Session, letters: Iterable[Undangan]) -> None:
    """Tell the penggerak of communities that were present by when their RTL is asked for (RF-5)."""
    _tell(
        actor,
        letters,
        kind="rtl_asked",
        period=f"session:{session.pk}:rtl",
        subject=noop("Susun RTL setelah %(title)s"),
        body=noop("Kirim RTL komunitas Anda ke %(upt)s paling lambat %(due)s."),
        context={"title": session.title, "upt": session.upt.name, "due": session.rtl_due_on},
        url=reverse("reflection:followups"),
    )


def tell_rtl_sent(*, actor: Actor, rtl: Rtl) -> None:
    """Tell the UPT, in the portal only, that a community has sent its RTL."""
    letter = rtl.undangan
    notify(
        actor=actor,
        kind="rtl_sent",
        period=f"rtl:{rtl.pk}:{rtl.sent_at:%Y%m%d%H%M%S}",
        to=Audience(roles=UPT, organisation=letter.upt_id),
        subject=noop("%(name)s mengirim RTL"),
        context={"name": letter.kombel.name},
        url=reverse("reflection:rtl", args=[rtl.pk]),
    )


WORDS = {
    "invited": (
        noop("Undangan: %(title)s"),
        noop("%(upt)s mengundang komunitas Anda pada %(date)s di %(place)s. Jawab undangannya di portal."),
    ),
    "moved": (
        noop("Jadwal berubah: %(title)s"),
        noop("Sesi dari %(upt)s kini %(date)s di %(place)s. Mohon jawab lagi undangannya."),
    ),
    "cancelled": (noop("Sesi dibatalkan: %(title)s"), noop("%(upt)s membatalkan sesi ini: %(reason)s")),
}


def _tell(actor: Actor, letters: Iterable[Undangan], **notice) -> None:
    people = {user for letter in letters for user in letter.kombel.leader_ids}
    if people:
        notify(actor=actor, to=Audience(users=tuple(sorted(people))), **notice)
