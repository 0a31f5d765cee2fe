"""Reads across kombel tables; the wall holds the area, the policies who sees which part."""

from .area import AreaSummary, area_summary
from .detail import Detail, kombel_detail, reflection_of, region_name
from .findings import Finding, cluster_kinds, leader_findings, pmm_findings, schedule_findings
from .listing import Filters, Listing, kombel_rows, list_kombel
from .others import (
    ReflectionNote,
    count_silent,
    led_by,
    meetings_of,
    meetings_to_document,
    meetings_without_reflection,
    proposals_to_decide,
    reflections_between,
    silent_kombel,
)
from .rules import Rules, rules_on

__all__ = [
    "AreaSummary",
    "Detail",
    "Filters",
    "Finding",
    "Listing",
    "ReflectionNote",
    "Rules",
    "area_summary",
    "cluster_kinds",
    "count_silent",
    "kombel_detail",
    "kombel_rows",
    "leader_findings",
    "led_by",
    "list_kombel",
    "meetings_of",
    "meetings_to_document",
    "meetings_without_reflection",
    "pmm_findings",
    "proposals_to_decide",
    "reflection_of",
    "reflections_between",
    "region_name",
    "rules_on",
    "schedule_findings",
    "silent_kombel",
]
