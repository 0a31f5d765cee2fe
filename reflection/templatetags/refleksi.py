"""Small words for the pages of sessions and follow-up plans."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format

from coordination.actors.zones import zone_label

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
def moment(at: datetime, zone_name: str) -> str:
    """A moment as it was where the session is: "20 Okt 2026 09.41 WITA"."""
    return f"{date_format(at.astimezone(ZoneInfo(zone_name)), 'j M Y H.i')} {zone_label(zone_name)}"


@register.filter
def late(row, today: date) -> bool:
    """Whether a plan or an activity is late on a day."""
    return row.late(today)
