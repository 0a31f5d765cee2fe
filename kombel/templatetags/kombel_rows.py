"""Rows of the long list as HTML: one pass in Python, because fifty rows of template variables cost more
than the query."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..models import ContactLog, Jenjang, Kombel

register = template.Library()
NUMBER = 987654321


@register.simple_tag
def options(pairs: list[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a select."""
    parts = [
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in pairs
    ]
    return mark_safe("".join(parts))


def labels() -> dict[str, str]:
    """The table's column headings; each cell repeats its own for the cards on phones."""
    return {
        "name": _("Nama"),
        "place": _("Tempat"),
        "state": _("Keadaan"),
        "last": _("Pertemuan terakhir"),
        "leader": _("Penggerak"),
        "members": _("Anggota"),
    }


@register.simple_tag
def kombel_rows(rows: list[dict], names: dict[str, str], today: date, silent_days: int) -> SafeString:
    """The body of the list: name and kind, place, state in a word with a shape, last meeting, people."""
    heads = {key: escape(label) for key, label in labels().items()}
    kinds, jenjang = dict(Kombel.Kind.choices), dict(Jenjang.choices)
    outcomes = {value: escape(label) for value, label in ContactLog.Outcome.choices}
    before, after = reverse("kombel:detail", args=[NUMBER]).split(str(NUMBER))
    months: dict[date, str] = {}
    parts = []
    for row in rows:
        tone, word = state_of(row, today, silent_days)
        last = row["last_meeting"]
        if last and last not in months:
            months[last] = date_format(last, "j M Y")
        contact = outcomes.get(row["contact_outcome"], "")
        parts.append(
            '<tr role="row"><th role="rowheader" scope="row">'
            f'<a href="{before}{row["id"]}{after}">{escape(row["name"])}</a>'
            f"<br><small>{kinds[row['kind']]} · {jenjang[row['jenjang']]}</small></th>"
            f'<td role="cell" data-label="{heads["place"]}">{escape(place_of(row, names))}</td>'
            f'<td role="cell" data-label="{heads["state"]}"><span class="tag {tone}">{escape(word)}</span>'
            f"{f' <small>{contact}</small>' if contact else ''}</td>"
            f'<td role="cell" data-label="{heads["last"]}">{months[last] if last else "–"}</td>'
            f'<td role="cell" data-label="{heads["leader"]}">{escape(row["penggerak"]) or "–"}</td>'
            f'<td role="cell" data-label="{heads["members"]}" class="num">{row["members"]}</td></tr>'
        )
    return mark_safe("".join(parts))


def place_of(row: dict, names: dict[str, str]) -> str:
    """The school or the kecamatan, and the kab/kota or province it lies in."""
    inner = row["school__name"] or names.get(row["kecamatan"], "")
    outer = names.get(row["kabkota"]) or names.get(row["provinsi"], "")
    return ", ".join(part for part in (inner, outer) if part)


def state_of(row: dict, today: date, silent_days: int) -> tuple[str, str]:
    """Tone and word of a kombel's state."""
    if row["state"] == Kombel.State.DRAFT:
        return "info", _("Diusulkan")
    if row["state"] == Kombel.State.TIDAK_AKTIF:
        return "mute", _("Tidak aktif")
    quiet = (today - row["quiet_since"]).days
    if quiet > silent_days:
        return "warn", _("Senyap %(days)d hari") % {"days": quiet}
    return "ok", _("Aktif")
