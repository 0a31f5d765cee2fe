from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actors.posting import save_once
from coordination.actors.selectors.members import gives_at_schools

from ..forms import AppointForm, ClusterForm, DutyAndClusterForm, EndForm, MemberForm
from ..models import Kombel, Leader, Member
from ..selectors.findings import leader_findings
from ..services import add_cluster, add_member, appoint_leader, change_member, end_leader, remove_member
from .common import door, form_page


@require_http_methods(["GET", "POST"])
def member_add(request, pk: int):
    """Add a member, with or without an account."""
    kombel, actor = door(request, pk, "manage"), request.actor
    form = MemberForm(request.POST or None, actor=actor, kombel=kombel)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        member = add_member(actor=actor, kombel=kombel, **form.values())
        messages.success(request, _("%(name)s menjadi anggota.") % {"name": member.name})
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act)):
        return done
    return form_page(request, form, title=_("Tambah anggota"), kombel=kombel, back=back)


@require_http_methods(["GET", "POST"])
def member_change(request, pk: int, member_pk: int):
    """Give a member a duty in the structure (KB-8 c) and a cluster."""
    kombel, actor = door(request, pk, "manage"), request.actor
    rows = Member.objects.visible_to(actor).filter(kombel=kombel, left_on=None).select_related("kombel")
    member = get_object_or_404(rows, pk=member_pk)
    initial = {"duty": member.duty, "cluster": member.cluster_id}
    form = DutyAndClusterForm(request.POST or None, actor=actor, kombel=kombel, initial=initial)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        data = form.cleaned_data
        change_member(actor=actor, member=member, duty=data["duty"], cluster=data.get("cluster"))
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Tersimpan."))):
        return done
    return form_page(request, form, title=_("Ubah tugas %(name)s") % {"name": member.name}, kombel=kombel, back=back)


@require_POST
def member_remove(request, pk: int, member_pk: int):
    """Let a member leave."""
    kombel = door(request, pk, "manage")
    member = get_object_or_404(Member.objects.visible_to(request.actor), kombel=kombel, pk=member_pk)
    remove_member(actor=request.actor, member=member)
    messages.success(request, _("%(name)s tidak lagi menjadi anggota.") % {"name": member.name})
    return redirect("kombel:detail", pk=pk)


@require_http_methods(["GET", "POST"])
def cluster_add(request, pk: int):
    """Make a cluster inside a kombel of one school (KB-2)."""
    kombel = door(request, pk, "manage")
    if kombel.kind != Kombel.Kind.DALAM:
        raise Http404
    form = ClusterForm(request.POST or None, kombel=kombel)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        data = form.cleaned_data
        add_cluster(actor=request.actor, kombel=kombel, kind=data["kind"], name=data["name"])
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Klaster dibuat."))):
        return done
    lead = _("Biasanya tidak lebih dari 10 orang; 3 orang pun cukup.")
    return form_page(request, form, title=_("Tambah klaster"), lead=lead, kombel=kombel, back=back)


@require_http_methods(["GET", "POST"])
def leader_appoint(request, pk: int):
    """Appoint a penggerak; what KB-5 still lacks is said at once."""
    kombel, actor = door(request, pk, "appoint"), request.actor
    form = AppointForm(request.POST or None, actor=actor, kombel=kombel)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        leader = appoint_leader(actor=actor, kombel=kombel, **form.values())
        missing = [one.label for one in leader_findings(leader) if not one.met]
        messages.success(request, _("%(name)s menjadi penggerak.") % {"name": leader.name})
        if missing:
            messages.warning(request, _("Kriteria yang belum terpenuhi: %(list)s.") % {"list": "; ".join(missing)})
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act)):
        return done
    lead = _("Kepala sekolah menjadi penggerak, atau menunjuk guru yang disepakati warga sekolah.")
    texts = {"title": _("Tetapkan penggerak"), "lead": lead if kombel.school_id else "", "submit": _("Tetapkan")}
    nobody, may_invite = _nobody_there(form, kombel), gives_at_schools(actor)
    return form_page(request, form, kombel=kombel, back=back, nobody=nobody, may_invite=may_invite, **texts)


def _nobody_there(form: AppointForm, kombel: Kombel) -> str:
    """Where to invite the first person of a school that has no accounts yet, or an empty string."""
    if not kombel.school_id or form.fields["membership"].queryset.exists():
        return ""
    return f"{reverse('member_invite')}?npsn={kombel.school.npsn}"


@require_http_methods(["GET", "POST"])
def leader_end(request, pk: int, leader_pk: int):
    """End a penggerak's time."""
    kombel = door(request, pk, "appoint")
    rows = Leader.objects.visible_to(request.actor).filter(kombel=kombel, until=None).select_related("kombel")
    leader = get_object_or_404(rows, pk=leader_pk)
    form = EndForm(request.POST or None)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        end_leader(actor=request.actor, leader=leader, reason=form.cleaned_data["reason"])
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Tersimpan."))):
        return done
    title = _("Akhiri tugas %(name)s") % {"name": leader.name}
    return form_page(request, form, title=title, kombel=kombel, back=back, submit=_("Akhiri"), danger=True)
