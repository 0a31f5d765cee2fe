from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..actor import AT_SCHOOL
from ..errors import Refusal
from ..forms import EndForm, InviteForm, ReachForm, TransferForm
from ..models import Invitation, Membership, Role
from ..policies import may
from ..posting import PER_PAGE, form_page, save_once
from ..selectors.members import (
    history_of,
    members,
    open_invitations,
    reaches_of,
    roles_at,
    roles_of_person,
    roles_to_give,
)
from ..services.invitations import invite, send_again, withdraw_invitation
from ..services.memberships import (
    assign_area,
    assign_school,
    deactivate_person,
    end_membership,
    release_school,
    transfer_person,
)


@require_GET
def member_list(request):
    """Who works in the actor's area, by role; ended roles on request."""
    actor = request.actor
    rows = members(
        actor,
        role=request.GET.get("peran", ""),
        search=request.GET.get("q", "").strip(),
        ended=request.GET.get("berakhir") == "1",
    )
    context = {
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "roles": roles_at(actor),
        "at_school": actor.role in AT_SCHOOL,
        "may_invite": bool(roles_to_give(actor)),
        "invitations": open_invitations(actor)[:PER_PAGE],
    }
    return render(request, "actors/members.html", context)


@require_http_methods(["GET", "POST"])
def invite_member(request):
    """Offer a role by e-mail."""
    actor = request.actor
    if not roles_to_give(actor):
        raise PermissionDenied
    form = InviteForm(request.POST or None, actor=actor, initial={"npsn": request.GET.get("npsn", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def send() -> str:
            wanted = ("email", "name", "role", "place", "until", "plt")
            invite(actor=actor, **{key: data[key] for key in wanted if key in data})
            return reverse("members")

        done = save_once(request, form, send, _("Undangan untuk %(name)s dikirim.") % {"name": data["name"]})
        if done:
            return done
    return form_page(request, "actors/invite.html", {"form": form})


@require_POST
def resend_invitation(request, pk: int):
    """Send an invitation once more."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    send_again(actor=request.actor, invitation=invitation)
    messages.success(request, _("Undangan dikirim lagi."))
    return redirect("members")


@require_POST
def cancel_invitation(request, pk: int):
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    withdraw_invitation(actor=request.actor, invitation=invitation)
    messages.success(request, _("Undangan ditarik."))
    return redirect("members")


def _door(request, pk: int) -> Membership:
    rows = Membership.objects.visible_to(request.actor).select_related("user", "organisation", "school")
    return get_object_or_404(rows, pk=pk)


@require_GET
def member_detail(request, pk: int):
    """One role: the person's other roles here, the schools it reaches, its history, and what can be done."""
    return _detail(request, _door(request, pk))


def _detail(request, one: Membership, status: int = 200, **forms):
    actor = request.actor
    context = {
        "one": one,
        "others": roles_of_person(actor, one.user_id).exclude(pk=one.pk),
        "reaches": reaches_of(actor, one),
        "history": history_of(actor, one)[:20],
        "in_force": one.until is None or one.until >= actor.today(),
        "may_end": may(actor, "end", one),
        "may_deactivate": actor.role == Role.PUSAT_ADMIN,
        "end_form": forms.get("end") or EndForm(prefix="end"),
        "transfer_form": forms.get("transfer") or TransferForm(prefix="transfer", actor=actor, role=one.role),
        "reach_form": forms.get("reach") or _reach_form(actor, one),
        "takes_schools": one.role in (Role.PENGAWAS, Role.MITRA_STAFF),
    }
    return render(request, "actors/member.html", context, status=status)


@require_POST
def end_member(request, pk: int):
    """End a role from now on; the person keeps the history."""
    one = _door(request, pk)
    form = EndForm(request.POST, prefix="end")
    if not form.is_valid():
        return _detail(request, one, 400, end=form)
    end_membership(actor=request.actor, membership=one, reason=form.cleaned_data["reason"])
    messages.success(request, _("Peran %(name)s berakhir.") % {"name": one.user})
    return redirect("member", pk)


@require_POST
def transfer_member(request, pk: int):
    """Move a person to another place from a day on."""
    one = _door(request, pk)
    form = TransferForm(request.POST, prefix="transfer", actor=request.actor, role=one.role)
    if not form.is_valid():
        return _detail(request, one, 400, transfer=form)
    data = form.cleaned_data
    try:
        new = transfer_person(
            actor=request.actor, membership=one, to=data["place"], on=data["on"], reason=data["reason"]
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, one, 400, transfer=form)
    messages.success(request, _("%(name)s pindah ke %(place)s.") % {"name": one.user, "place": data["place"]})
    return redirect("member", new.pk)


@require_POST
def add_reach(request, pk: int):
    """Assign a school to a pengawas or a mitra."""
    one = _door(request, pk)
    form = _reach_form(request.actor, one, request.POST)
    if not form.is_valid():
        return _detail(request, one, 400, reach=form)
    data = form.cleaned_data
    if data.get("school"):
        assign_school(actor=request.actor, membership=one, school=data["school"])
    else:
        assign_area(actor=request.actor, membership=one, region=data["region"], level=data["level"])
    return redirect("member", pk)


def _reach_form(actor, one: Membership, data=None) -> ReachForm:
    return ReachForm(data, prefix="reach", actor=actor, areas=one.role == Role.MITRA_STAFF)


@require_POST
def remove_reach(request, pk: int, reach_pk: int):
    """Take an assigned school away again."""
    one = _door(request, pk)
    reach = get_object_or_404(reaches_of(request.actor, one), pk=reach_pk)
    release_school(actor=request.actor, reach=reach)
    return redirect("member", pk)


@require_POST
def deactivate_member(request, pk: int):
    """Close a person's account altogether; Pusat's admins alone."""
    one = _door(request, pk)
    # As long as the form's field lets it be.
    deactivate_person(actor=request.actor, user=one.user, reason=request.POST.get("reason", "")[:200])
    messages.success(request, _("Akun %(name)s dinonaktifkan.") % {"name": one.user})
    return redirect("member", pk)
