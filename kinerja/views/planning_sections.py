from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actors.actor import ActorRequest
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.posting import form_page, tried
from coordination.actors.zones import local_time

from ..forms.planning import FORMS, SectionForm, ValueForm
from ..models import Plan, Section, SectionCode
from ..rules.content import quantities
from ..rules.pack import Value
from ..rules.points import points_of, sentence, words
from ..selectors.drafts import draft_of
from ..selectors.planning import notes_of
from ..selectors.rapor import grouped, latest_colours
from ..selectors.wording import Line, lines_of
from ..services.drafting import mark_of, write_value
from ..services.plans import write_section
from .planning import own

PERILAKU = SectionCode.PERILAKU


@require_http_methods(["GET", "POST"])
def section(request: ActorRequest, pk: int, section: str) -> HttpResponse:
    """One part of the draft; the values have a list here and a page each."""
    plan = own(request, pk)
    held = draft_of(plan)[section]
    if section == PERILAKU:
        return _values_page(request, plan, held)
    if request.method == "GET":
        return _section_page(request, plan, held, FORMS[section](plan=plan, section=held))
    form = FORMS[section](request.POST, plan=plan, section=held)
    if not form.is_valid():
        return _section_page(request, plan, held, form)
    try:
        saved = tried(form, lambda: _write(request, plan, section, form))
    except Conflict as conflict:
        address = reverse("kinerja:section", args=[plan.pk, section])
        return _conflict_page(request, plan, conflict, section, address, held.version)
    return _on(request, plan, section) if saved is not None else _section_page(request, plan, held, form)


def _write(request: ActorRequest, plan: Plan, code: str, form: SectionForm) -> Section:
    return write_section(
        actor=request.actor, plan=plan, code=code, content=form.content, version=form.cleaned_data["version"]
    )


def _on(request: ActorRequest, plan: Plan, code: str) -> HttpResponse:
    """Where the pressed button leads."""
    wish = request.POST.get("aksi")
    if wish == "hitung":
        return redirect(reverse("kinerja:section", args=[plan.pk, code]) + "#poin")
    messages.success(request, _("Tersimpan."))
    if wish != "lanjut":
        return redirect("kinerja:section", plan.pk, code)
    codes = SectionCode.values
    following = codes[codes.index(code) + 1]
    return redirect("kinerja:section", plan.pk, following)


def _section_page(request: ActorRequest, plan: Plan, held: Section, form: SectionForm) -> HttpResponse:
    context = _common(request, plan, held) | {"form": form}
    if held.code == SectionCode.PRAKTIK:
        year, colours = latest_colours(request.actor, plan.school_id)
        context |= {"groups": grouped(plan.rules.indicators, colours), "colours": colours, "year": year}
    elif held.code == SectionCode.KOMPETENSI:
        chosen = quantities(held.content)
        total, limits = points_of(plan.rules, chosen), plan.rules.limits
        context |= {"total": total, "limits": limits, "sentence": sentence(plan.rules, chosen), "words": words()}
        context["short"] = limits is not None and total < limits.least
    template = f"kinerja/planning/{held.code}.html" if context["may_edit"] else "kinerja/planning/locked.html"
    return form_page(request, template, context)


def _common(request: ActorRequest, plan: Plan, held: Section) -> dict[str, Any]:
    code = SectionCode(held.code)
    saved = local_time(held.updated_at, request.actor.acting.zone) if held.version else ""
    return {
        "plan": plan,
        "section": held,
        "title": code.label,
        "number": SectionCode.values.index(code) + 1,
        "note": notes_of(plan).get(code, ""),
        "may_edit": plan.is_open(code),
        "lines": list(lines_of(plan.rules, code, held.content).values()),
        "saved": saved,
        "draft_key": f"rencana-{plan.pk}-{code}",
    }


def _values_page(request: ActorRequest, plan: Plan, held: Section) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    given = held.content.get("values", {})
    rows = [(one, given.get(one.code, {})) for one in plan.rules.values]
    return render(request, "kinerja/planning/perilaku.html", _common(request, plan, held) | {"rows": rows})


@require_POST
def draft(request: ActorRequest, pk: int, section: str) -> JsonResponse:
    """Keep a part while it is being written; answers the new version and the time."""
    plan = own(request, pk)
    if section not in FORMS:
        raise Http404
    form = FORMS[section](request.POST, plan=plan, section=draft_of(plan)[section])
    return _kept(request, form, lambda: _write(request, plan, section, form).version)


