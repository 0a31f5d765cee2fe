"""The long list as HTML, in one pass in Python: fifty rows of template variables cost more than the query."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import ContactLog, Jenjang, Kombel
from ..selectors.listing import Filters, Listing

register = template.Library()
NUMBER = 987654321

Pairs = tuple[tuple[str, str], ...]


@register.simple_tag
def options(pairs: Pairs, chosen: str) -> SafeString:
    """The choices of a select."""
    parts = [
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>'
        for value, label in pairs
    ]
    return mark_safe("".join(parts))


@register.inclusion_tag("kombel/filters.html")
def kombel_filters(filters: Filters, regions: tuple[tuple[str, Pairs], ...]) -> dict:
    """The filter form; it depends on nothing but the filters, the regions and the language."""
    labels = {"provinsi": _("Provinsi"), "kabkota": _("Kab/kota"), "kecamatan": _("Kecamatan")}
    every = ("", _("Semua"))
    return {
        "filters": filters,
        "regions": [(name, labels[name], (every, *pairs), getattr(filters, name)) for name, pairs in regions],
        "choices": {
            "keadaan": [
                ("", _("Aktif dan diusulkan")),
                ("senyap", _("Senyap")),
                ("butuh_upt", _("Butuh UPT")),
                *Kombel.State.choices,
            ],
            "jenis": [every, *Kombel.Kind.choices],
            "jenjang": [every, *Jenjang.choices],
        },
    }


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of the table in one language, escaped, with the ends of the links to one kombel."""

    head: str
    place: str
    state: str
    last: str
    leader: str
    members: str
    kinds: dict[str, str]
    jenjang: dict[str, str]
    outcomes: dict[str, str]
    states: dict[str, str]
    silent: str
    before: str
    after: str


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The texts in a language, translated once for the life of the process."""
    place, state, last = escape(_("Tempat")), escape(_("Keadaan")), escape(_("Pertemuan terakhir"))
    leader, members = escape(_("Penggerak")), escape(_("Anggota"))
    columns = "".join(
        f'<th role="columnheader" scope="col">{one}</th>' for one in (escape(_("Nama")), place, state, last, leader)
    )
    before, after = reverse("kombel:detail", args=[NUMBER]).split(str(NUMBER))
    return Words(
        head=f'<table class="table" role="table"><caption class="hide">{escape(_("Komunitas belajar"))}</caption>'
        f'<thead role="rowgroup"><tr role="row">{columns}<th role="columnheader" scope="col" class="num">{members}</th>'
        f'</tr></thead><tbody role="rowgroup">',
        place=place,
        state=state,
        last=last,
        leader=leader,
        members=members,
        kinds={value: escape(str(label)) for value, label in Kombel.Kind.choices},
        jenjang={value: escape(str(label)) for value, label in Jenjang.choices},
        outcomes={"": ""}
        | {value: f" <small>{escape(str(label))}</small>" for value, label in ContactLog.Outcome.choices},
        states={value: escape(str(label)) for value, label in Kombel.State.choices},
        silent=escape(_("Senyap %(days)d hari")),
        before=before,
        after=after,
    )


@lru_cache(maxsize=4096)
def short_day(day: date, language: str) -> str:
    return date_format(day, "j M Y")


@register.simple_tag
def kombel_table(listing: Listing, today: date, silent_days: int) -> SafeString:
    """The table: name and kind, place, state in a word with a shape, last meeting, people."""
    language = get_language()
    say, names = words(language), listing.names
    parts = [say.head]
    for row in listing.rows:
        tone, word = state_of(row, today, silent_days, say)
        last = row["last_meeting"]
        parts.append(
            f'<tr role="row"><th role="rowheader" scope="row">'
            f'<a href="{say.before}{row["id"]}{say.after}">{escape(row["name"])}</a>'
            f"<br><small>{say.kinds[row['kind']]} · {say.jenjang[row['jenjang']]}</small></th>"
            f'<td role="cell" data-label="{say.place}">{escape(place_of(row, names))}</td>'
            f'<td role="cell" data-label="{say.state}"><span class="tag {tone}">{word}</span>'
            f"{say.outcomes[row['contact_outcome']]}</td>"
            f'<td role="cell" data-label="{say.last}">{short_day(last, language) if last else "–"}</td>'
            f'<td role="cell" data-label="{say.leader}">{escape(row["penggerak"]) or "–"}</td>'
            f'<td role="cell" data-label="{say.members}" class="num">{row["members"]}</td></tr>'
        )
    parts.append("</tbody></table>")
    return mark_safe("".join(parts))


def place_of(row: dict, names: dict[str, str]) -> str:
    """The school or the kecamatan, and the kab/kota or province it lies in."""
    inner = row["school_name"] or names.get(row["kecamatan"], "")
    outer = names.get(row["kabkota"]) or names.get(row["provinsi"], "")
    return f"{inner}, {outer}" if inner and outer else inner or outer


def state_of(row: dict, today: date, silent_days: int, say: Words) -> tuple[str, str]:
    """Tone and word of a kombel's state; silence is derived, never stored."""
    if row["state"] == Kombel.State.AKTIF.value:
        quiet = (today - row["quiet_since"]).days
        return ("warn", say.silent % {"days": quiet}) if quiet > silent_days else ("ok", say.states[row["state"]])
    return ("info" if row["state"] == Kombel.State.DRAFT.value else "mute"), say.states[row["state"]]
