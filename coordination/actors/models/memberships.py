from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import PathField, Tenant
from .offices import Organisation
from .people import User
from .schools import School

MAIL_ATTEMPTS = 5
"""After so many failed tries an invitation waits for a person to send it again."""


class Role(models.TextChoices):
    """What a person does at an organisation or school."""

    PUSAT_ADMIN = "pusat_admin", _("Admin Pusat")
    PUSAT_READER = "pusat_reader", _("Pembaca Pusat")
    UPT_HEAD = "upt_head", _("Kepala UPT")
    UPT_COORDINATOR = "upt_coordinator", _("Koordinator UPT")
    UPT_STAFF = "upt_staff", _("Staf UPT")
    UPT_WALI = "upt_wali", _("Wali wilayah")
    DINAS_HEAD = "dinas_head", _("Kepala Dinas")
    DINAS_OFFICER = "dinas_officer", _("Petugas Dinas")
    MITRA_STAFF = "mitra_staff", _("Staf Mitra")
    KEPSEK = "kepsek", _("Kepala sekolah")
    GURU = "guru", _("Guru")
    OPERATOR = "operator", _("Operator sekolah")
    PENGGERAK = "penggerak", _("Penggerak komunitas")
    PENGAWAS = "pengawas", _("Pengawas sekolah")


ROLES_AT: dict[str, tuple[Role, ...]] = {
    Organisation.Kind.PUSAT: (Role.PUSAT_ADMIN, Role.PUSAT_READER),
    Organisation.Kind.UPT: (Role.UPT_HEAD, Role.UPT_COORDINATOR, Role.UPT_STAFF, Role.UPT_WALI),
    Organisation.Kind.DINAS: (Role.DINAS_HEAD, Role.DINAS_OFFICER, Role.PENGAWAS),
    Organisation.Kind.MITRA: (Role.MITRA_STAFF,),
}
SCHOOL_ROLES = (Role.KEPSEK, Role.GURU, Role.OPERATOR, Role.PENGGERAK)


def spoken(role: str, *, plt: bool) -> str:
    """A role as people say it: "Plt Kepala sekolah"."""
    label = str(Role(role).label)
    return f"Plt {label}" if plt else label


class Membership(Tenant):
    """A role at an organisation or a school, from a day until a day, perhaps acting (Plt).

    Ended ones stay: they are the person's history.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("orang"))
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("kantor"),
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("sekolah")
    )
    plt = models.BooleanField(_("pelaksana tugas (Plt)"), default=False)
    starts = models.DateField(_("mulai"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    ended_because = models.CharField(_("alasan berakhir"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, school__isnull=False) | Q(organisation__isnull=False, school=None),
                name="membership_at_one_place",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("starts")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "school"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.place}"

    @property
    def place(self) -> Organisation | School | None:
        return self.organisation or self.school


class Reach(Tenant):
    """One more place a membership reaches: a pengawas' school, a mitra's grant, a penggerak's kombel.

    `path` is the membership's own; `target` the place reached: a school's path, a region's prefix or
    the path of a record on a higher floor, which writes and removes its own rows (`source`).
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", _("sekolah")
        AREA = "area", _("wilayah")
        RECORD = "record", _("catatan")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="reaches")
    kind = models.CharField(_("jenis"), max_length=6, choices=Kind.choices)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    target = PathField(verbose_name=_("menjangkau"))
    source = models.CharField(_("asal"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("jangkauan")
        verbose_name_plural = _("jangkauan")
        constraints = [
            models.UniqueConstraint(fields=["membership", "target", "source"], name="reach_once"),
            models.CheckConstraint(
                condition=Q(kind="school", school__isnull=False) | ~Q(kind="school"),
                name="reach_school_named",
            ),
        ]

    def __str__(self) -> str:
        return self.target


class Invitation(Tenant):
    """An e-mail that offers a role; whoever opens its link and logs in with that address gets it."""

    email = models.EmailField(_("surel"))
    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    plt = models.BooleanField(_("pelaksana tugas (Plt)"), default=False)
    until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("kedaluwarsa"))
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan kirim"), default=0)
    problem = models.CharField(_("kendala pengiriman"), max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, school__isnull=False) | Q(organisation__isnull=False, school=None),
                name="invitation_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def place(self) -> Organisation | School | None:
        return self.organisation or self.school

    @property
    def state(self) -> str:
        """Where the invitation stands: accepted, withdrawn, expired, stuck (mail failed), sent or queued."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        if self.expires_at <= timezone.now():
            return "expired"
        if self.sent_at:
            return "sent"
        return "stuck" if self.attempts >= MAIL_ATTEMPTS else "queued"
