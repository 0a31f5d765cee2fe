"""Evidence of what was done: added by the owner, withdrawn with a reason, never erased (PK-9)."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.forms import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import Refusal
from coordination.actors.uploads.names import keep
from coordination.actors.uploads.pdfs import check_pdf
from coordination.actors.uploads.photos import redraw
from coordination.actors.zones import day_words

from ..gates import require_open
from ..gates.execution import dropped_item
from ..models import Evidence, Plan, PlanItem, belongs
from .lifecycle import locked

FOLDER = "kinerja"
MOST_UNITS = 999
MOST_PIECES = 60
"""Pieces of evidence of one RHK; more would be a storage, not a proof."""
WITH_FILE = (Evidence.Kind.PHOTO, Evidence.Kind.PDF)
is_link = URLValidator(schemes=["http", "https"])


def add_evidence(
    *,
    actor: Actor,
    plan: Plan,
    item: PlanItem,
    kind: str,
    title: str,
    done_on: date,
    units: int = 1,
    upload: UploadedFile | None = None,
    link: str = "",
    note: str = "",
) -> Evidence:
    """Add one piece of evidence to an RHK; `units` are single activities or works, not packages.

    Raises NotAllowed for who is not the owner, Refusal naming the rule, or the file with its limit and the mend.
    """
    with transaction.atomic():
        held = locked(plan)
        require_open("evidence", held, actor)
        _fits(actor, held, item, kind, done_on, units)
        file, size = _content(held, kind, upload, link, note)
        return Evidence.objects.create(
            **belongs(held),
            item=item,
            kind=kind,
            title=title.strip()[:160],
            units=units,
            done_on=done_on,
            file=file,
            size=size,
            link=link.strip() if kind == Evidence.Kind.LINK else "",
            note=note.strip()[:1000],
            added_by=actor.user,
        )


def remove_evidence(*, actor: Actor, evidence: Evidence, reason: str) -> Evidence:
    """Withdraw a piece of evidence: it no longer counts and its file is no longer served, the line stays.

    Raises NotAllowed, or Refusal once the plan is rated or without a reason; doing it twice changes nothing.
    """
    with transaction.atomic():
        held = locked(evidence.plan)
        require_open("evidence", held, actor)
        found = Evidence.objects.get(pk=evidence.pk)
        if found.removed_at is not None:
            return found
        if not reason.strip():
            raise Refusal(_("Alasan wajib diisi."), mend=_("Tuliskan mengapa bukti ini ditarik."), field="reason")
        found.removed_at, found.removed_because = timezone.now(), reason.strip()[:200]
        found.save(update_fields=["removed_at", "removed_because"])
    return found


def _fits(actor: Actor, plan: Plan, item: PlanItem, kind: str, done_on: date, units: int) -> None:
    if item.plan_id != plan.pk or not item.active:
        dropped = dropped_item(item)
        raise Refusal(dropped.rule, mend=dropped.who)
    if kind in WITH_FILE and not plan.rules.evidence.uploads:
        raise Refusal(
            _("Paket aturan periode ini tidak memakai unggahan."), mend=_("Kirim tautan atau catatan."), field="kind"
        )
    last = min(plan.until, actor.today())
    if not plan.starts <= done_on <= last:
        raise Refusal(
            _("Tanggal kegiatan harus antara %(from)s dan %(until)s.")
            % {"from": day_words(plan.starts), "until": day_words(last)},
            mend=_("Tulis tanggal kegiatan yang sebenarnya."),
            field="done_on",
        )
    if not 1 <= units <= MOST_UNITS:
        raise Refusal(_("Jumlah di luar 1–%(most)d.") % {"most": MOST_UNITS}, field="units")
    if Evidence.objects.filter(item=item, removed_at=None).count() >= MOST_PIECES:
        raise Refusal(
            _("RHK ini sudah mempunyai %(most)d bukti.") % {"most": MOST_PIECES},
            mend=_("Tarik yang tidak diperlukan, atau gabungkan dalam satu PDF."),
        )


def _content(plan: Plan, kind: str, upload: UploadedFile | None, link: str, note: str) -> tuple[str, int]:
    """The kept file and its size, both empty for a link or a note; what the kind needs must be there."""
    if kind in WITH_FILE:
        megabytes = plan.rules.evidence.megabytes
        if upload is None:
            raise Refusal(
                _("Berkas belum dipilih."),
                mend=_("Pilih satu berkas, paling besar %(size)d MB.") % {"size": megabytes},
                field="file",
            )
        if kind == Evidence.Kind.PHOTO:
            content, suffix = redraw(upload, megabytes=megabytes)[0], ".jpg"
        else:
            content, suffix = check_pdf(upload, megabytes=megabytes), ".pdf"
        return keep(FOLDER, content, suffix), len(content)
    if kind == Evidence.Kind.LINK:
        try:
            is_link(link.strip())
        except ValidationError as problem:
            raise Refusal(
                _("Tautan ini tidak bisa dibuka orang lain."),
                mend=_("Tulis alamat lengkap yang dimulai https:// atau http://."),
                field="link",
            ) from problem
    elif not note.strip():
        raise Refusal(_("Catatan masih kosong."), mend=_("Tuliskan apa yang dilakukan dan hasilnya."), field="note")
    return "", 0


def known_files(names: list[str]) -> set[str]:
    """Those of the stored names that are a piece of evidence; for the cleaning up, in the portal's own scope."""
    return set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
