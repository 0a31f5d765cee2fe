from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.actor import ActorRequest
from coordination.actors.errors import NotAllowed
from coordination.actors.models import Role
from coordination.actors.posting import form_page

from . import selectors
from .forms import PreferenceForm, ReminderFilter, SettleForm, TroubleFilter
from .kinds import all_kinds
from .models import Channel, Notice
from .policies import ReminderPolicy
from .services import mark_all_read, mark_read, retry_notice, save_preference, settle_notice

PAGE = 20


@require_GET
def notice_list(request: ActorRequest) -> HttpResponse:
    """The reader's notices, newest first; `?baru=1` shows the unread ones alone."""
    rows = selectors.inbox(actor=request.actor)
    only_new = request.GET.get("baru") == "1"
    if only_new:
        rows = rows.filter(read_at=None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "only_new": only_new,
        "unread": selectors.unread_count(actor=request.actor),
        "sees_reminders": request.actor.role in ReminderPolicy.READERS,
        "sees_troubles": request.actor.role == Role.PUSAT_ADMIN,
    }
    return render(request, "notices/list.html", context)


@require_POST
def open_notice(request: ActorRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    rows = Notice.objects.visible_to(request.actor).filter(channel=Channel.APP, user=request.user)
    notice = mark_read(actor=request.actor, notice=get_object_or_404(rows, pk=pk))
    return redirect(notice.url if notice.url and "open" in request.POST else "notices:list")


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    count = mark_all_read(actor=request.actor)
    messages.success(request, _("%(count)s pemberitahuan ditandai sudah dibaca.") % {"count": count})
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest) -> HttpResponse:
    """Which kinds also come by e-mail, and in which language."""
    kept = selectors.preference_of(actor=request.actor)
    mail_on = [kind.code for kind in all_kinds() if kind.mail and kind.code not in kept.mail_off]
    form = PreferenceForm(request.POST or None, initial={"language": kept.language, "mail_on": mail_on})
    if request.method == "POST" and form.is_valid():
        save_preference(actor=request.actor, language=form.cleaned_data["language"], mail_off=form.mail_off)
        messages.success(request, _("Pengaturan pemberitahuan tersimpan."))
        return redirect("notices:settings")
    return form_page(request, "notices/settings.html", {"form": form})


@require_GET
def reminder_list(request: ActorRequest) -> HttpResponse:
    """Which reminders went out in the reader's area, and which were skipped and why (RF-9)."""
    if request.actor.role not in ReminderPolicy.READERS:
        raise NotAllowed
    form = ReminderFilter(request.GET)
    rows = selectors.reminders(actor=request.actor)
    if form.is_valid() and form.cleaned_data["outcome"]:
        rows = rows.filter(outcome=form.cleaned_data["outcome"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/reminders.html", {"page_obj": page, "form": form})


@require_GET
def trouble_list(request: ActorRequest) -> HttpResponse:
    """E-mails that failed or may not have arrived, for Pusat's admins to decide."""
    if request.actor.role != Role.PUSAT_ADMIN:
        raise NotAllowed
    form = TroubleFilter(request.GET)
    rows = selectors.troubled(actor=request.actor)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/troubles.html", {"page_obj": page, "form": form})


@require_POST
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Send one of them again, or close it."""
    if request.actor.role != Role.PUSAT_ADMIN:
        raise NotAllowed
    notice = get_object_or_404(selectors.troubled(actor=request.actor), pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih salah satu: kirim ulang, sudah diterima, atau tidak perlu lagi."))
    elif form.cleaned_data["verdict"] == "retry":
        retry_notice(actor=request.actor, notice=notice)
        messages.success(request, _("Surel akan dikirim ulang."))
    else:
        arrived = form.cleaned_data["verdict"] == "arrived"
        settle_notice(actor=request.actor, notice=notice, arrived=arrived, reason=form.cleaned_data["reason"])
        messages.success(request, _("Surel diselesaikan tanpa dikirim ulang."))
    return redirect("notices:troubles")
