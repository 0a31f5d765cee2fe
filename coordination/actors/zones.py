"""Indonesia's three times of day, by the names people use, and moments as people there say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def zone_label(name: str) -> str:
    """WIB, WITA or WIT for an IANA zone of Indonesia; another zone keeps its name."""
    return LABELS.get(name, name)


def day_words(day: date | None) -> str:
    """A day as people say it: "21 November 2026"; empty without one."""
    return date_format(day, "j F Y") if day else ""


def local_time(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people there say it: "21 Nov 2026, 09.41 WITA"."""
    there = moment.astimezone(zone)
    return f"{date_format(there, 'j M Y')}, {there:%H.%M} {zone_label(zone.key)}"
