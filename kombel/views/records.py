from urllib.parse import quote

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import date as date_text
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actors.posting import save_once

from ..forms import ContactForm, DutyForm, PmmForm, ScheduleForm
from ..models import ContactLog, DutyMark, Kombel, Leader, PmmCheck, Schedule
from ..selectors.findings import pmm_findings
from ..selectors.rules import rules_on
from ..services import add_schedule, declare_pmm, log_contact, mark_duty, remove_schedule
from .common import door, form_page


@require_http_methods(["GET", "POST"])
def schedule_add(request, pk: int):
    """Add a routine (KB-3, KB-4)."""
    kombel = door(request, pk, "manage")
    form = ScheduleForm(request.POST or None)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        add_schedule(actor=request.actor, kombel=kombel, **form.values())
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Jadwal tersimpan."))):
        return done
    lead = _(
        "Dalam sekolah: tiap minggu sedikitnya 1 jam, semua guru berkumpul tiap 1–2 bulan. Antar sekolah: tiap minggu."
    )
    return form_page(request, form, title=_("Tambah jadwal"), lead=lead, kombel=kombel, back=back)


@require_POST
def schedule_remove(request, pk: int, schedule_pk: int):
    """Drop a routine."""
    kombel = door(request, pk, "manage")
    schedule = get_object_or_404(Schedule.objects.visible_to(request.actor), kombel=kombel, pk=schedule_pk)
    remove_schedule(actor=request.actor, schedule=schedule)
    messages.success(request, _("Jadwal dihapus."))
    return redirect("kombel:detail", pk=pk)


@require_http_methods(["GET", "POST"])
def pmm(request, pk: int):
    """Declare what registering in PMM asks for; each criterion says why it is met or not (KB-6)."""
    kombel, actor = door(request, pk, "manage"), request.actor
    found = PmmCheck.objects.visible_to(actor).filter(kombel=kombel).first()
    names = ("account", "uses_pmm", "trainings", "manages", "committed", "registered_on", "version")
    form = PmmForm(request.POST or None, initial={name: getattr(found, name) for name in names} if found else None)

    def act() -> str:
        declare_pmm(actor=actor, kombel=kombel, **form.cleaned_data)
        return request.path

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Tersimpan."))):
        return done
    return form_page(
        request,
        form,
        "kombel/pmm.html",
        kombel=kombel,
        findings=pmm_findings(found, rules_on(actor.today())),
        back=reverse("kombel:detail", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def duty(request, pk: int, letter: str):
    """Note evidence for one of the ten duties (KB-8)."""
    kombel = door(request, pk, "manage")
    if letter not in DutyMark.Duty.values:
        raise Http404
    form = DutyForm(request.POST or None)
    back = reverse("kombel:detail", args=[pk])

    def act() -> str:
        mark_duty(actor=request.actor, kombel=kombel, duty=letter, evidence=form.cleaned_data["evidence"])
        return back

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Tersimpan."))):
        return done
    return form_page(request, form, title=str(DutyMark.Duty(letter).label), kombel=kombel, back=back)


@require_http_methods(["GET", "POST"])
def contact(request, pk: int):
    """Ask after a silent kombel: a ready text, a link to WhatsApp, and what came of it."""
    kombel, actor = door(request, pk, "contact"), request.actor
    form = ContactForm(request.POST or None)

    def act() -> str:
        log_contact(actor=actor, kombel=kombel, **form.values())
        return reverse("kombel:detail", args=[pk])

    if request.method == "POST" and form.is_valid() and (done := save_once(request, form, act, _("Hasil tercatat."))):
        return done
    text = contact_text(kombel, actor)
    leaders = Leader.objects.visible_to(actor).filter(kombel=kombel, until=None)
    return form_page(
        request,
        form,
        "kombel/contact.html",
        kombel=kombel,
        text=text,
        people=[(one.name, one.whatsapp, whatsapp_link(one.whatsapp, text)) for one in leaders],
        link=whatsapp_link("", text),
        contacts=ContactLog.objects.visible_to(actor).filter(kombel=kombel).select_related("by")[:20],
        back=reverse("kombel:detail", args=[pk]),
    )


@translation.override("id")
def contact_text(kombel: Kombel, actor) -> str:
    """A friendly text that says who asks, what was seen, and how the kombel becomes active again.

    In Indonesian whatever the sender reads: it is for the penggerak.
    """
    days = kombel.quiet_days(actor.today())
    if kombel.last_meeting:
        seen = _("Pertemuan terakhir yang tercatat: %(day)s (%(days)d hari lalu).") % {
            "day": date_text(kombel.last_meeting, "j F Y"),
            "days": days,
        }
    else:
        seen = _("Belum ada pertemuan yang tercatat sejak terdaftar %(days)d hari lalu.") % {"days": days}
    return " ".join(
        (
            _("Salam, Bapak/Ibu penggerak %(name)s.") % {"name": kombel.name},
            _("Kami dari %(office)s.") % {"office": actor.acting.place},
            seen,
            _("Apakah komunitas masih berjalan? Adakah kendala yang bisa kami bantu?"),
            _("Bila sudah bertemu, mohon catat pertemuannya di Portal IKM. Terima kasih."),
        )
    )


def whatsapp_link(number: str, text: str) -> str:
    """A wa.me address that opens WhatsApp with the text; nothing is sent from here."""
    digits = "".join(character for character in number if character.isdigit())
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    return f"https://wa.me/{digits}?text={quote(text)}"
