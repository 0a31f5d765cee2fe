"""The kombel of a school, for the school's own page."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.models import School
from coordination.actors.parts import Line, Part

from .models import Kombel
from .selectors.rules import rules_on

MOST = 20


def part(actor: Actor, school: School) -> Part:
    """The communities inside the school that the actor sees, the active ones first; one statement."""
    rows = Kombel.objects.visible_to(actor).filter(school=school).order_by("state", "quiet_since", "id")
    lines = [_line(actor, one) for one in rows[:MOST]]
    return Part(_("Komunitas belajar"), lines, empty=_("Belum ada komunitas belajar di sekolah ini."))


def _line(actor: Actor, kombel: Kombel) -> Line:
    url = reverse("kombel:detail", args=[kombel.pk])
    last = date_format(kombel.last_meeting, "j M Y") if kombel.last_meeting else "–"
    note = _("Pertemuan terakhir: %(day)s") % {"day": last}
    if kombel.state != Kombel.State.AKTIF:
        return Line(kombel.name, url, note, kombel.get_state_display())
    days = kombel.quiet_days(actor.today())
    if days > rules_on(actor.today()).silent_days:
        return Line(kombel.name, url, note, _("Senyap %(days)d hari") % {"days": days}, "warn")
    return Line(kombel.name, url, note, kombel.get_state_display(), "ok")
