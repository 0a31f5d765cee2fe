"""Who is invited to a session, and who came."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.posting import PER_PAGE
from kombel.models import Kombel

from ..forms.sessions import AttendanceForm, InviteFilter, InviteForm
from ..models import Session, Undangan
from ..policies import UndanganPolicy
from ..selectors.communities import invitable, regions_of
from ..selectors.sessions import invited, missing_rtl
from ..services.invitations import invite_kombel, mark_attendance, withdraw_invitation
from .sessions import own_session


@require_http_methods(["GET", "POST"])
def session_invite(request, pk: int):
    """Choose communities by filters; all of a filter only after its exact number was shown."""
    session = own_session(request, pk)
    found = InviteFilter(request.GET, regions=regions_of(request.actor))
    rows = invitable(request.actor, session, **found.wanted())
    if request.method == "POST":
        return _send(request, session, rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"session": session, "filter": found, "page_obj": page, "count": page.paginator.count}
    template = "invite_all.html" if request.GET.get("semua") else "invite.html"
    return render(request, f"reflection/sessions/{template}", context)


def _send(request, session: Session, rows):
    form = InviteForm(request.POST)
    form.is_valid()
    everyone = form.cleaned_data.get("everyone")
    if not everyone:
        # Named one by one: through the same door, whatever the filter says.
        rows = Kombel.objects.visible_to(request.actor).filter(pk__in=form.cleaned_data.get("kombel", []))
    expected = form.cleaned_data.get("expected") if everyone else None
    sent = invite_kombel(actor=request.actor, session=session, kombel=rows, expected=expected)
    text = ngettext("%(count)d undangan terkirim.", "%(count)d undangan terkirim.", sent) % {"count": sent}
    messages.success(request, text)
    return redirect("reflection:session_invited", pk=session.pk)


@require_GET
def session_invited(request, pk: int):
    """The letters of a session with answers, feedback and attendance."""
    session = own_session(request, pk)
    rows = invited(session).annotate(entries=Count("feedback"))
    answer = request.GET.get("jawaban", "")
    if answer in Undangan.State.values:
        rows = rows.filter(state=answer)
    context = {
        "session": session,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "states": [one for one in Undangan.State.choices if one[0] != Undangan.State.DITARIK],
        "answer": answer,
    }
    return render(request, "reflection/sessions/invited.html", context)


@require_POST
def session_attendance(request, pk: int):
    """Mark who is here, of those shown on one page of the list."""
    session = own_session(request, pk)
    _mark(request, session)
    messages.success(request, _("Kehadiran tersimpan."))
    return _back_to_list(request, pk)


def _mark(request, session: Session, *, but: int | None = None) -> None:
    """Keep the ticks of the page, without those of one letter."""
    form = AttendanceForm(request.POST)
    form.is_valid()
    shown, present = ([one for one in form.cleaned_data.get(name, []) if one != but] for name in ("shown", "present"))
    mark_attendance(actor=request.actor, session=session, shown=shown, present=present)


def _back_to_list(request, pk: int):
    """To the page of the list, under the filter, from which the form came."""
    number, answer = request.POST.get("page", ""), request.POST.get("jawaban", "")
    wanted = {"page": number if number.isdecimal() else "", "jawaban": answer if answer in Undangan.State else ""}
    query = urlencode({name: value for name, value in wanted.items() if value})
    url = reverse("reflection:session_invited", args=[pk])
    return redirect(f"{url}?{query}" if query else url)


@require_POST
def undangan_withdraw(request, pk: int):
    """Take a letter back; ticks of the page that were not saved yet are kept with it."""
    undangan = get_object_or_404(Undangan.objects.visible_to(request.actor).select_related("kombel"), pk=pk)
    UndanganPolicy.require(request.actor, "manage", undangan)
    if "shown" in request.POST:
        _mark(request, own_session(request, undangan.session_id), but=pk)
    withdraw_invitation(actor=request.actor, undangan=undangan)
    messages.success(request, _("Undangan untuk %(name)s ditarik.") % {"name": undangan.kombel})
    return _back_to_list(request, undangan.session_id)


@require_GET
def session_rtl(request, pk: int):
    """Which communities have sent their RTL, and which have not (RF-5)."""
    session = own_session(request, pk)
    sent = invited(session).filter(rtl__state="dikirim").select_related("rtl").annotate(items=Count("rtl__items"))
    context = {"session": session, "missing": missing_rtl(session), "sent": sent, "today": request.actor.today()}
    return render(request, "reflection/sessions/rtl.html", context)
