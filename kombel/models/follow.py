from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.actors.models import User
from coordination.actors.models.base import Tenant

from .kombel import Kombel


class ContactLog(Tenant):
    """What an office heard when it asked after a silent kombel; the school does not read these notes."""

    class Outcome(models.TextChoices):
        CONTACTED = "dihubungi", _("Sudah dihubungi")
        GONE = "tidak_aktif", _("Tidak aktif lagi")
        NEEDS_UPT = "butuh_upt", _("Butuh UPT")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="contacts", verbose_name=_("komunitas"))
    outcome = models.CharField(_("hasil"), max_length=12, choices=Outcome.choices)
    note = models.TextField(_("catatan"), blank=True, max_length=1000)
    next_on = models.DateField(_("hubungi lagi"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    office = models.CharField(_("kantor"), max_length=60, blank=True)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("catatan hubungan")
        verbose_name_plural = _("catatan hubungan")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.get_outcome_display()


class DutyMark(Tenant):
    """Evidence for one of the ten duties (a–j) of a penggerak that the records alone do not show (KB-8)."""

    class Duty(models.TextChoices):
        A = "a", _("Mengelola komunitas belajar")
        B = "b", _("Menggerakkan anggota menyusun program kegiatan")
        C = "c", _("Memfasilitasi pembentukan struktur komunitas")
        D = "d", _("Memfasilitasi jadwal pertemuan rutin")
        E = "e", _("Memfasilitasi kegiatan belajar dan berbagi")
        F = "f", _("Mendaftarkan komunitas di PMM (khususnya antar sekolah)")
        G = "g", _("Membuat rencana tindak lanjut")
        H = "h", _("Memastikan kegiatan terdokumentasikan")
        I = "i", _("Memfasilitasi anggota memberikan umpan balik")  # noqa: E741
        J = "j", _("Memfasilitasi kegiatan refleksi")

    kombel = models.ForeignKey(Kombel, models.CASCADE, related_name="duty_marks", verbose_name=_("komunitas"))
    duty = models.CharField(_("peran"), max_length=1, choices=Duty.choices)
    evidence = models.CharField(_("bukti"), max_length=300)
    source = models.CharField(_("asal"), max_length=60, blank=True)
    done_on = models.DateField(_("tanggal"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("bukti peran penggerak")
        verbose_name_plural = _("bukti peran penggerak")
        ordering = ["duty"]
        constraints = [models.UniqueConstraint(fields=["kombel", "duty", "source"], name="duty_mark_once")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.evidence}"


class PmmCheck(Tenant):
    """What was declared for registering a kombel in PMM (KB-6); whether it suffices is asked of the rules."""

    class Training(models.TextChoices):
        KURIKULUM = "kurikulum_merdeka", _("Kurikulum Merdeka")
        PERENCANAAN = "perencanaan_pembelajaran", _("Perencanaan Pembelajaran")
        ASESMEN = "asesmen_awal", _("Asesmen Awal")
        DIFERENSIASI = "pembelajaran_berdiferensiasi", _("Pembelajaran Berdiferensiasi")

    kombel = models.OneToOneField(Kombel, models.CASCADE, related_name="pmm", verbose_name=_("komunitas"))
    account = models.EmailField(_("akun belajar.id"), blank=True, max_length=180)
    uses_pmm = models.BooleanField(_("menggunakan PMM sebagai sumber belajar"), default=False)
    trainings = ArrayField(
        models.CharField(max_length=40, choices=Training.choices),
        default=list,
        blank=True,
        verbose_name=_("pelatihan mandiri sampai Aksi Nyata"),
    )
    manages = models.BooleanField(_("aktif mengelola komunitas"), default=False)
    committed = models.BooleanField(_("berkomitmen memfasilitasi rekan sejawat"), default=False)
    registered_on = models.DateField(_("terdaftar di PMM"), null=True, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diisi oleh"))
    declared_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("pendaftaran PMM")
        verbose_name_plural = _("pendaftaran PMM")

    def __str__(self) -> str:
        return str(self.kombel_id)