def _kept(request: ActorRequest, form: BaseForm, write: Callable[[], int | str]) -> JsonResponse:
    """Write what is right so far; answers the new version and the time, or why nothing was written."""
    if not form.is_valid():
        return JsonResponse({"detail": _("Ada isian yang belum benar."), "errors": form.errors}, status=400)
    try:
        version = write()
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=409)
    now = local_time(timezone.now(), request.actor.acting.zone)
    return JsonResponse({"version": version, "saved": now.rpartition(", ")[2]})


@require_http_methods(["GET", "POST"])
def value(request: ActorRequest, pk: int, value: str) -> HttpResponse:
    """One of the seven values: what one will do, and how it will be seen."""
    plan = own(request, pk)
    one, held, stored = _value_of(plan, value)
    if request.method == "GET":
        return _value_page(request, plan, one, held, ValueForm(value=one, stored=stored))
    form = ValueForm(request.POST, value=one, stored=stored)
    if not form.is_valid():
        return _value_page(request, plan, one, held, form)
    try:
        saved = tried(form, lambda: _write_value(request, plan, one, form))
    except Conflict as conflict:
        address = reverse("kinerja:value", args=[plan.pk, one.code])
        return _conflict_page(request, plan, conflict, PERILAKU, address, mark_of(stored))
    if saved is None:
        return _value_page(request, plan, one, held, form)
    messages.success(request, _("Tersimpan."))
    return redirect(_beside(plan, one)[1] if request.POST.get("aksi") == "lanjut" else request.path)


def _value_of(plan: Plan, code: str) -> tuple[Value, Section, dict[str, Any]]:
    one = next((found for found in plan.rules.values if found.code == code), None)
    if one is None:
        raise Http404
    held = draft_of(plan)[PERILAKU]
    return one, held, held.content.get("values", {}).get(one.code, {})


def _write_value(request: ActorRequest, plan: Plan, one: Value, form: ValueForm) -> Section:
    mark = form.cleaned_data["version"]
    return write_value(actor=request.actor, plan=plan, value=one.code, given=form.given, mark=mark)


def _beside(plan: Plan, one: Value) -> tuple[str, str]:
    """The pages before and after a value: at the ends the list and the summary."""
    pages = [reverse("kinerja:value", args=[plan.pk, found.code]) for found in plan.rules.values]
    pages = [reverse("kinerja:section", args=[plan.pk, PERILAKU]), *pages, reverse("kinerja:summary", args=[plan.pk])]
    at = pages.index(reverse("kinerja:value", args=[plan.pk, one.code]))
    return pages[at - 1], pages[at + 1]


def _value_page(request: ActorRequest, plan: Plan, one: Value, held: Section, form: ValueForm) -> HttpResponse:
    before, after = _beside(plan, one)
    common = _common(request, plan, held)
    context = common | {
        "form": form,
        "value": one,
        "place": [found.code for found in plan.rules.values].index(one.code) + 1,
        "before": before,
        "after": after,
        "draft_key": f"rencana-{plan.pk}-perilaku-{one.code}",
        "lines": [line for line in common["lines"] if line.label == one.name],
    }
    template = "kinerja/planning/value.html" if context["may_edit"] else "kinerja/planning/locked.html"
    return form_page(request, template, context)


@require_POST
def value_draft(request: ActorRequest, pk: int, value: str) -> JsonResponse:
    """Keep a value while it is being written; the version it answers is the mark of what is stored."""
    plan = own(request, pk)
    one, _held, stored = _value_of(plan, value)
    form = ValueForm(request.POST, value=one, stored=stored)

    def write() -> str:
        return mark_of(_write_value(request, plan, one, form).content["values"][one.code])

    return _kept(request, form, write)


def _conflict_page(
    request: ActorRequest, plan: Plan, conflict: Conflict, code: str, address: str, version: int | str
) -> HttpResponse:
    """Both texts side by side; the own one can be sent again over the newer version."""
    sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    context = {
        "plan": plan,
        "conflict": conflict,
        "title": SectionCode(code).label,
        "mine": _lines(plan, code, conflict.mine),
        "theirs": _lines(plan, code, conflict.theirs),
        "kept": [pair for pair in sent if pair[0] not in {"csrfmiddlewaretoken", "version", "aksi"}],
        "address": address,
        "version": version,
    }
    return render(request, "kinerja/planning/conflict.html", context, status=409)


def _lines(plan: Plan, code: str, content: Mapping[str, Any] | None) -> list[Line]:
    return list(lines_of(plan.rules, code, content or {}).values())
