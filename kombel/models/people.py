from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import User
from coordination.actors.models.base import Tenant

from .kombel import Kombel


class Cluster(Tenant):
    """A group inside a kombel of one school (KB-2): by mapel, by kelas rendah/tinggi, or another way."""

    class Kind(models.TextChoices):
        MAPEL = "mapel", _("Mata pelajaran")
        RENDAH = "rendah", _("Kelas rendah")
        TINGGI = "tinggi", _("Kelas tinggi")
        LAIN = "lain", _("Lainnya")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="clusters", verbose_name=_("komunitas"))
    kind = models.CharField(_("pengelompokan"), max_length=6, choices=Kind.choices)
    name = models.CharField(_("nama klaster"), max_length=80)

    class Meta:
        verbose_name = _("klaster")
        verbose_name_plural = _("klaster")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["kombel", "name"], name="cluster_once")]

    def __str__(self) -> str:
        return self.name


class Member(Tenant):
    """Someone who belongs to a kombel, with or without an account; those who left stay as history."""

    class Duty(models.TextChoices):
        KETUA = "ketua", _("Ketua")
        SEKRETARIS = "sekretaris", _("Sekretaris")
        BENDAHARA = "bendahara", _("Bendahara")
        ANGGOTA = "anggota", _("Anggota")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="member_rows", verbose_name=_("komunitas"))
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akun"))
    name = models.CharField(_("nama"), max_length=120)
    origin = models.CharField(_("asal sekolah"), max_length=160, blank=True)
    duty = models.CharField(_("tugas"), max_length=10, choices=Duty.choices, default=Duty.ANGGOTA)
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="member_rows", verbose_name=_("klaster")
    )
    joined_on = models.DateField(_("bergabung"))
    left_on = models.DateField(_("keluar"), null=True, blank=True)

    class Meta:
        verbose_name = _("anggota")
        verbose_name_plural = _("anggota")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kombel", "user"],
                condition=Q(left_on=None, user__isnull=False),
                name="member_account_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="member_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leader(Tenant):
    """A penggerak of a kombel, from a day until a day, with the three promises of KB-5.

    One person may lead several kombel (KB-7). `agreed` is the school's consent to an appointed teacher.
    """

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="leader_rows", verbose_name=_("komunitas"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("orang"))
    name = models.CharField(_("nama"), max_length=120)
    principal = models.BooleanField(_("kepala sekolah"), default=False)
    agreed = models.BooleanField(_("disepakati warga sekolah"), default=False)
    active_member = models.BooleanField(_("aktif menjadi bagian dari komunitas"), default=False)
    moves_members = models.BooleanField(_("berkomitmen menggerakkan anggota"), default=False)
    facilitates = models.BooleanField(_("berkomitmen memfasilitasi proses belajar anggota"), default=False)
    whatsapp = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    appointed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditunjuk oleh"))
    starts = models.DateField(_("mulai"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    ended_because = models.CharField(_("alasan berakhir"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("penggerak")
        verbose_name_plural = _("penggerak")
        ordering = ["-starts", "-id"]
        indexes = [models.Index(fields=["user", "until"], name="leader_user")]
        constraints = [
            models.UniqueConstraint(fields=["kombel", "user"], condition=Q(until=None), name="leader_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("starts")), name="leader_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name
