"""Rating a plan: drafted in private, rated, responded to, objected to once, answered, final (PK-10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Conflict, Refusal

from ..gates import require_open
from ..models import Assessment, Level, Plan, Rating, RulePack, belongs
from ..policies import AssessmentPolicy, PlanPolicy
from ..rules.rating import REASON_MOST, Lack, Subject, missing, unlike
from ..selectors.assessments import bare_of, done_of, marks_of, objection_ends, subjects_for
from ..selectors.packs import pack_of
from .deliveries import queue_automatically
from .lifecycle import advance, locked, record_event
from .news_assessment import tell_answered, tell_final, tell_objected, tell_rated

WORDS_MOST = 2000
FINISH_MOST = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as the principal wrote it: `marks` by subject {"level", "reason"}, and the two overall levels."""

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    hasil: str = ""
    perilaku: str = ""
    note: str = ""


def lacks(subjects: list[Subject], given: Given, *, bare: Iterable[int]) -> list[Lack]:
    """Everything that keeps a rating from being whole, first to last; `bare` are the RHK without evidence."""
    found = missing(subjects, given.marks, bare=bare)
    for side, label in (("hasil", _("Hasil kerja")), ("perilaku", _("Perilaku kerja"))):
        if getattr(given, side) not in Level.values:
            said = _("%(side)s secara keseluruhan belum dipilih.") % {"side": label}
            mend = _("Pilih penilaian keseluruhan; saran dari portal hanya membantu.")
            found.append(Lack(side, said, _("Belum dinilai."), mend))
    return found if given.note.strip() else found + _unexplained(subjects, given, bare)


def _unexplained(subjects: list[Subject], given: Given, bare: Iterable[int]) -> list[Lack]:
    """The overall rating is the assessor's own; one that the parts do not suggest is explained to the employee."""
    found, overall = [], {"hasil": given.hasil, "perilaku": given.perilaku}
    mend = _("Tuliskan alasannya di catatan untuk pegawai, atau pilih penilaian yang disarankan.")
    for side, suggested in unlike(subjects, given.marks, overall, bare=bare).items():
        said = (
            _("Hasil kerja secara keseluruhan “%(chosen)s”, saran dari bagiannya “%(suggested)s”.")
            if side == "hasil"
            else _("Perilaku kerja secara keseluruhan “%(chosen)s”, saran dari bagiannya “%(suggested)s”.")
        )
        said %= {"suggested": Level(suggested).label, "chosen": Level(overall[side]).label}
        found.append(Lack("note", said, f"{said} {mend}", mend))
    return found


def save_rating_draft(*, actor: Actor, plan: Plan, given: Given, version: int) -> Assessment:
    """Keep a rating in progress; nobody but who decides reads it.

    `version` is the one the writer began from, 0 before the first. Raises NotAllowed, Refusal while the plan
    cannot be rated, Conflict when another window was faster.
    """
    with transaction.atomic():
        held = locked(plan)
        require_open("rate", held, actor)
        return _write(held, given, version)


def rate_plan(*, actor: Actor, plan: Plan, given: Given, version: int) -> Plan:
    """Save the rating for the owner to read; the predicate follows by the pack's table.

    Raises NotAllowed, Refusal naming what locks it or what is missing, Conflict when the draft was changed in
    another window.
    """
    with transaction.atomic():
        held = locked(plan)
        require_open("rate", held, actor)
        _require_whole(held, given)
        assessment = _write(held, given, version)
        now, predicate = timezone.now(), held.rules.predicate_for(given.hasil, given.perilaku).code
        assessment.predicate, assessment.rated_at, assessment.rated_by = predicate, now, actor.user
        assessment.save(update_fields=["predicate", "rated_at", "rated_by"])
        advance(actor=actor, plan=held, verb="rate", values={"predicate": predicate, "rated_at": now})
        tell_rated(actor=actor, plan=held, until=objection_ends(held, now))
    return held


def respond(*, actor: Actor, plan: Plan, words: str) -> Assessment:
    """Write the owner's response beside the rating; it can be rewritten until the assessment is final."""
    said = words.strip()[:WORDS_MOST]
    if not said:
        raise Refusal(_("Tanggapan masih kosong."), mend=_("Tuliskan tanggapan Anda."), field="response")
    with transaction.atomic():
        held = locked(plan)
        require_open("respond", held, actor)
        assessment = Assessment.objects.get(plan=held)
        AssessmentPolicy.require(actor, "respond", assessment)
        if assessment.response != said:
            assessment.response, assessment.responded_at = said, timezone.now()
            assessment.save(update_fields=["response", "responded_at", "updated_at"])
            record_event(actor=actor, plan=held, verb="respond")
    return assessment


