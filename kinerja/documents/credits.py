"""A year's angka kredit on paper: a help for who fills in the official PAK, not the form itself."""

from decimal import Decimal
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import override

from coordination.actors.actor import Actor
from coordination.actors.documents import render

from ..selectors.credits import CreditRow, Year

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "angka-kredit.typ"


def credits_pdf(actor: Actor, year: Year) -> bytes:
    """The year part by part, with what is missing, as PDF/UA in Indonesian."""
    with override("id"):
        return render(
            TEMPLATE,
            {
                "tahun": str(year.year),
                "nama": actor.name,
                "nip": next((one.plan.nip for one in reversed(year.rows) if one.plan.nip), "–"),
                "jabatan": ", ".join(year.positions) or "–",
                "bagian": [_part(one) for one in year.rows],
                "jumlah": number(year.total),
                "bulan": str(year.months),
                "kaki": f"Rincian untuk PAK, {actor.name}, {year.year}",
                "dibuat": date_format(actor.today(), "j F Y"),
            },
        )


def number(value: Decimal) -> str:
    """18.75 as "18,75"."""
    return f"{value:.2f}".replace(".", ",")


def _part(row: CreditRow) -> dict[str, str]:
    return {
        "waktu": f"{date_format(row.plan.starts, 'j M Y')} – {date_format(row.plan.until, 'j M Y')}",
        "sekolah": row.plan.school_name,
        "bulan": str(row.months),
        "jabatan": row.position or "–",
        "predikat": row.predicate or "–",
        "hitungan": row.formula or f"{row.missing} {row.mend}".strip(),
        "nilai": number(row.credit.value) if row.credit else "–",
    }
