"""Small words for the pages of sessions and follow-up plans."""

from datetime import date

from django import template

from ..zones import zone_label

register = template.Library()

TONES = {
    "berlangsung": "info",
    "selesai": "ok",
    "dibatalkan": "bad",
    "terkirim": "warn",
    "akan_hadir": "info",
    "hadir": "ok",
    "tidak_hadir": "bad",
    "draf": "warn",
    "dikirim": "ok",
    "berjalan": "info",
}


@register.filter
def tone(state: str) -> str:
    """The tone of a state's tag; a state without one is neutral."""
    return TONES.get(state, "mute")


@register.filter
def zone(name: str) -> str:
    """WIB, WITA or WIT."""
    return zone_label(name)


@register.filter
def late(row, today: date) -> bool:
    """Whether a plan or an activity is late on a day."""
    return row.late(today)
