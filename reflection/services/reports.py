"""Writing the draft of a report."""

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal
from coordination.actors.models import User

from ..models import Component, Kind, Obligation, Priority, Report, ReportVersion
from ..models.reports import RANKS
from ..policies import ReportPolicy
from .grants import register


def start_report(*, actor: Actor, obligation: Obligation) -> Report:
    """Begin the report of a duty with six empty components; who begins it is its PJ. Twice gives the same one.

    Raises NotAllowed, or Refusal before the cycle opens.
    """
    ReportPolicy.require(actor, "start", obligation)
    if not obligation.cycle.is_open(actor.today()):
        raise Refusal(
            _("Siklus %(cycle)s belum dibuka.") % {"cycle": obligation.cycle},
            mend=_("Laporan bisa ditulis mulai %(day)s.") % {"day": f"{obligation.cycle.opens_on:%d-%m-%Y}"},
        )
    with transaction.atomic():
        # Two people who begin at once meet here, and the second finds the first one's report.
        Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
        report, created = Report.objects.get_or_create(
            obligation=obligation,
            defaults={
                "path": obligation.path,
                "cycle_id": obligation.cycle_id,
                "organisation_id": obligation.organisation_id,
                "pj": actor.user,
                "open_kinds": list(Kind.values),
            },
        )
        if created:
            _lay_out(report)
            register(report=report, user=actor.user, by=actor.user)
    return report


def save_component(
    *,
    actor: Actor,
    report: Report,
    kind: str,
    version: int,
    texts: dict[int, str],
    reason_fewer: str = "",
) -> Component:
    """Write the five places of a component, based on the version the writer saw; saving the same changes nothing.

    Raises NotAllowed, Refusal when the component is locked, and Conflict with both versions when somebody
    else has changed it meanwhile.
    """
    with transaction.atomic():
        component = lock_component(actor=actor, report=report, kind=kind)
        places = list(component.priorities.all())
        wanted = {rank: " ".join(texts.get(rank, "").split()) for rank in RANKS}
        stored = {place.rank: place.text for place in places}
        reason = reason_fewer.strip()
        if wanted == stored and reason == component.reason_fewer:
            return component
        if component.version != version:
            raise Conflict(
                _("%(name)s sudah menyimpan bagian ini lebih dulu.") % {"name": component.updated_by},
                mine={"texts": wanted, "reason": reason},
                theirs={"texts": stored, "reason": component.reason_fewer, "version": component.version},
            )
        changed = [place for place in places if wanted[place.rank] != place.text]
        for place in changed:
            place.text = wanted[place.rank]
        Priority.objects.bulk_update(changed, ["text"])
        component.reason_fewer = reason
        touch(component, actor.user)
    return component


def move_priority(*, actor: Actor, report: Report, kind: str, rank: int, to: int) -> None:
    """Swap two places of a component with their sources; a risk takes its mitigation along."""
    if rank not in RANKS or to not in RANKS:
        raise Refusal(_("Urutan hanya dari 1 sampai 5."))
    pair = (Kind.RISIKO, Kind.MITIGASI)
    with transaction.atomic():
        for each in pair if kind in pair else (kind,):
            component = lock_component(actor=actor, report=report, kind=each)
            places = {place.rank: place for place in component.priorities.filter(rank__in=[rank, to])}
            places[rank].rank, places[to].rank = to, rank
            Priority.objects.bulk_update(places.values(), ["rank"])
            touch(component, actor.user)


def start_from_last(*, actor: Actor, report: Report) -> int:
    """Copy what the office sent last time into components that are still empty; returns how many were filled.

    Sources are not copied: they belong to the earlier cycle.
    """
    ReportPolicy.require(actor, "edit", report)
    last = last_version(report)
    if last is None:
        raise Refusal(_("Belum ada laporan terdahulu yang bisa dijadikan awal."))
    filled = 0
    with transaction.atomic():
        for part in last.content["components"]:
            component = lock_component(actor=actor, report=report, kind=part["kind"])
            if component.priorities.exclude(text="").exists():
                continue
            texts = {one["rank"]: one["text"] for one in part["priorities"]}
            save_component(
                actor=actor,
                report=report,
                kind=component.kind,
                version=component.version,
                texts=texts,
                reason_fewer=part["reason"],
            )
            filled += 1
    return filled


def last_version(report: Report) -> ReportVersion | None:
    """What the office sent for the nearest earlier cycle; None when it never sent one."""
    return (
        ReportVersion.objects.filter(
            report__organisation_id=report.organisation_id, report__cycle__starts__lt=report.cycle.starts
        )
        .order_by("-report__cycle__starts", "-number")
        .first()
    )


def lock_component(*, actor: Actor, report: Report, kind: str) -> Component:
    """Hold a component for a change; asks right and state again under the report's lock.

    Raises NotAllowed, and Refusal when the component is locked.
    """
    locked = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
    ReportPolicy.require(actor, "edit", locked)
    if not locked.is_open(kind):
        raise Refusal(
            _("Bagian ini terkunci."),
            mend=_("Setelah dikirim, hanya bagian yang diberi catatan oleh Pusat yang terbuka lagi."),
            code="locked",
        )
    return Component.objects.select_for_update(of=("self",)).select_related("updated_by").get(report=locked, kind=kind)


def touch(component: Component, user: User) -> None:
    """Give a changed component its next version."""
    component.version += 1
    component.updated_by = user
    component.save(update_fields=["version", "updated_by", "updated_at", "reason_fewer"])


def _lay_out(report: Report) -> None:
    components = Component.objects.bulk_create(
        Component(report=report, path=report.path, kind=kind, updated_by=report.pj) for kind in Kind
    )
    Priority.objects.bulk_create(
        Priority(report=report, path=report.path, component=component, rank=rank)
        for component in components
        for rank in RANKS
    )
