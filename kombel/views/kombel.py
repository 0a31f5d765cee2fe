from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.actors.errors import NotAllowed
from coordination.actors.models import Role
from coordination.actors.posting import save_once
from coordination.actors.selectors.members import school_by_npsn

from ..forms import ChangeForm, EndForm, RegisterForm
from ..models import Kombel
from ..policies import KombelPolicy
from ..policies.kombel import OFFICES, PROPOSERS
from ..selectors.detail import kombel_detail
from ..selectors.rules import rules_on
from ..services import approve_kombel, change_kombel, close_kombel, register_kombel, reopen_kombel
from .common import door, form_page

ACTIONS = ("manage", "decide", "appoint", "document", "contact")


@require_safe
def kombel_page(request, pk: int):
    """One kombel: who, when, what the rules say and why, its ten duties, its standing in PMM."""
    kombel, actor = door(request, pk), request.actor
    rules = rules_on(actor.today())
    context = {
        "detail": kombel_detail(actor, kombel, rules),
        "today": actor.today(),
        "may": {action: KombelPolicy.may(actor, action, kombel) for action in ACTIONS},
        "until": kombel.active_until(rules.silent_days),
        "is_mitra": actor.role == Role.MITRA_STAFF,
    }
    return render(request, "kombel/detail.html", context)


@require_http_methods(["GET", "POST"])
def kombel_new(request):
    """Register or propose a kombel."""
    actor = request.actor
    if actor.role not in (*OFFICES, *PROPOSERS, Role.KEPSEK):
        raise NotAllowed(ask=_("kepala sekolah atau Dinas"))
    # Whoever comes from a school's page has said already where the kombel is.
    school = school_by_npsn(actor, request.GET.get("npsn", "")) if actor.role in OFFICES else None
    form = RegisterForm(request.POST or None, actor=actor, school=school)

    def act() -> str:
        kombel = register_kombel(actor=actor, **form.values())
        messages.success(request, _registered(kombel))
        return reverse("kombel:detail", args=[kombel.pk])

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act)):
        return done
    proposing = actor.role in PROPOSERS
    return form_page(
        request,
        form,
        title=_("Usulkan komunitas") if proposing else _("Daftarkan komunitas"),
        lead=_("Kepala sekolah menyetujuinya setelah Anda usulkan.") if proposing else school,
        submit=_("Usulkan") if proposing else _("Daftarkan"),
        back=reverse("kombel:list"),
    )


def _registered(kombel: Kombel) -> str:
    return _("Komunitas diusulkan.") if kombel.state == Kombel.State.DRAFT else _("Komunitas terdaftar.")


@require_http_methods(["GET", "POST"])
def kombel_change(request, pk: int):
    """Change the name and the programme."""
    kombel = door(request, pk, "manage")
    initial = {"name": kombel.name, "programme": kombel.programme, "version": kombel.version}
    form = ChangeForm(request.POST or None, initial=initial)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        change_kombel(actor=request.actor, kombel=kombel, **form.cleaned_data)
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Tersimpan."))):
        return done
    return form_page(request, form, title=_("Ubah komunitas"), kombel=kombel, back=back)


@require_POST
def kombel_decide(request, pk: int, decision: str):
    """Agree to a proposal, or make a closed kombel active again."""
    services = {"setujui": approve_kombel, "aktifkan": reopen_kombel}
    if decision not in services:
        raise Http404
    services[decision](actor=request.actor, kombel=door(request, pk, "decide"))
    messages.success(request, _("Komunitas sekarang aktif."))
    return redirect("kombel:detail", pk=pk)


@require_http_methods(["GET", "POST"])
def kombel_close(request, pk: int):
    """Decline a proposal, or say that a kombel is no longer active."""
    kombel = door(request, pk, "decide")
    form = EndForm(request.POST or None)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        close_kombel(actor=request.actor, kombel=kombel, reason=form.cleaned_data["reason"])
        return back

    said = _("Komunitas dicatat tidak aktif.")
    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, said)):
        return done
    draft = kombel.state == Kombel.State.DRAFT
    title = _("Tolak usulan") if draft else _("Catat tidak aktif")
    return form_page(request, form, title=title, kombel=kombel, back=back, submit=title, danger=True)
