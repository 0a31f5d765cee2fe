"""Letters to answer, feedback to collect, plans to send for a penggerak; what a UPT's sessions still lack."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import AT_SCHOOL, Actor
from coordination.actors.home import Number, Todo

from ..models import ChecklistItem, Feedback, Rtl, Session, Undangan
from ..selectors.sessions import awaiting_rtl, lacking

MOST = 5


def todos(actor: Actor) -> list[Todo]:
    """At most a handful for each kind of work."""
    if actor.is_upt:
        return [row for session in lacking(actor)[:MOST] for row in _gaps(session, actor.today())]
    if actor.role in AT_SCHOOL:
        return [*_letters(actor), *_feedback(actor), *_plans(actor)]
    return []


def waiting(actor: Actor) -> list[Todo]:
    """For a UPT: plans that communities may still send in time."""
    if not actor.is_upt:
        return []
    today = actor.today()
    return [_plans_of(session, today) for session in awaiting_rtl(actor, today)[:MOST]]


def numbers(actor: Actor) -> list[Number]:
    """For UPT and Dinas: plans not yet sent, with the way to their list."""
    if not (actor.is_upt or actor.is_dinas):
        return []
    count = Rtl.objects.visible_to(actor).filter(state=Rtl.State.DRAF).count()
    return [Number(count, _("RTL belum masuk"), f"{reverse('reflection:followups')}?keadaan=draf")]


def _letters(actor: Actor) -> Iterator[Todo]:
    today = actor.today()
    for one in _ahead(actor).filter(state=Undangan.State.TERKIRIM)[:MOST]:
        yield Todo(
            _("Jawab undangan %(title)s") % {"title": one.title},
            reverse("reflection:undangan", args=[one.pk]),
            due=one.held_on,
            late=one.held_on < today,
            status=str(one.get_state_display()),
            tone="warn",
            note=f"{one.kombel} · {one.upt_name}",
        )


def _feedback(actor: Actor) -> Iterator[Todo]:
    today = actor.today()
    told = Exists(Feedback.objects.filter(undangan=OuterRef("pk")))
    for one in _ahead(actor).filter(~told, state=Undangan.State.AKAN_HADIR)[:MOST]:
        yield Todo(
            _("Kumpulkan umpan balik untuk %(title)s") % {"title": one.title},
            reverse("reflection:feedback_new", args=[one.pk]),
            due=one.held_on,
            late=one.held_on < today,
            status=_("Belum ada"),
            note=str(one.kombel),
        )


def _plans(actor: Actor) -> Iterator[Todo]:
    today = actor.today()
    rows = Rtl.objects.visible_to(actor).filter(state=Rtl.State.DRAF).select_related("undangan__kombel")
    for rtl in rows.order_by("due_on", "id")[:MOST]:
        yield Todo(
            _("Kirim RTL setelah %(title)s") % {"title": rtl.undangan.title},
            reverse("reflection:rtl", args=[rtl.pk]),
            due=rtl.due_on,
            late=rtl.late(today),
            status=str(rtl.get_state_display()),
            note=str(rtl.undangan.kombel),
        )


def _ahead(actor: Actor):
    rows = Undangan.objects.visible_to(actor).select_related("kombel")
    rows = rows.filter(session_state__in=(Session.State.DISIAPKAN, Session.State.BERLANGSUNG))
    return rows.order_by("held_on", "id")


def _gaps(session: Any, today: date) -> Iterator[Todo]:
    over = session.held_on < today
    gaps = len(ChecklistItem.Kind) - session.prepared
    if session.state == Session.State.DISIAPKAN and gaps:
        yield Todo(
            _("Lengkapi persiapan %(title)s") % {"title": session.title},
            reverse("reflection:session", args=[session.pk]),
            due=session.held_on,
            late=over,
            status=ngettext("%(count)d belum", "%(count)d belum", gaps) % {"count": gaps},
            tone="warn",
        )
    if session.open_to_notes and not session.written:
        yield Todo(
            _("Isi catatan %(title)s") % {"title": session.title},
            reverse("reflection:session_notes", args=[session.pk]),
            due=session.held_on,
            late=over,
            status=_("Belum ada catatan"),
            tone="warn",
        )
    if session.rtl_missing and session.rtl_due_on < today:
        yield _plans_of(session, today)


def _plans_of(session: Any, today: date) -> Todo:
    missing = session.rtl_missing
    late = session.rtl_due_on < today
    title = _("Ingatkan RTL dari %(title)s") if late else _("RTL dari %(title)s")
    return Todo(
        title % {"title": session.title},
        reverse("reflection:session_rtl", args=[session.pk]),
        due=session.rtl_due_on,
        late=late,
        status=ngettext("%(count)d belum kirim", "%(count)d belum kirim", missing) % {"count": missing},
        tone="warn",
    )
