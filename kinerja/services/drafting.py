"""Smaller ways of writing a draft: one value by itself, and a start from an earlier plan."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal

from ..models import Plan, Section, SectionCode
from ..policies import PlanPolicy
from ..rules.content import clean
from ..rules.pack import Pack
from ..selectors.drafts import draft_of, version_of
from ..selectors.planning import last_sent
from .lifecycle import locked
from .plans import write_section

PERILAKU = SectionCode.PERILAKU


def mark_of(given: Mapping[str, Any]) -> str:
    """A short mark of one value's content; two values of a section are written apart from each other."""
    return f"{zlib.crc32(json.dumps(given, sort_keys=True).encode()):08x}"


def write_value(*, actor: Actor, plan: Plan, value: str, given: Mapping[str, Any], mark: str) -> Section:
    """Save one BerAKHLAK value of the draft (PK-8); another value saved meanwhile is kept.

    `mark` is the mark of what the writer began from. Raises as `write_section` does.
    """
    with transaction.atomic():
        held = locked(plan)
        section = draft_of(held)[PERILAKU]
        values = dict(section.content.get("values", {}))
        new = clean(held.rules, held.jenjang, PERILAKU, {"values": {value: given}})["values"][value]
        stored = values.get(value, {})
        if stored != new and mark_of(stored) != mark:
            raise Conflict(
                _("Nilai ini sudah diubah di jendela lain sejak Anda membukanya."),
                mine={"values": {value: new}},
                theirs={"values": {value: stored} if stored else {}},
                mend=_("Bandingkan keduanya, lalu simpan yang benar."),
            )
        content = {"values": {**values, value: new}}
        return write_section(actor=actor, plan=held, code=PERILAKU, content=content, version=section.version)


def copy_plan(*, actor: Actor, plan: Plan) -> list[str]:
    """Fill the sections never saved from the latest plan that was sent; gives what could not be taken over.

    The approved version counts, else the last one sent. Raises NotAllowed, or Refusal when there is no such plan.
    """
    with transaction.atomic():
        held = locked(plan)
        PlanPolicy.require(actor, "write", held)
        source = last_sent(actor, held)
        version = version_of(source, source.approved or source.version) if source else None
        if version is None:
            raise Refusal(_("Belum ada rencana terkirim yang bisa disalin."), mend=_("Isi dari awal."))
        dropped: list[str] = []
        for code, section in draft_of(held).items():
            if section.version or not held.is_open(code):
                continue
            content, lost = offered(held.rules, held.jenjang, code, version.content.get(code, {}))
            write_section(actor=actor, plan=held, code=code, content=content, version=0)
            dropped += lost
    return dropped


def offered(pack: Pack, jenjang: str, code: str, content: Mapping[str, Any]) -> tuple[dict, list[str]]:
    """What of a content the pack offers this jenjang, and the names of what it does not."""
    if code == SectionCode.PRAKTIK:
        known = content.get("indicator", "") in {one.code for one in pack.indicators}
        return (dict(content), []) if known else ({}, [_("indikator praktik pembelajaran")])
    if code == SectionCode.PERILAKU:
        values, names = content.get("values", {}), {one.code for one in pack.values}
        lost = [_("nilai %(name)s") % {"name": one} for one in values if one not in names]
        return {"values": {one: given for one, given in values.items() if one in names}}, lost
    rows = pack.utama if code == SectionCode.KOMPETENSI else pack.offered_to(jenjang)
    numbers, items = {str(one.number) for one in rows}, content.get("items", {})
    lost = [_("RHK %(number)s") % {"number": one} for one in items if one not in numbers]
    # The reason for few points was that semester's, so it is not taken over.
    return {"items": {one: given for one, given in items.items() if one in numbers}}, lost
