"""The arithmetic of points, and the sentences that say where a total stands (PK-5, PK-6)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .pack import Pack


def points_of(pack: Pack, quantities: Mapping[int, int]) -> int:
    """Points of so many packages of each RHK utama; 0 in a pack without points."""
    return sum((one.points or 0) * quantities.get(one.number, 0) for one in pack.utama)


def sentence(pack: Pack, quantities: Mapping[int, int]) -> str:
    """Where a total stands, in the words of the form; empty in a pack without points.

    "24 poin. Kurang 8 poin lagi untuk bisa diajukan." · "40 poin. Sudah memenuhi syarat (32–128)."
    """
    if pack.limits is None:
        return ""
    total, least, most = points_of(pack, quantities), pack.limits.least, pack.limits.most
    alone = next((one for one in pack.utama if one.points == most and quantities.get(one.number)), None)
    which = "short" if total < least else "enough"
    if total > most:
        which = "alone" if alone else "over"
    values = {"total": total, "least": least, "most": most, "over": total - most, "short": least - total}
    return words()[which] % {**values, "number": alone.number if alone else 0}


def words() -> dict[str, str]:
    """The four sentences with their gaps open, also for the page that counts along (static/js/points.js)."""
    return {
        "alone": _("RHK %(number)d: Bernilai %(most)d poin, sama dengan batas maksimal. Hapus pilihan lain."),
        "over": _("%(total)d poin. Lebih %(over)d poin. Kurangi pilihan."),
        "short": _("%(total)d poin. Kurang %(short)d poin lagi untuk bisa diajukan."),
        "enough": _("%(total)d poin. Sudah memenuhi syarat (%(least)d–%(most)d)."),
    }
