"""Where a principal (or, for principals, a Dinas) rates: the list, one plan, its draft, an objection's answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.actors.errors import Refusal
from coordination.actors.models import Role
from coordination.actors.posting import PER_PAGE, form_page, save_once

from ..forms.assessment import AnswerForm, RatingForm
from ..gates import blocks
from ..models import Assessment, Level, Plan
from ..policies.plans import DECIDERS_OF_PRINCIPALS
from ..rules.rating import suggestions
from ..selectors.assessments import (
    Done,
    assessment_for,
    bare_of,
    done_of,
    marks_of,
    objection_until,
    subjects_for,
    zone_of,
)
from ..selectors.rating_page import parts_of
from ..selectors.rating_queue import KINDS, counts_of, in_order, lines_of, of_kind, plans_to_rate
from ..services.assessments import answer_objection, rate_plan, save_rating_draft
from .common import door
from .tables import predicate_rows


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Whom the actor rates: objections first, then who is ready, who is locked and why, who is rated."""
    actor = request.actor
    if actor.role not in (Role.KEPSEK, *DECIDERS_OF_PRINCIPALS):
        raise PermissionDenied
    rows, kind = plans_to_rate(actor), request.GET.get("lihat", "")
    counts = counts_of(rows)
    if kind in KINDS:
        rows = of_kind(rows, kind)
    paginator = Paginator(in_order(rows), PER_PAGE)
    paginator.count = counts[kind] if kind in KINDS else sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": lines_of(actor, list(page)),
        "counts": [(name, LABELS[name], counts[name]) for name in KINDS],
        "chosen": kind,
        "everything": sum(counts.values()),
        "of_principals": actor.role != Role.KEPSEK,
    }
    return render(request, "kinerja/assessment/list.html", context)


class _Kinds(dict):
    """The names of the kinds, translated when they are asked for."""

    def __missing__(self, name: str) -> str:
        return {
            "keberatan": _("Keberatan"),
            "siap": _("Siap dinilai"),
            "terkunci": _("Belum bisa dinilai"),
            "dinilai": _("Sudah dinilai"),
            "selesai": _("Selesai"),
        }[name]


LABELS = _Kinds()


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate one plan: evidence beside each RHK, level and reason, predicate by the table."""
    plan = door(request, pk, "rate")
    done, assessment = done_of([plan])[plan.pk], assessment_for(request.actor, plan)
    if plan.state in Plan.RATED:
        return _rated_page(request, plan, done, assessment, _answer_form(request, plan, done, assessment, None))
    locks = blocks("rate", plan, request.actor)
    marks, subjects = marks_of(assessment), subjects_for(plan, done)
    data = request.POST if request.method == "POST" else None
    whole = plan.state == Plan.State.DISETUJUI and not _is_draft(request)
    bare = bare_of(plan, done) if whole else None
    form = RatingForm(data, subjects=subjects, marks=marks, assessment=assessment, bare=bare)
    if data is not None and form.is_valid() and (answer := _rate(request, plan, form)):
        return answer
    if form.is_bound and hasattr(form, "cleaned_data"):
        marks = form.given.marks
    context = _context(request, plan, done, marks) | {
        "form": form,
        "locks": locks,
        "saved": _saved_at(plan, assessment),
        "draft_key": f"penilaian-{plan.pk}",
        "suggested": {side: Level(one).label if one else "" for side, one in suggestions(subjects, marks).items()},
    }
    _with_fields(context["parts"], form, context)
    return form_page(request, "kinerja/assessment/assess.html", context)


def _is_draft(request: HttpRequest) -> bool:
    return request.POST.get("aksi") == "draf"


def _rate(request: HttpRequest, plan: Plan, form: RatingForm) -> HttpResponse | None:
    version, given, actor = form.cleaned_data["version"], form.given, request.actor
    here = reverse("kinerja:assess", args=[plan.pk])

    def keep() -> str:
        save_rating_draft(actor=actor, plan=plan, given=given, version=version)
        return here

    def rate() -> str:
        rate_plan(actor=actor, plan=plan, given=given, version=version)
        return here

    if _is_draft(request):
        return save_once(request, form, keep, _("Draf tersimpan. Hanya penilai yang membacanya."))
    return save_once(request, form, rate, _("Penilaian tersimpan. Pemilik rencana bisa memberi tanggapan."))


@require_POST
def assess_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a rating while it is being written; answers the new version and the time."""
    plan = door(request, pk, "rate")
    done = done_of([plan])[plan.pk]
    form = RatingForm(request.POST, subjects=subjects_for(plan, done), marks={})
    if not form.is_valid():
        return JsonResponse({"detail": _("Ada isian yang terlalu panjang."), "errors": form.errors}, status=400)
    try:
        version = form.cleaned_data["version"]
        saved = save_rating_draft(actor=request.actor, plan=plan, given=form.given, version=version)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=409)
    return JsonResponse({"version": saved.version, "saved": _clock(plan, timezone.now())})


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection: the rating stands or the revised one takes its place."""
    plan = door(request, pk, "rate")
    done, assessment = done_of([plan])[plan.pk], assessment_for(request.actor, plan)
    form = _answer_form(request, plan, done, assessment, request.POST)

    def act() -> str:
        given = form.given if form.is_revised else None
        answer_objection(actor=request.actor, plan=plan, answer=form.cleaned_data["answer"], given=given)
        return reverse("kinerja:assess", args=[plan.pk])

    if form.is_valid() and (
        found := save_once(request, form, act, _("Jawaban tersimpan. Pemilik rencana diberi tahu."))
    ):
        return found
    return _rated_page(request, plan, done, assessment, form)


def _answer_form(request: HttpRequest, plan: Plan, done: Done, assessment: Assessment | None, data: Any) -> AnswerForm:
    bare = bare_of(plan, done) if plan.state == Plan.State.KEBERATAN else None
    subjects, marks = subjects_for(plan, done), marks_of(assessment)
    return AnswerForm(data, subjects=subjects, marks=marks, assessment=assessment, bare=bare)


def _rated_page(
    request: HttpRequest, plan: Plan, done: Done, assessment: Assessment | None, form: AnswerForm
) -> HttpResponse:
    """What was rated, what the owner says of it, and the answer to an objection."""
    before = (assessment.before or {}).get("ratings") if assessment else None
    context = _context(request, plan, done, marks_of(assessment), before) | {
        "assessment": assessment,
        "form": form,
        "objected": plan.state == Plan.State.KEBERATAN,
    }
    _with_fields(context["parts"], form, context)
    return form_page(request, "kinerja/assessment/rated.html", context)


def _context(request: HttpRequest, plan: Plan, done: Done, marks: Any, before: Any = None) -> dict[str, Any]:
    return {
        "plan": plan,
        "done": done,
        "parts": parts_of(plan, done, marks, before),
        "table": predicate_rows(plan.rules),
        "until": objection_until(plan),
    }


def _with_fields(parts: list, form: RatingForm, context: dict[str, Any]) -> None:
    """Each part beside its two fields, the two sides apart."""
    pairs = [(one, form[f"level_{one.subject.field}"], form[f"reason_{one.subject.field}"]) for one in parts]
    context["hasil_parts"] = [pair for pair in pairs if pair[0].subject.side == "hasil"]
    context["perilaku_parts"] = [pair for pair in pairs if pair[0].subject.side == "perilaku"]


def _saved_at(plan: Plan, assessment: Assessment | None) -> str:
    return _clock(plan, assessment.updated_at) if assessment else ""


def _clock(plan: Plan, moment: Any) -> str:
    return f"{moment.astimezone(zone_of(plan.path)):%H.%M}"
