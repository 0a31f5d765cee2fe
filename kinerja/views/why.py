from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..gates import explain, label_of, section_blocks
from ..gates.base import RIGHTS
from ..models import SectionCode
from .common import door


@require_safe
def why(request, pk: int, action: str):
    """Why can't I? The rules that lock a step, what they looked at, and who can change that."""
    if action not in RIGHTS:
        raise Http404
    plan = door(request, pk)
    found, step = explain(action, plan, request.actor), label_of(action)
    return _page(request, plan, step, [(one, _link(plan, one)) for one in found])


@require_safe
def why_section(request, pk: int, section: str):
    """Why can't I write this part of my plan?"""
    if section not in SectionCode.values:
        raise Http404
    plan = door(request, pk, "write")
    return _page(request, plan, str(SectionCode(section).label), [(one, "") for one in section_blocks(plan, section)])


def _page(request, plan, step: str, found: list):
    return render(request, "kinerja/why.html", {"plan": plan, "step": step, "blocks": found})


def _link(plan, block) -> str:
    """Where the reader mends it: a section of the plan, or the address a gate gave."""
    return reverse("kinerja:section", args=[plan.pk, block.url]) if block.url in SectionCode.values else block.url
