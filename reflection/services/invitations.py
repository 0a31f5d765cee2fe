"""Inviting communities to a session, their answers and who was there (RF-1, RF-5)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.transitions import step
from kombel.models import Kombel

from ..models import Rtl, Session, Undangan
from ..policies import SessionPolicy, UndanganPolicy
from .sessions import ask_for_rtl
from .telling import tell_invited

MOST = 2000
"""Letters sent in one go; more would hold the request too long."""


def invite_kombel(*, actor: Actor, session: Session, kombel: Iterable[Kombel], expected: int | None = None) -> int:
    """Deliver a letter to each of these communities; who already has one is left alone. Returns how many are new.

    `kombel` comes through the actor's own door (`visible_to`). `expected` is the number the page showed; raises
    Refusal when it is another one by now, when there is nobody or too many, or when the session is over.
    """
    SessionPolicy.require(actor, "change", session)
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        if locked.over:
            raise Refusal(_("Sesi ini sudah selesai atau dibatalkan; undangan tidak bisa dikirim."))
        invited = dict(Undangan.objects.filter(session=locked).values_list("kombel_id", "state"))
        new = [one for one in kombel if invited.get(one.pk) in (None, Undangan.State.DITARIK)]
        _check_count(len(new), expected)
        again = [one.pk for one in new if one.pk in invited]
        Undangan.objects.filter(session=locked, kombel_id__in=again).update(
            state=Undangan.State.TERKIRIM, coming=None, sent_at=timezone.now()
        )
        Undangan.objects.bulk_create((_letter(locked, one) for one in new if one.pk not in invited), batch_size=500)
        sent = Undangan.objects.filter(session=locked, kombel__in=new).select_related("kombel")
        tell_invited(actor=actor, session=locked, letters=sent, event="invited")
    return len(new)


def withdraw_invitation(*, actor: Actor, undangan: Undangan) -> Undangan:
    """Take a letter back that was sent by mistake; its row stays."""
    UndanganPolicy.require(actor, "manage", undangan)
    return _move(undangan, "withdraw")


def answer_invitation(*, actor: Actor, undangan: Undangan, coming: bool, note: str = "") -> Undangan:
    """The penggerak says whether the community comes; the answer may change until the session is over.

    Raises NotAllowed, or Refusal when the session is over or a "no" has no reason.
    """
    UndanganPolicy.require(actor, "answer", undangan)
    if not undangan.open_to_answer:
        raise Refusal(_("Undangan ini tidak lagi menunggu jawaban."))
    return _move(undangan, "accept" if coming else "decline", note=note, by=actor)


def mark_attendance(*, actor: Actor, session: Session, shown: Iterable[int], present: Iterable[int]) -> Session:
    """Of the letters `shown` on the page, these were `present` and the others were not (yet).

    After the session's end a new presence asks for an RTL, and a presence taken back removes an empty one;
    raises Refusal when that RTL has already been begun.
    """
    SessionPolicy.require(actor, "change", session)
    present = set(present)
    with transaction.atomic():
        # Whoever ends the session at this moment asks everyone present for an RTL: one after the other.
        session = Session.objects.select_for_update(of=("self",)).select_related("upt").get(pk=session.pk)
        if not session.open_to_notes:
            raise Refusal(_("Kehadiran diisi setelah sesi dimulai."), mend=_("Mulai sesi lebih dulu."))
        letters = Undangan.objects.select_for_update().filter(session=session, pk__in=list(shown))
        letters = letters.exclude(state=Undangan.State.DITARIK)
        came, gone = [], []
        for one in letters:
            if one.pk in present and one.state != Undangan.State.HADIR:
                came.append(one.pk)
            elif one.pk not in present and one.state == Undangan.State.HADIR:
                gone.append(one.pk)
        Undangan.objects.filter(pk__in=came).update(state=Undangan.State.HADIR)
        _take_back(gone)
        if session.state == Session.State.SELESAI:
            ask_for_rtl(actor, session)
    return session


def _take_back(letters: list[int]) -> None:
    begun = Rtl.objects.filter(undangan__in=letters, items__isnull=False).select_related("undangan__kombel").first()
    if begun:
        raise Refusal(
            _("%(name)s sudah mengisi RTL, jadi kehadirannya tidak bisa dihapus.")
            % {"name": begun.undangan.kombel.name}
        )
    Rtl.objects.filter(undangan__in=letters).delete()
    Undangan.objects.filter(pk__in=letters).update(state=Undangan.State.TIDAK_HADIR)


def _move(undangan: Undangan, name: str, *, note: str = "", by: Actor | None = None) -> Undangan:
    with transaction.atomic():
        locked = Undangan.objects.select_for_update().get(pk=undangan.pk)
        change = Undangan.TRANSITIONS[name]
        if locked.state == change.target and locked.answer_note == note:
            return locked  # the second of two clicks
        locked.state = step(Undangan.TRANSITIONS, name, state=locked.state, reason=note)
        locked.answer_note = note
        if by:
            locked.coming = locked.state == Undangan.State.AKAN_HADIR
            locked.answered_at, locked.answered_by = timezone.now(), by.user
        locked.save(update_fields=["state", "coming", "answer_note", "answered_at", "answered_by"])
    return locked


def _letter(session: Session, kombel: Kombel) -> Undangan:
    return Undangan(
        kombel=kombel,
        path=kombel.path,
        session=session,
        upt_id=session.upt_id,
        upt_path=session.path,
        upt_name=session.upt.name,
        session_state=session.state,
        **{name: getattr(session, name) for name in Undangan.COPIED},
    )


def _check_count(found: int, expected: int | None) -> None:
    if not found:
        raise Refusal(_("Tidak ada komunitas baru yang diundang."), mend=_("Pilih komunitas yang belum diundang."))
    if expected is not None and found != expected:
        raise Refusal(
            ngettext(
                "Daftarnya berubah: sekarang ada %(count)d komunitas.",
                "Daftarnya berubah: sekarang ada %(count)d komunitas.",
                found,
            )
            % {"count": found},
            mend=_("Periksa lagi, lalu kirim."),
            code="count_changed",
        )
    if found > MOST:
        raise Refusal(
            _("Paling banyak %(most)d komunitas sekali kirim.") % {"most": MOST}, mend=_("Persempit saringannya.")
        )
