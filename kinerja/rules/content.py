"""What a section of a plan holds, checked against its pack: its shape, then what submitting asks for (PK-3 to PK-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coordination.actors.errors import Refusal

from .pack import Pack
from .points import points_of, sentence

QUANTITY_MOST = 99
TEXT_MOST = 1000

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing before a plan can be submitted, in which section; `part` is the RHK or the value, if one is."""

    section: str
    text: str
    part: str = ""


def clean(pack: Pack, jenjang: str, section: str, content: Content) -> dict:
    """The content with known keys only, in its own types; raises Refusal for what the pack does not offer.

    A draft may be incomplete and may have any total; what it names must exist.
    """
    return CLEANERS[section](pack, jenjang, content)


def quantities(content: Content) -> dict[int, int]:
    """Packages by RHK number of a kompetensi section."""
    return {int(number): int(count) for number, count in content.get("items", {}).items() if int(count)}


def gaps(pack: Pack, jenjang: str, contents: Mapping[str, Content]) -> list[Gap]:
    """Everything that keeps a plan from being submitted; empty when it is complete."""
    return [gap for section in GAPS for gap in GAPS[section](pack, jenjang, contents.get(section, {}))]


def _praktik(pack: Pack, jenjang: str, content: Content) -> dict:
    code = str(content.get("indicator", ""))
    if code and code not in {one.code for one in pack.indicators}:
        raise Refusal(_("Indikator itu tidak ada di paket aturan."), mend=_("Pilih salah satu indikator di daftar."))
    return {"indicator": code}


def _kompetensi(pack: Pack, jenjang: str, content: Content) -> dict:
    known = {one.number for one in pack.utama}
    found = {}
    for number, count in dict(content.get("items", {})).items():
        if int(number) not in known:
            raise Refusal(
                _("RHK %(number)s tidak ada di paket aturan.") % {"number": number}, mend=_("Pilih dari daftar.")
            )
        if not 0 <= int(count) <= QUANTITY_MOST:
            raise Refusal(
                _("Jumlah RHK %(number)s di luar 0–%(most)d.") % {"number": number, "most": QUANTITY_MOST},
                mend=_("Isi jumlah paket yang direncanakan semester ini."),
            )
        if int(count):
            found[str(int(number))] = int(count)
    return {"items": found, "under_reason": str(content.get("under_reason", "")).strip()[:500]}


def _tambahan(pack: Pack, jenjang: str, content: Content) -> dict:
    offered = {one.number: one for one in pack.offered_to(jenjang)}
    found = {}
    for number, given in dict(content.get("items", {})).items():
        if int(number) not in offered:
            raise Refusal(
                _("Tugas tambahan %(number)s tidak ditawarkan untuk jenjang sekolah Anda.") % {"number": number},
                mend=_("Pilih tugas tambahan dari daftar jenjang Anda."),
            )
        report = str(given.get("report", ""))
        if report and report not in pack.reports:
            raise Refusal(_("Jenis laporan itu tidak ada di paket aturan."), mend=_("Pilih dari daftar."))
        found[str(int(number))] = {
            "sk_number": str(given.get("sk_number", "")).strip()[:80],
            "sk_date": str(given.get("sk_date", ""))[:10],
            "report": report,
        }
    return {"items": found}


def _perilaku(pack: Pack, jenjang: str, content: Content) -> dict:
    known = {one.code: one for one in pack.values}
    found = {}
    for code, given in dict(content.get("values", {})).items():
        if code not in known:
            raise Refusal(_("Nilai itu tidak ada di paket aturan."), mend=_("Pilih dari daftar."))
        offered = known[code].behaviours
        chosen = [one for one in given.get("behaviours", []) if one in offered]
        found[code] = {"behaviours": chosen, "how": str(given.get("how", "")).strip()[:TEXT_MOST]}
    return {"values": found}


CLEANERS = {"praktik": _praktik, "kompetensi": _kompetensi, "tambahan": _tambahan, "perilaku": _perilaku}


def _praktik_gaps(pack: Pack, jenjang: str, content: Content) -> list[Gap]:
    return [] if content.get("indicator") else [Gap("praktik", _("Pilih satu indikator praktik pembelajaran."))]


def _kompetensi_gaps(pack: Pack, jenjang: str, content: Content) -> list[Gap]:
    chosen = quantities(content)
    if not chosen:
        return [Gap("kompetensi", _("Pilih paling sedikit satu RHK pengembangan kompetensi."))]
    if pack.limits is None:
        return []
    total = points_of(pack, chosen)
    if total > pack.limits.most:
        return [Gap("kompetensi", sentence(pack, chosen))]
    if total < pack.limits.least and not content.get("under_reason"):
        return [
            Gap(
                "kompetensi",
                _("%(total)d poin, di bawah %(least)d. Tambah RHK, atau tuliskan alasannya.")
                % {"total": total, "least": pack.limits.least},
            )
        ]
    return []


def _tambahan_gaps(pack: Pack, jenjang: str, content: Content) -> list[Gap]:
    return [
        Gap(
            "tambahan",
            _("Lengkapi nomor, tanggal SK dan jenis laporan tugas tambahan “%(name)s”.")
            % {"name": pack.rhk(int(number)).short},
            str(number),
        )
        for number, given in content.get("items", {}).items()
        if not (given.get("sk_number") and given.get("sk_date") and given.get("report"))
    ]


def _perilaku_gaps(pack: Pack, jenjang: str, content: Content) -> list[Gap]:
    given = content.get("values", {})
    return [
        Gap("perilaku", _("Isi perilaku dan perwujudan untuk nilai %(name)s.") % {"name": value.name}, value.code)
        for value in pack.values
        if not (given.get(value.code, {}).get("behaviours") and given.get(value.code, {}).get("how"))
    ]


GAPS = {
    "praktik": _praktik_gaps,
    "kompetensi": _kompetensi_gaps,
    "tambahan": _tambahan_gaps,
    "perilaku": _perilaku_gaps,
}
