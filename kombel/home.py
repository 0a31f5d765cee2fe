"""What kombel puts on a person's home: meetings to document for a penggerak, silence for an office."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.home import Number, Todo
from coordination.actors.models import Role

from .models import Kombel, Meeting
from .selectors.listing import COUNT_CAP
from .selectors.others import (
    count_silent,
    led_by,
    meetings_to_document,
    meetings_without_reflection,
    proposals_to_decide,
    silent_kombel,
)
from .selectors.rules import rules_on

MOST = 5


def todos(actor: Actor) -> list[Todo]:
    """At most a handful for each kind of work."""
    if actor.role in AT_SCHOOL:
        return [*_to_document(actor), *_to_reflect(actor), *_quiet_ones(actor), *_proposals(actor)]
    if actor.is_dinas:
        return [*_silent_ones(actor), *_proposals(actor)]
    return []


def upcoming(actor: Actor) -> list[Todo]:
    """For people of a school: the next meeting that is planned in a kombel they see."""
    if actor.role not in AT_SCHOOL:
        return []
    planned = Meeting.objects.visible_to(actor).filter(state=Meeting.State.PLANNED, held_on__gte=actor.today())
    return [
        Todo(one.topic, reverse("kombel:meeting", args=[one.pk]), due=one.held_on)
        for one in planned.order_by("held_on")[:1]
    ]


def numbers(actor: Actor) -> list[Number]:
    """How many kombel of the area are silent, with the way to their list."""
    if not (actor.is_dinas or actor.is_upt):
        return []
    count = count_silent(actor)
    days = rules_on(actor.today()).silent_days
    shown: int | str = count if count <= COUNT_CAP else _("lebih dari 1.000")
    label = _("komunitas senyap lebih dari %(days)d hari") % {"days": days}
    return [Number(shown, label, f"{reverse('kombel:list')}?keadaan=senyap", tone="warn" if count else "ok")]


def _to_document(actor: Actor) -> list[Todo]:
    return [
        Todo(
            _("Catat pertemuan: %(topic)s") % {"topic": one.topic},
            reverse("kombel:meeting_change", args=[one.pk]),
            due=one.held_on,
            late=one.held_on < actor.today(),
            status=_("Belum dicatat"),
            tone="warn",
            note=one.kombel.name,
        )
        for one in meetings_to_document(actor)[:MOST]
    ]


def _to_reflect(actor: Actor) -> list[Todo]:
    return [
        Todo(
            _("Isi refleksi singkat: %(topic)s") % {"topic": one.topic},
            reverse("kombel:reflection", args=[one.pk]),
            status=_("Belum refleksi"),
            note=one.kombel.name,
        )
        for one in meetings_without_reflection(actor)[:2]
    ]


def _quiet_ones(actor: Actor) -> list[Todo]:
    """A kombel the person leads that is about to fall silent, or that has not met at all yet."""
    today = actor.today()
    days = rules_on(today).silent_days
    return [
        _quiet(one, today, days)
        for one in led_by(actor)
        if one.state == Kombel.State.AKTIF and (one.last_meeting is None or one.quiet_days(today) > days - 7)
    ]


def _quiet(one: Kombel, today: date, days: int) -> Todo:
    quiet, first = one.quiet_days(today), one.last_meeting is None
    soon = quiet > days - 7
    title = _("Catat pertemuan pertama %(name)s") if first else _("Catat pertemuan %(name)s")
    return Todo(
        title % {"name": one.name},
        reverse("kombel:meeting_new", args=[one.pk]),
        due=one.active_until(days),
        late=quiet > days,
        status=_("Senyap %(days)d hari") % {"days": quiet} if soon else _("Belum bertemu"),
        tone="warn" if soon else "info",
    )


def _silent_ones(actor: Actor) -> list[Todo]:
    today = actor.today()
    return [
        Todo(
            _("Hubungi %(name)s") % {"name": one.name},
            reverse("kombel:contact", args=[one.pk]),
            due=one.contact_next,
            late=True,
            status=_("Senyap %(days)d hari") % {"days": one.quiet_days(today)},
            tone="warn",
        )
        for one in silent_kombel(actor)[:MOST]
        if one.contact_next is None or one.contact_next <= today
    ]


def _proposals(actor: Actor) -> list[Todo]:
    if actor.role != Role.KEPSEK and not actor.is_dinas:
        return []
    count = proposals_to_decide(actor)[:MOST].count()
    if not count:
        return []
    title = ngettext("Putuskan %(count)d usulan komunitas", "Putuskan %(count)d usulan komunitas", count)
    url = f"{reverse('kombel:list')}?keadaan=draft"
    return [Todo(title % {"count": count}, url, status=_("Diusulkan"))]
