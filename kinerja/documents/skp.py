"""An SKP as PDF/UA, as a workbook, and as JSON (PK-11); in Indonesian, as the office that receives it reads."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from coordination.actors.documents import render
from coordination.actors.documents.tables import TYPES as TABLE_TYPES
from coordination.actors.documents.tables import as_workbook
from coordination.actors.zones import day_words, local_time

from ..models import Plan
from ..selectors.skp import Skp, Work
from ..selectors.wording import day_said

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "skp.typ"
NOT_FINAL = "Belum final"
EMPTY = "–"
STATES = dict(Plan.State.choices)


def skp_pdf(skp: Skp, zone: ZoneInfo) -> bytes:
    """The SKP on A4; `zone` is where the moments are said."""
    with override("id"):
        return render(
            TEMPLATE,
            {
                "judul": title(skp),
                "pegawai": skp.employee.name,
                "tanda": "" if skp.final else NOT_FINAL,
                "kaki": f"{title(skp)}{'' if skp.final else f' · {NOT_FINAL}'}",
                "rincian": _facts(skp, zone),
                "praktik": {
                    "indikator": f"{skp.practice.name} ({skp.practice.group})",
                    "observasi": _day(skp.practice.observed_on),
                    "penilaian": _said(skp.practice.level_label),
                    "alasan": skp.practice.reason,
                },
                "poin": skp.planned_points is not None,
                "utama": [_work(one) for one in skp.of_kind("utama")],
                "tambahan": [_work(one) for one in skp.of_kind("tambahan")],
                "jumlah": f"{skp.planned_points} direncanakan, {skp.achieved_points} tercapai",
                "alasan_kurang": skp.under_reason,
                "perilaku": [
                    {
                        "nama": one.name,
                        "perilaku": list(one.behaviours),
                        "wujud": one.how,
                        "penilaian": _said(one.level_label),
                        "alasan": one.reason,
                    }
                    for one in skp.behaviours
                ],
                "hasil": [list(pair) for pair in _outcome(skp)],
            },
        )


def skp_xlsx(skp: Skp, zone: ZoneInfo) -> bytes:
    """Four sheets: the SKP, hasil kerja, perilaku kerja, penilaian; no cell is ever run as a formula."""
    with override("id"):
        works = [_cells(one) for one in skp.works]
        values = [(one.name, "; ".join(one.behaviours), one.how, one.level_label, one.reason) for one in skp.behaviours]
        practice = skp.practice
        return as_workbook(
            [
                ("SKP", ("Keterangan", "Isi"), _facts(skp, zone)),
                (
                    "Praktik pembelajaran",
                    ("Indikator", "Kelompok", "Diobservasi", "Penilaian", "Alasan"),
                    [(practice.name, practice.group, practice.observed_on, practice.level_label, practice.reason)],
                ),
                ("Hasil kerja", _WORK_HEAD, works),
                ("Perilaku kerja", ("Nilai", "Perilaku", "Perwujudan", "Penilaian", "Alasan"), values),
                ("Penilaian", ("Keterangan", "Isi"), _outcome(skp)),
            ],
            title=title(skp),
        )


def skp_json(skp: Skp, zone: ZoneInfo | None = None) -> bytes:
    """The documented JSON, readable to people too; its moments are in UTC whatever the zone."""
    return json.dumps(skp.as_json(), ensure_ascii=False, indent=2).encode()


FORMS: dict[str, tuple[str, Callable[[Skp, ZoneInfo], bytes]]] = {
    "pdf": ("application/pdf", skp_pdf),
    "xlsx": (TABLE_TYPES["xlsx"], skp_xlsx),
    "json": ("application/json", skp_json),
}
"""By ending: the content type and what writes it."""


def title(skp: Skp) -> str:
    """What the document is called."""
    return f"SKP {skp.employee.name}, {skp.period.name}"


def _facts(skp: Skp, zone: ZoneInfo) -> list[tuple[str, str]]:
    employee, period = skp.employee, skp.period
    part = " (sebagian periode)" if period.partial else ""
    return [
        ("Pegawai", employee.name),
        ("NIP", _said(employee.nip)),
        ("Jabatan", " ".join(filter(None, (employee.job, employee.position)))),
        ("Sekolah", f"{employee.school} (NPSN {employee.npsn})"),
        ("Pejabat penilai", ", ".join(filter(None, (skp.assessor.name, skp.assessor.role))) or EMPTY),
        ("Periode", period.name),
        ("Masa penilaian", f"{_day(period.starts)} sampai {_day(period.until)}{part}"),
        ("Aturan", skp.regulation.name),
        ("Sumber aturan", skp.regulation.source),
        ("Keadaan", str(STATES[skp.state]) if skp.final else f"{STATES[skp.state]} – {NOT_FINAL}"),
        ("Versi", f"{skp.approved_version or skp.version} dari {skp.version}"),
        ("Diajukan", _moment(skp.submitted_at, zone)),
        ("Disetujui", _moment(skp.approved_at, zone)),
        ("Dinilai", _moment(skp.rated_at, zone)),
        ("Selesai", _moment(skp.final_at, zone)),
        ("Dicetak", _moment(skp.printed_at, zone)),
    ]


def _outcome(skp: Skp) -> list[tuple[str, str]]:
    result, credit = skp.result, skp.credit
    if result is None:
        return [("Penilaian", "Belum dinilai")]
    rows = [
        ("Hasil kerja", result.hasil_label),
        ("Perilaku kerja", result.perilaku_label),
        ("Predikat kinerja", result.predicate_name),
    ]
    if credit:
        number, factor = (f"{one:f}".replace(".", ",") for one in (credit.value, credit.coefficient))
        rows.append(("Angka kredit", f"{number} ({factor} × {credit.percent}% × {credit.months}/12 bulan)"))
    rows += [("Catatan penilai", _said(result.note)), ("Tanggapan pegawai", _said(result.response))]
    return rows


_WORK_HEAD = (
    "RHK", "Jenis", "Rencana hasil kerja", "Satuan", "Rencana paket", "Rencana jumlah", "Rencana poin",
    "Bukti", "Tercapai jumlah", "Tercapai poin", "Nomor SK", "Tanggal SK", "Laporan", "Penilaian", "Alasan",
)  # fmt: skip


def _cells(one: Work) -> Sequence[Any]:
    return (
        one.number, one.kind, one.text, one.unit, one.planned_packages, one.planned_units, one.planned_points,
        one.evidence, one.achieved_units, one.achieved_points, one.sk_number, one.sk_date, one.report,
        one.level_label, one.reason,
    )  # fmt: skip


def _work(one: Work) -> dict[str, Any]:
    planned = f"{one.planned_units} {one.unit}" if one.unit else "1 tugas"
    achieved = f"{one.achieved_units} {one.unit}" if one.unit else f"{one.achieved_units} laporan"
    letter = f"SK {one.sk_number}, {day_said(one.sk_date)}; laporan {one.report}" if one.sk_number else ""
    return {
        "nomor": one.number,
        "teks": one.text,
        "sk": letter,
        "rencana": _points(planned, one.planned_points),
        "capaian": _points(achieved, one.achieved_points),
        "bukti": one.evidence,
        "penilaian": _said(one.level_label),
        "alasan": one.reason,
    }


def _points(amount: str, points: int | None) -> str:
    return amount if points is None else f"{amount}, {points} poin"


def _said(text: str) -> str:
    return text or EMPTY


def _day(day: date | None) -> str:
    return day_words(day) or EMPTY


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return local_time(moment, zone) if moment else EMPTY
