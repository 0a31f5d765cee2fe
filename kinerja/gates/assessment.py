"""What locks the assessment of a plan: rated only after it was carried out, objected to once and in time (PK-10)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.actors.actor import Actor
from coordination.actors.zones import day_words

from ..models import Assessment, Observation, Plan
from ..selectors.assessments import Done, done_of, finishes_after, objection_until, today_at, zone_of
from .base import Block, gate, guide


@gate("rate")
def execution_is_done(plan: Plan, actor: Actor) -> Iterator[Block]:
    yield from rate_blocks(plan, done_of([plan])[plan.pk], actor.today())


def rate_blocks(plan: Plan, done: Done, today: date) -> Iterator[Block]:
    """Why a running plan cannot be rated on a day, from what was read of it; the list asks for many at once."""
    yield from _not_yet(plan, today)
    if not done.observed:
        state = done.observation.state if done.observation else Observation.State.BELUM
        yield Block(
            rule=_("Penilaian dibuka setelah siklus observasi selesai sampai refleksi."),
            source=guide(_("Penilaian dan angka kredit")),
            facts=((_("Keadaan observasi"), str(Observation.State(state).label)),),
            who=_("Pegawai dan penilai menyelesaikan langkah observasi berikutnya."),
            url=reverse("kinerja:observation", args=[plan.pk]),
        )
    if plan.rules.evidence.required and done.bare and today <= plan.until:
        yield Block(
            rule=ngettext(
                "%(count)d RHK belum punya bukti.", "%(count)d RHK belum punya bukti.", len(done.bare)
            ) % {"count": len(done.bare)},
            source=guide(_("Bukti dukung")),
            facts=(
                (_("RHK tanpa bukti"), ", ".join(str(number) for number in done.bare)),
                (_("Periode berakhir"), day_words(plan.until)),
            ),
            who=_(
                "Pegawai menambah bukti. Setelah %(day)s penilai bisa menilai RHK tanpa bukti “di bawah ekspektasi” "
                "dengan alasan, jadi rencana tidak terkunci selamanya."
            ) % {"day": day_words(plan.until)},
            url=reverse("kinerja:evidence", args=[plan.pk]),
        )  # fmt: skip


def _not_yet(plan: Plan, today: date) -> Iterator[Block]:
    if today < plan.period.assess_opens and today <= plan.until:
        yield Block(
            rule=_("Penilaian %(period)s dibuka %(day)s.")
            % {"period": plan.period.name, "day": day_words(plan.period.assess_opens)},
            source=_("Kalender periode dari Pusat"),
            facts=((_("Hari ini"), day_words(today)), (_("Rencana ini sampai"), day_words(plan.until))),
            who=_("Tunggu sampai hari itu; admin Pusat mengatur hari-hari periode."),
        )


@gate("respond")
def there_is_something_to_respond_to(plan: Plan, actor: Actor) -> Iterator[Block]:
    if plan.state not in (Plan.State.DINILAI, Plan.State.KEBERATAN):
        yield Block(
            rule=_("Tanggapan diberikan setelah dinilai dan sebelum penilaian selesai."),
            source=guide(_("Penilaian dan angka kredit")),
            facts=((_("Keadaan rencana sekarang"), str(Plan.State(plan.state).label)),),
            who=_("Tunggu penilaian; setelah selesai tidak ada yang berubah lagi."),
        )


@gate("object")
def objection_in_time_and_once(plan: Plan, actor: Actor) -> Iterator[Block]:
    until, today = objection_until(plan), today_at(plan.path)
    if until is not None and today > until:
        yield Block(
            rule=_("Masa keberatan berakhir %(day)s.") % {"day": day_words(until)},
            source=_("%(pack)s: %(days)d hari setelah dinilai")
            % {"pack": plan.rules.name, "days": plan.rules.calendar.objection_days},
            facts=((_("Dinilai"), day_words(_local_day(plan))), (_("Hari ini"), day_words(today))),
            who=_("Tidak ada; bicarakan dengan penilai untuk rencana berikutnya."),
        )
    objected = Assessment.objects.filter(plan_id=plan.pk).values_list("objected_at", flat=True).first()
    if objected is not None:
        yield Block(
            rule=_("Keberatan hanya bisa diajukan satu kali."),
            source=guide(_("Penilaian dan angka kredit")),
            facts=((_("Diajukan"), day_words(objected.astimezone(zone_of(plan.path)))),),
            who=_("Keberatan itu sudah dijawab; Anda masih bisa memberi tanggapan."),
        )


@gate("finish")
def owner_or_after_the_window(plan: Plan, actor: Actor | None) -> Iterator[Block]:
    """The owner accepts at any time; the portal (no actor) when the window is over; nobody else."""
    until = finishes_after(plan)
    if until is None:
        return
    over = today_at(plan.path) > until if actor is None else actor.user.pk == plan.owner_id
    if not over:
        yield Block(
            rule=_("Penilaian selesai bila pemilik rencana menerimanya, atau selesai sendiri setelah %(day)s.")
            % {"day": day_words(until)},
            source=_("%(pack)s: %(days)d hari setelah dinilai, atau setelah keberatan dijawab")
            % {"pack": plan.rules.name, "days": plan.rules.calendar.objection_days},
            facts=((_("Masa keberatan atau tanggapan sampai"), day_words(until)),),
            who=_("Pemilik rencana lewat “Terima penilaian”; setelah masa itu portal menyelesaikannya."),
        )


def _local_day(plan: Plan) -> date | None:
    return plan.rated_at.astimezone(zone_of(plan.path)).date() if plan.rated_at else None
