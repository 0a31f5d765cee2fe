"""Follow-up plans: the list of an area, one plan, its activities (RF-5)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.errors import Refusal
from coordination.actors.posting import PER_PAGE, form_page, once, tried

from ..forms.communities import PlanFilter, ProgressForm, ReasonForm, RtlItemForm
from ..models import Rtl, RtlItem
from ..policies import RtlPolicy
from ..selectors.follow_up import plans
from ..services.rtl import add_rtl_item, change_rtl_item, record_progress, remove_rtl_item, reopen_rtl, send_rtl


@require_GET
def followups(request):
    """The follow-up plans the actor sees: a penggerak's own, a Dinas' area, a UPT's sessions."""
    found = PlanFilter(request.GET)
    rows = plans(request.actor, **found.wanted())
    context = {
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": found,
        "today": request.actor.today(),
    }
    return render(request, "reflection/rtl/list.html", context)


def _plan(request, pk: int) -> Rtl:
    rows = Rtl.objects.visible_to(request.actor).select_related("undangan__kombel", "undangan__upt", "sent_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def rtl_detail(request, pk: int):
    """One plan; a POST adds an activity to its draft."""
    rtl, actor = _plan(request, pk), request.actor
    form = RtlItemForm(request.POST or None)
    if request.method == "POST":
        RtlPolicy.require(actor, "write", rtl)
        if form.is_valid():

            def make() -> str:
                item = add_rtl_item(actor=actor, rtl=rtl, **form.values())
                return reverse("reflection:rtl", args=[pk]) + f"#k-{item.pk}"

            url = tried(form, lambda: once(actor, form.cleaned_data["token"], make))
            if url:
                messages.success(request, _("Kegiatan ditambahkan."))
                return redirect(url)
    context = {
        "rtl": rtl,
        "form": form,
        "items": RtlItem.objects.filter(rtl=rtl),
        "may_write": RtlPolicy.may(actor, "write", rtl),
        "today": actor.today(),
    }
    return form_page(request, "reflection/rtl/detail.html", context)


@require_POST
def rtl_send(request, pk: int):
    """Send the plan to the UPT."""
    rtl = _plan(request, pk)
    send_rtl(actor=request.actor, rtl=rtl)
    messages.success(request, _("RTL terkirim ke %(upt)s.") % {"upt": rtl.undangan.upt_name})
    return redirect("reflection:rtl", pk=pk)


@require_POST
def rtl_reopen(request, pk: int):
    """Open a sent plan to mend it."""
    rtl = _plan(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Alasan wajib diisi."), mend=_("Tuliskan alasannya dalam satu kalimat."))
    reopen_rtl(actor=request.actor, rtl=rtl, reason=form.cleaned_data["reason"])
    messages.success(request, _("RTL dibuka lagi. Kirim kembali setelah diperbaiki."))
    return redirect("reflection:rtl", pk=pk)


def _item(request, pk: int) -> RtlItem:
    rows = RtlItem.objects.visible_to(request.actor).select_related("rtl__undangan__kombel")
    item = get_object_or_404(rows, pk=pk)
    RtlPolicy.require(request.actor, "write", item.rtl)
    return item


@require_http_methods(["GET", "POST"])
def rtl_item(request, pk: int):
    """Correct an activity of a draft."""
    item = _item(request, pk)
    form = RtlItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        change = {"version": form.cleaned_data["version"] or 0, **form.values()}
        done = tried(form, lambda: change_rtl_item(actor=request.actor, item=item, **change))
        if done:
            return redirect(reverse("reflection:rtl", args=[item.rtl_id]) + f"#k-{item.pk}")
    return form_page(request, "reflection/rtl/item.html", {"form": form, "item": item, "rtl": item.rtl})


@require_POST
def rtl_item_remove(request, pk: int):
    """Take an activity out of a draft."""
    item = _item(request, pk)
    remove_rtl_item(actor=request.actor, item=item)
    messages.success(request, _("Kegiatan dihapus."))
    return redirect("reflection:rtl", pk=item.rtl_id)


@require_http_methods(["GET", "POST"])
def rtl_progress(request, pk: int):
    """Say how far an activity is."""
    item = _item(request, pk)
    form = ProgressForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        change = {"version": form.cleaned_data["version"], **form.values()}
        done = tried(form, lambda: record_progress(actor=request.actor, item=item, **change))
        if done:
            messages.success(request, _("Kemajuan tersimpan."))
            return redirect(reverse("reflection:rtl", args=[item.rtl_id]) + f"#k-{item.pk}")
    return form_page(request, "reflection/rtl/progress.html", {"form": form, "item": item, "rtl": item.rtl})
