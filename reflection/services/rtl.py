"""Follow-up plans of the communities that took part (RF-5)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.services.versions import change_at_version
from coordination.actors.tenancy.scope import because
from coordination.actors.transitions import step

from ..models import Rtl, RtlItem
from ..policies import RtlPolicy
from .telling import tell_rtl_sent


def add_rtl_item(*, actor: Actor, rtl: Rtl, **values: Any) -> RtlItem:
    """Add an activity to a draft; whatever the UPT writes is marked as written on behalf.

    Raises NotAllowed, or Refusal for a day before the session.
    """
    with transaction.atomic():
        locked = _lock_draft(actor, rtl)
        _check_day(locked, values)
        return RtlItem.objects.create(rtl=locked, path=locked.path, **values)


def change_rtl_item(*, actor: Actor, item: RtlItem, version: int, **values: Any) -> RtlItem:
    """Correct an activity of a draft; raises NotAllowed, Refusal or Conflict."""
    with transaction.atomic():
        _check_day(_lock_draft(actor, item.rtl), values)
        return change_at_version(item, version=version, values=values)


def remove_rtl_item(*, actor: Actor, item: RtlItem) -> None:
    """Take an activity out of a draft."""
    with transaction.atomic():
        _lock_draft(actor, item.rtl)
        item.delete()


def send_rtl(*, actor: Actor, rtl: Rtl) -> Rtl:
    """Send the plan to the UPT; twice is once. Raises Refusal for an empty plan."""
    RtlPolicy.require(actor, "write", rtl)
    with transaction.atomic():
        locked = Rtl.objects.select_for_update(of=("self",)).get(pk=rtl.pk)
        if locked.state == Rtl.State.DIKIRIM:
            return locked
        if not locked.items.exists():
            raise Refusal(_("RTL masih kosong."), mend=_("Tambahkan paling sedikit satu kegiatan."))
        locked.state = step(Rtl.TRANSITIONS, "send", state=locked.state)
        locked.sent_at, locked.sent_by = timezone.now(), actor.user
        locked.on_behalf = locked.on_behalf or actor.is_upt
        locked.save(update_fields=["state", "sent_at", "sent_by", "on_behalf"])
        tell_rtl_sent(actor=actor, rtl=locked)
    return locked


def reopen_rtl(*, actor: Actor, rtl: Rtl, reason: str) -> Rtl:
    """Open a sent plan again to mend it, with a reason; progress already noted stays."""
    RtlPolicy.require(actor, "write", rtl)
    with transaction.atomic():
        because(reason)
        locked = Rtl.objects.select_for_update(of=("self",)).get(pk=rtl.pk)
        locked.state = step(Rtl.TRANSITIONS, "reopen", state=locked.state, reason=reason)
        locked.sent_at = locked.sent_by = None
        locked.save(update_fields=["state", "sent_at", "sent_by"])
    return locked


def record_progress(*, actor: Actor, item: RtlItem, version: int, progress: str, progress_note: str = "") -> RtlItem:
    """Say how far an activity is; possible once the plan has been sent."""
    RtlPolicy.require(actor, "write", item.rtl)
    if item.rtl.state != Rtl.State.DIKIRIM:
        raise Refusal(_("Kemajuan dicatat setelah RTL dikirim."), mend=_("Kirim RTL lebih dulu."))
    with transaction.atomic():
        values = {"progress": progress, "progress_note": progress_note}
        return change_at_version(item, version=version, values=values)


def _lock_draft(actor: Actor, rtl: Rtl) -> Rtl:
    RtlPolicy.require(actor, "write", rtl)
    locked = Rtl.objects.select_for_update(of=("self",)).select_related("undangan").get(pk=rtl.pk)
    if not locked.editable:
        raise Refusal(
            _("RTL ini sudah dikirim."), mend=_("Pilih “Perbaiki RTL” bila ada yang harus diubah."), code="sent"
        )
    if actor.is_upt and not locked.on_behalf:
        locked.on_behalf = True
        locked.save(update_fields=["on_behalf"])
    return locked


def _check_day(rtl: Rtl, values: dict[str, Any]) -> None:
    """A follow-up comes after what it follows (RF-5)."""
    held_on, due_on = rtl.undangan.held_on, values.get("due_on")
    if due_on is not None and due_on < held_on:
        raise Refusal(
            _("Kegiatan RTL tidak boleh sebelum sesinya (%(day)s).") % {"day": date_format(held_on)},
            mend=_("Pilih tanggal sesudahnya."),
            field="due_on",
        )
