"""Rule packs and the periods made from them."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.keeping import forget

from ..models import Period, RulePack
from ..packs import complete, shipped
from ..policies import RulePackPolicy
from ..rules.pack import Pack, PackError, read_pack

FIRST_CURRENT = "perdirjen-7607-2023"
"""The pack new periods are made from until Pusat chooses another (seed 003)."""
MONTHS_AHEAD = 14


def load_packs() -> int:
    """Bring the shipped packs in that are not there yet; returns how many. A pack that is there stays as it is."""
    made = 0
    for code, data in shipped().items():
        _pack, created = RulePack.objects.get_or_create(
            code=code, defaults={**_columns(read_pack(data), data), "current": code == FIRST_CURRENT}
        )
        made += created
    return made


def save_pack(*, actor: Actor, pack: RulePack) -> RulePack:
    """Save a pack that is complete; raises NotAllowed, or Refusal naming what is wrong or that a plan uses it."""
    RulePackPolicy.require(actor, "change", pack)
    try:
        pack.content = complete(pack.content)
        read_pack(pack.content)
    except PackError as problem:
        raise Refusal(
            _("Paket aturan belum lengkap: %(problem)s.") % {"problem": problem},
            mend=_("Salin paket yang berlaku, lalu ubah isinya."),
        ) from problem
    try:
        with transaction.atomic():
            if pack.current:
                RulePack.objects.filter(current=True).exclude(pk=pack.pk).update(current=False)
            pack.save()
    except IntegrityError as problem:
        if "kinerja_pack_in_use" not in str(problem):
            raise
        raise Refusal(
            _("Isi paket ini sudah dipakai sebuah rencana dan tidak bisa diubah."),
            mend=_("Buat paket baru dengan kode lain; rencana yang ada tetap memakai paket ini."),
        ) from problem
    forget()
    return pack


def prepare_periods(today: date) -> int:
    """Make the periods from the one `today` lies in until MONTHS_AHEAD months on; returns how many are new.

    Periods that are there stay as Pusat has set them.
    """
    row = RulePack.objects.filter(current=True).first()
    if row is None:
        return 0
    pack, made = read_pack(row.content), 0
    starts = date(today.year, 1, 1) if pack.months == 12 or today.month <= 6 else date(today.year, 7, 1)
    while starts <= today + timedelta(days=30 * MONTHS_AHEAD):
        ends = _after(starts, pack.months) - timedelta(days=1)
        if not Period.objects.filter(starts__lte=ends, ends__gte=starts).exists():
            Period.objects.create(
                pack=row, starts=starts, ends=ends, **_names(pack, starts), **_days(pack, starts, ends)
            )
            made += 1
        starts = ends + timedelta(days=1)
    return made


def _columns(pack: Pack, data: Any) -> dict:
    return {
        "name": pack.name,
        "source": pack.source,
        "valid_from": pack.valid_from,
        "content": _plain(data),
    }


def _plain(found: Any) -> Any:
    """TOML data as JSON: days as text."""
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_plain(value) for value in found]
    return found.isoformat() if isinstance(found, date) else found


def _after(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _names(pack: Pack, starts: date) -> dict:
    if pack.months == 12:
        return {"code": f"{starts.year}", "name": f"Tahun {starts.year}"}
    half, months = (1, "Januari–Juni") if starts.month == 1 else (2, "Juli–Desember")
    return {"code": f"{starts.year}-{half}", "name": f"{months} {starts.year}"}


def _days(pack: Pack, starts: date, ends: date) -> dict:
    days = pack.calendar
    return {
        "plan_opens": starts - timedelta(days=days.plan_opens_before),
        "plan_due": starts + timedelta(days=days.plan_due_after),
        "assess_opens": ends - timedelta(days=days.assess_opens_before),
        "assess_due": ends + timedelta(days=days.assess_due_after),
    }
