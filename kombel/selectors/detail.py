"""Everything the page of one kombel shows, each part asked for once."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from coordination.actors.actor import Actor
from coordination.actors.models import Wilayah

from ..models import (
    Cluster,
    ContactLog,
    DutyMark,
    Kombel,
    Leader,
    Meeting,
    MeetingReflection,
    Member,
    PmmCheck,
    Schedule,
)
from .findings import (
    Finding,
    Records,
    cluster_findings,
    duty_findings,
    leader_findings,
    pmm_findings,
    schedule_findings,
)
from .rules import Rules

MEETINGS = 60
"""Meetings the findings look at: more than a year of weekly ones, so a page never grows without end."""


@dataclass(slots=True)
class Detail:
    """One kombel with its parts and what the rules say about it."""

    kombel: Kombel
    region: str
    quiet_days: int
    is_silent: bool
    leaders: list[tuple[Leader, list[Finding]]] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    clusters: list[Finding] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    contacts: list[ContactLog] = field(default_factory=list)
    pmm: PmmCheck | None = None
    pmm_rules: list[Finding] = field(default_factory=list)
    schedule_rules: list[Finding] = field(default_factory=list)
    duties: list[Finding] = field(default_factory=list)

    @property
    def duties_met(self) -> int:
        return sum(one.met for one in self.duties)


def kombel_detail(actor: Actor, kombel: Kombel, rules: Rules) -> Detail:
    """Load a kombel's parts that the actor may see and ask the rules about them."""
    today = actor.today()
    quiet = kombel.quiet_days(today)
    detail = Detail(
        kombel, region_name(kombel), quiet, kombel.state == Kombel.State.AKTIF and quiet > rules.silent_days
    )
    leaders = Leader.objects.visible_to(actor).filter(kombel=kombel, until=None)
    detail.leaders = [(one, leader_findings(_with(one, kombel))) for one in leaders]
    detail.members = list(
        Member.objects.visible_to(actor).filter(kombel=kombel, left_on=None).select_related("cluster")
    )
    detail.clusters = cluster_findings(kombel, cluster_sizes(actor, kombel), rules)
    detail.schedules = list(Schedule.objects.visible_to(actor).filter(kombel=kombel))
    detail.meetings = list(
        Meeting.objects.visible_to(actor)
        .filter(kombel=kombel)
        .exclude(state=Meeting.State.CANCELLED)
        .select_related("reflection")[:MEETINGS]
    )
    detail.contacts = list(ContactLog.objects.visible_to(actor).filter(kombel=kombel).select_related("by")[:10])
    detail.pmm = PmmCheck.objects.visible_to(actor).filter(kombel=kombel).first()
    detail.pmm_rules = pmm_findings(detail.pmm, rules)
    detail.schedule_rules = schedule_findings(kombel, detail.schedules, detail.meetings, rules, today)
    detail.duties = duty_findings(_records(actor, detail), rules)
    return detail


def _with(leader: Leader, kombel: Kombel) -> Leader:
    leader.kombel = kombel
    return leader


def _records(actor: Actor, detail: Detail) -> Records:
    written = [one.reflection for one in detail.meetings if hasattr(one, "reflection")]
    marks = DutyMark.objects.visible_to(actor).filter(kombel=detail.kombel)
    return Records(
        kombel=detail.kombel,
        schedules=detail.schedules,
        meetings=detail.meetings,
        duties_held={one.duty for one in detail.members},
        reflected=len(written),
        next_steps=sum(bool(one.next_step) for one in written),
        pmm=detail.pmm,
        marks={one.duty: one for one in marks},
        today=actor.today(),
    )


def cluster_sizes(actor: Actor, kombel: Kombel) -> list[tuple[str, int]]:
    """Names of a kombel's clusters with how many belong to each now."""
    rows = Cluster.objects.visible_to(actor).filter(kombel=kombel)
    counted = rows.annotate(size=Count("member_rows", filter=Q(member_rows__left_on=None)))
    return list(counted.values_list("name", "size"))


def region_name(kombel: Kombel) -> str:
    """The kombel's kecamatan, kab/kota and province in words, narrowest first."""
    codes = [kombel.kecamatan, kombel.kabkota, kombel.provinsi]
    names = dict(Wilayah.objects.filter(code__in=codes).values_list("code", "name"))
    return ", ".join(names[code] for code in codes if code in names)


def reflection_of(actor: Actor, meeting: Meeting) -> MeetingReflection | None:
    return MeetingReflection.objects.visible_to(actor).filter(meeting=meeting).first()
