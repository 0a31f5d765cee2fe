"""The papers of a session: KAK and letters (RF-2). A field that is still empty is shown as dots to fill by hand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import dates
from django.utils.translation import override

from coordination.actors.models import Wilayah
from coordination.actors.zones import zone_label

from ..models import Session, Undangan
from ..selectors.sessions import invited
from ..toolkit import AIMS, EQUIPMENT
from . import render

BLANK = "……………………"


def kak_pdf(session: Session) -> bytes:
    """The Kerangka Acuan Kegiatan of a session, from what has been filled in."""
    with override("id"):
        regions = list(invited(session).values_list("kombel__kabkota", flat=True))
        names = _region_names(regions)
        data = _when_and_where(session) | {
            "latar_belakang": session.background or BLANK,
            "tujuan": [str(aim) for aim in AIMS],
            "peserta": f"{len(regions)} komunitas belajar yang diundang, diwakili penggeraknya.",
            "wilayah": [{"nama": names[code], "jumlah": regions.count(code)} for code in sorted(names)],
            "fasilitasi": [line.strip() for line in session.moderation.splitlines() if line.strip()],
            "petugas": [{"nama": one.name, "tugas": one.task} for one in session.facilitators.all()],
            "perlengkapan": _items(session.equipment or str(EQUIPMENT)),
        }
        return render("kak", data)


def letters_pdf(session: Session) -> bytes:
    """One letter to all invited communities, with their list attached."""
    with override("id"):
        rows = list(invited(session))
        names = _region_names(row.kombel.kabkota for row in rows)
        listed = [{"nama": row.kombel.name, "wilayah": names[row.kombel.kabkota]} for row in rows]
        data = _when_and_where(session) | {
            "kepada": "Penggerak komunitas belajar (daftar terlampir)",
            "lampiran": "1 daftar" if listed else "–",
            "daftar": listed,
        }
        return render("surat", data)


def letter_pdf(undangan: Undangan) -> bytes:
    """The letter to one community, made of the copy that was delivered to it."""
    with override("id"):
        data = _when_and_where(undangan) | {
            "kepada": f"Penggerak {undangan.kombel.name}",
            "lampiran": "–",
            "daftar": [],
        }
        return render("surat", data)


def _when_and_where(plan: Session | Undangan) -> dict[str, Any]:
    upt = plan.upt.name if isinstance(plan, Session) else plan.upt_name
    zone = zone_label(plan.time_zone)
    return {
        "upt": upt,
        "judul": plan.title,
        "nomor": plan.letter_number or BLANK,
        "hari": in_full(plan.held_on),
        "waktu": f"{plan.starts:%H.%M}–{plan.ends:%H.%M} {zone}",
        "cara": str(plan.get_mode_display()),
        "tempat": plan.place,
        "batas_rtl": in_full(plan.rtl_due_on),
        "penanda_tangan": plan.signatory or BLANK,
        "jabatan": plan.signatory_title or BLANK,
        "tempat_tanggal": BLANK,
        "kaki": f"Portal IKM – {upt}",
    }


def in_full(day: date) -> str:
    """A day as a letter writes it: "Selasa, 20 Oktober 2026"."""
    return f"{dates.WEEKDAYS[day.weekday()]}, {day.day} {dates.MONTHS[day.month]} {day.year}"


def _region_names(codes: Iterable[str]) -> dict[str, str]:
    codes = set(codes)
    known = dict(Wilayah.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: known.get(code, "Provinsi") for code in codes}


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.replace("\n", ";").split(";") if item.strip()]
