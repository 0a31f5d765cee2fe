import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.errors import NotAllowed, Refusal
from coordination.actors.models import School, Wilayah
from coordination.actors.services.versions import change_at_version
from coordination.actors.tenancy import paths
from coordination.actors.tenancy.scope import because

from ..models import Jenjang, Kombel
from ..policies import KombelPolicy

State = Kombel.State
TRANSITIONS = {
    "approve": ((State.DRAFT,), State.AKTIF),
    "close": ((State.DRAFT, State.AKTIF), State.TIDAK_AKTIF),
    "reopen": ((State.TIDAK_AKTIF,), State.AKTIF),
}
"""From which states each decision leads to which; drawn in docs/kombel.md. All need "decide"."""


def register_kombel(
    *,
    actor: Actor,
    name: str,
    kind: str,
    school: School | None = None,
    wilayah: Wilayah | None = None,
    level: str = paths.DASAR,
    form: str = "",
    jenjang: str = "",
    programme: str = "",
) -> Kombel:
    """Register a kombel at a school or in a region (KB-1).

    Whoever may decide gets an active kombel; guru, penggerak and operator of the school leave a proposal.
    Raises NotAllowed outside the actor's area and Refusal for a form that does not fit.
    """
    today = actor.today()
    kombel = Kombel(
        name=name.strip(),
        kind=kind,
        form=form if kind == Kombel.Kind.ANTAR else "",
        jenjang=Jenjang.of_bentuk(school.bentuk) if school else jenjang,
        school=school,
        path=_path(kind, school, wilayah, level),
        programme=programme.strip(),
        registered_on=today,
        quiet_since=today,
        proposed_by=actor.user,
    )
    if KombelPolicy.may(actor, "register", kombel):
        kombel.state = State.AKTIF
    elif not KombelPolicy.may(actor, "propose", kombel):
        raise NotAllowed(_("Komunitas didaftarkan oleh sekolahnya sendiri, Dinas atau UPT di wilayahnya."))
    _insert(kombel)
    return kombel


def _path(kind: str, school: School | None, wilayah: Wilayah | None, level: str) -> str:
    if kind == Kombel.Kind.DALAM:
        if school is None:
            raise Refusal(_("Sekolahnya belum dipilih."), mend=_("Pilih sekolah tempat komunitas ini berada."))
        return school.path
    if wilayah is None or level not in paths.LEVELS:
        raise Refusal(_("Wilayahnya belum dipilih."), mend=_("Pilih kab/kota atau kecamatan komunitas ini."))
    return paths.record(wilayah.code, level, f"k_{secrets.token_hex(5)}")


def _insert(kombel: Kombel) -> None:
    try:
        with transaction.atomic():
            kombel.save()
    except IntegrityError as problem:
        if "kombel_name_once_in_school" not in str(problem):
            raise
        raise Refusal(
            _("Sekolah ini sudah punya komunitas bernama %(name)s.") % {"name": kombel.name},
            mend=_("Pakai nama lain, atau buka komunitas yang sudah ada."),
        ) from problem


def change_kombel(*, actor: Actor, kombel: Kombel, version: int, name: str, programme: str) -> Kombel:
    """Change a kombel's name and programme; raises Conflict when somebody else was faster."""
    KombelPolicy.require(actor, "manage", kombel)
    with transaction.atomic():
        return change_at_version(kombel, version=version, values={"name": name.strip(), "programme": programme.strip()})


def approve_kombel(*, actor: Actor, kombel: Kombel) -> Kombel:
    """Agree to a proposal; silence is counted from this day."""
    return _decide(actor, kombel, "approve", "")


def close_kombel(*, actor: Actor, kombel: Kombel, reason: str) -> Kombel:
    """Decline a proposal or say that a kombel is no longer active; asks for a reason."""
    if not reason.strip():
        raise Refusal(_("Alasannya belum ditulis."), mend=_("Tulis satu kalimat mengapa komunitas ini tidak aktif."))
    return _decide(actor, kombel, "close", reason.strip())


def reopen_kombel(*, actor: Actor, kombel: Kombel) -> Kombel:
    """Make a closed kombel active again; silence is counted from this day."""
    return _decide(actor, kombel, "reopen", "")


def _decide(actor: Actor, kombel: Kombel, decision: str, reason: str) -> Kombel:
    KombelPolicy.require(actor, "decide", kombel)
    sources, target = TRANSITIONS[decision]
    today = actor.today()
    with transaction.atomic():
        because(reason)
        locked = Kombel.objects.select_for_update(of=("self",)).get(pk=kombel.pk)
        if locked.state not in sources:
            raise Refusal(
                _("Komunitas ini sekarang %(state)s.") % {"state": locked.get_state_display().lower()},
                mend=_("Muat ulang halamannya; mungkin orang lain sudah memutuskan."),
            )
        locked.state = target
        locked.closed_on = today if target == State.TIDAK_AKTIF else None
        locked.closed_because = reason[:200]
        if target == State.AKTIF:
            locked.quiet_since = today
        locked.version += 1
        locked.save(update_fields=["state", "closed_on", "closed_because", "quiet_since", "version"])
    return locked