def object_to_rating(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """Object to a rating, once and within the pack's days; raises NotAllowed or Refusal."""
    said = reason.strip()[:WORDS_MOST]
    with transaction.atomic():
        held = locked(plan)
        advance(actor=actor, plan=held, verb="object", reason=said[:500])
        Assessment.objects.filter(plan=held).update(objection=said, objected_at=timezone.now())
        tell_objected(actor=actor, plan=held)
    return held


def answer_objection(*, actor: Actor, plan: Plan, answer: str, given: Given | None = None) -> Plan:
    """Answer an objection: with `given` the rating is revised, without it stands; what it was is kept.

    Raises NotAllowed, or Refusal naming what is missing.
    """
    said = answer.strip()[:WORDS_MOST]
    with transaction.atomic():
        held = locked(plan)
        PlanPolicy.require(actor, "rate", held)
        assessment = Assessment.objects.filter(plan=held, rated_at__isnull=False).first()
        values: dict = {}
        if assessment is not None and held.state == Plan.State.KEBERATAN:
            before = _snapshot(assessment)
            values = _revise(held, assessment, given) if given else {}
            assessment.before = before | {"kept": given is None}
            assessment.answer, assessment.answered_at = said, timezone.now()
        advance(actor=actor, plan=held, verb="answer", reason=said[:500], values=values)
        if assessment is not None:
            assessment.version += 1
            assessment.save()
        tell_answered(actor=actor, plan=held)
    return held


def finish_plan(*, actor: Actor | None, plan: Plan) -> Plan:
    """Make an assessment final: by its owner at once, by the portal (`actor` None) when the window is over."""
    with transaction.atomic():
        held = locked(plan)
        # The portal too waits for its day.
        require_open("finish", held, actor)
        advance(actor=actor, plan=held, verb="finish", values={"final_at": timezone.now()})
        tell_final(actor=actor, plan=held)
        queue_automatically(plan=held)
    return held


def finish_overdue() -> list[int]:
    """Finish the plans whose window for objections is over; returns their ids. Call it in the portal's own scope.

    Asks by the index of plans that wait (`plan_window`); the day ends where the school stands. Safe to run twice
    and at once.
    """
    now, finished = timezone.now(), []
    for pack_id in RulePack.objects.values_list("pk", flat=True):
        days = pack_of(pack_id).calendar.objection_days
        # No window can be over whose rating is younger than this, in any of the three zones.
        latest = datetime.combine(now.date() - timedelta(days=days - 1), time.min, now.tzinfo)
        waiting = Plan.objects.filter(state=Plan.State.DINILAI, pack_id=pack_id, rated_at__lt=latest)
        # An answered objection opened the window anew; `finishes_after` reckons the day itself.
        waiting = waiting.exclude(Exists(Assessment.objects.filter(plan=OuterRef("pk"), answered_at__gte=latest)))
        for plan in waiting.select_related("period").order_by("rated_at")[:FINISH_MOST]:
            finished += _finish_if_over(plan)
    return finished


def _finish_if_over(plan: Plan) -> list[int]:
    with transaction.atomic():
        held = Plan.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=plan.pk).first()
        if held is None or held.state != Plan.State.DINILAI:
            return []
        try:
            finish_plan(actor=None, plan=held)
        except Refusal:
            # Its last day is still going on where the school stands.
            return []
    return [plan.pk]


def _require_whole(plan: Plan, given: Given) -> None:
    """Raise Refusal with the first thing a rating lacks."""
    done = done_of([plan])[plan.pk]
    for lack in lacks(subjects_for(plan, done), given, bare=bare_of(plan, done)):
        raise Refusal(lack.text, mend=lack.mend, code="incomplete", field=lack.field)


def _write(plan: Plan, given: Given, version: int) -> Assessment:
    """Store a rating as a draft; the same words again change nothing."""
    known = {one.code for one in subjects_for(plan, done_of([plan])[plan.pk])}
    marks = _clean(given.marks, known)
    found = Assessment.objects.select_for_update().filter(plan=plan).first()
    theirs = marks_of(found)
    values = {
        "hasil": given.hasil if given.hasil in Level.values else "",
        "perilaku": given.perilaku if given.perilaku in Level.values else "",
        "note": given.note.strip()[:WORDS_MOST],
    }
    if found is None:
        found = Assessment.objects.create(**belongs(plan), **values)
    elif theirs == marks and all(getattr(found, name) == value for name, value in values.items()):
        return found
    elif found.version != version:
        raise Conflict(
            _("Penilaian ini sudah diubah di jendela lain sejak Anda membukanya."),
            mine=marks,
            theirs=theirs,
            mend=_("Bandingkan keduanya, lalu simpan yang benar."),
        )
    else:
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
        found.save(update_fields=[*values, "version", "updated_at"])
    _store(found, plan, marks)
    return found


def _store(assessment: Assessment, plan: Plan, marks: dict[str, dict[str, str]]) -> None:
    Rating.objects.filter(assessment=assessment).exclude(subject__in=marks).delete()
    Rating.objects.bulk_create(
        [Rating(**belongs(plan), assessment=assessment, subject=code, **mark) for code, mark in marks.items()],
        update_conflicts=True,
        unique_fields=["assessment", "subject"],
        update_fields=["level", "reason"],
    )


def _clean(marks: dict[str, dict[str, str]], known: set[str]) -> dict[str, dict[str, str]]:
    """What is known and not empty, in its own types."""
    found = {}
    for code, mark in marks.items():
        level, reason = str(mark.get("level", "")), str(mark.get("reason", "")).strip()[:REASON_MOST]
        level = level if level in Level.values else ""
        if code in known and (level or reason):
            found[code] = {"level": level, "reason": reason}
    return found


def _revise(plan: Plan, assessment: Assessment, given: Given) -> dict:
    """Put a revised rating in the place of the old one; returns what changes on the plan."""
    _require_whole(plan, given)
    known = {one.code for one in subjects_for(plan, done_of([plan])[plan.pk])}
    predicate = plan.rules.predicate_for(given.hasil, given.perilaku).code
    assessment.hasil, assessment.perilaku, assessment.predicate = given.hasil, given.perilaku, predicate
    assessment.note = given.note.strip()[:WORDS_MOST]
    _store(assessment, plan, _clean(given.marks, known))
    return {"predicate": predicate}


def _snapshot(assessment: Assessment) -> dict:
    return {
        "hasil": assessment.hasil,
        "perilaku": assessment.perilaku,
        "predicate": assessment.predicate,
        "note": assessment.note,
        "rated_at": assessment.rated_at.isoformat() if assessment.rated_at else "",
        "rated_by": str(assessment.rated_by or ""),
        "ratings": marks_of(assessment),
    }
