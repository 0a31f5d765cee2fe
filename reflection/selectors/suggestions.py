"""What the notes of a cycle suggest for a component: meetings, sessions, follow-up plans and feedback (RF-8)."""

from coordination.actors.actor import Actor
from kombel.models import MeetingReflection

from ..models import Feedback, Kind, Note, Report, RtlItem, Source
from ..policies.reports import shared_here
from .candidates import Candidate, Group, grouped, unused

MOST = 400
"""Candidates of one kind that are looked at, the latest first."""

MEETING_PARTS = {
    Kind.BAIK: ("went_well",),
    Kind.DITINGKATKAN: ("to_improve", "challenges"),
    Kind.DAMPAK: ("pupil_impact",),
    Kind.RTL: ("next_step",),
}
NOTE_PROMPTS = {
    Kind.BAIK: (Note.Prompt.BAIK,),
    Kind.DITINGKATKAN: (Note.Prompt.DITINGKATKAN, Note.Prompt.TANTANGAN),
    Kind.DAMPAK: (Note.Prompt.DAMPAK,),
    Kind.RISIKO: (Note.Prompt.RISIKO,),
    Kind.MITIGASI: (Note.Prompt.MITIGASI,),
}
FEEDBACK_PARTS = {Kind.DAMPAK: ("impact_pupils", "impact_teachers"), Kind.RTL: ("proposals",)}


def suggestions(actor: Actor, report: Report, kind: Kind) -> list[Group]:
    """Groups of texts that say much the same and are not yet a source of the component.

    A collaborator from outside sees one report and no notes, so for them there are none.
    """
    return grouped(unused(candidates(actor, report, kind), report.pk, kind))


def candidates(actor: Actor, report: Report, kind: Kind) -> list[Candidate]:
    """Every text of the cycle that could speak for a component, the latest first; at most four statements."""
    if shared_here(report.pk):
        return []
    notes = _notes(actor, report, kind)
    # What a session took over from a meeting or from feedback speaks once, as the session's note.
    taken = {(note.source_kind, note.source_id, note.source_part) for note in notes}
    others = [*_meetings(actor, report, kind), *_plans(actor, report, kind), *_feedback(actor, report, kind)]
    found = [_of_note(note) for note in notes]
    found += [one for one in others if (one.origin, one.ref_id, one.part) not in taken]
    return sorted(found, key=lambda one: (one.held_on, one.ref_id), reverse=True)[:MOST]


def chosen(actor: Actor, report: Report, kind: Kind, keys: set[str]) -> list[Candidate]:
    """The candidates with these keys that the actor sees; unknown keys are passed over."""
    return [one for one in candidates(actor, report, kind) if one.key in keys]


def _notes(actor: Actor, report: Report, kind: Kind) -> list[Note]:
    prompts = NOTE_PROMPTS.get(kind)
    if not prompts:
        return []
    rows = Note.objects.visible_to(actor).filter(
        session__cycle_id=report.cycle_id, session__upt_id=report.organisation_id, prompt__in=prompts
    )
    return list(rows.select_related("session").order_by("-pk")[:MOST])


def _of_note(note: Note) -> Candidate:
    return Candidate(Source.Origin.NOTE, note.pk, note.prompt, note.text, note.kombel_name, note.session.held_on)


def _meetings(actor: Actor, report: Report, kind: Kind) -> list[Candidate]:
    parts = MEETING_PARTS.get(kind)
    if not parts:
        return []
    rows = (
        MeetingReflection.objects.visible_to(actor)
        .filter(meeting__held_on__gte=report.cycle.starts, meeting__held_on__lte=report.cycle.ends)
        .select_related("meeting__kombel")
        .order_by("-meeting__held_on", "-pk")[:MOST]
    )
    return [
        Candidate(Source.Origin.MEETING, one.pk, part, text, str(one.meeting.kombel), one.meeting.held_on)
        for one in rows
        for part in parts
        if (text := getattr(one, part))
    ]


def _plans(actor: Actor, report: Report, kind: Kind) -> list[Candidate]:
    if kind != Kind.RTL:
        return []
    rows = RtlItem.objects.visible_to(actor).filter(
        rtl__undangan__upt_id=report.organisation_id, rtl__undangan__session__cycle_id=report.cycle_id
    )
    return [
        Candidate(
            Source.Origin.RTL,
            item.pk,
            "activity",
            item.activity,
            str(item.rtl.undangan.kombel),
            item.rtl.undangan.held_on,
        )
        for item in rows.select_related("rtl__undangan__kombel").order_by("-pk")[:MOST]
    ]


def _feedback(actor: Actor, report: Report, kind: Kind) -> list[Candidate]:
    parts = FEEDBACK_PARTS.get(kind)
    if not parts:
        return []
    rows = Feedback.objects.visible_to(actor).filter(
        undangan__upt_id=report.organisation_id, undangan__session__cycle_id=report.cycle_id
    )
    return [
        Candidate(Source.Origin.FEEDBACK, one.pk, part, text, str(one.undangan.kombel), one.undangan.held_on)
        for one in rows.select_related("undangan__kombel").order_by("-pk")[:MOST]
        for part in parts
        if (text := getattr(one, part))
    ]
