from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Tenant
from .offices import Organisation
from .people import User

UNDO_FOR = timedelta(hours=24)


class SchoolImport(Tenant):
    """One school list that an office brought in: the file, what the check found, and what became of it.

    The states and who moves them are drawn in docs/import-sekolah.md; `done` of `total` rows is the progress
    of the state it is in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu diperiksa")
        CHECKING = "checking", _("Sedang diperiksa")
        CHECKED = "checked", _("Selesai diperiksa")
        IMPORTING = "importing", _("Sedang diimpor")
        IMPORTED = "imported", _("Selesai diimpor")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", _("Dibatalkan")
        FAILED = "failed", _("Gagal")

    RUNNING = (State.WAITING, State.CHECKING, State.IMPORTING, State.UNDOING)

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kantor")
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("oleh"))
    membership_id = models.BigIntegerField(null=True, editable=False)
    filename = models.CharField(_("nama berkas"), max_length=120)
    file = models.CharField(_("berkas"), max_length=120, blank=True)
    wrong_rows = models.CharField(_("berkas baris salah"), max_length=120, blank=True)
    form = models.CharField(_("bentuk berkas"), max_length=40, blank=True)
    ignored = models.JSONField(_("kolom yang tidak dipakai"), default=list, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State.choices, default=State.WAITING)
    message = models.CharField(_("pesan"), max_length=300, blank=True)
    total = models.PositiveIntegerField(_("baris"), default=0)
    done = models.PositiveIntegerField(_("baris selesai"), default=0)
    new = models.PositiveIntegerField(_("baru"), default=0)
    changed = models.PositiveIntegerField(_("diperbarui"), default=0)
    unchanged = models.PositiveIntegerField(_("sama"), default=0)
    refused = models.PositiveIntegerField(_("ditolak"), default=0)
    outside = models.PositiveIntegerField(_("bukan wilayah pengimpor"), default=0)
    repeated = models.PositiveIntegerField(_("berulang"), default=0)
    kept = models.PositiveIntegerField(_("tidak bisa dibatalkan"), default=0)
    created_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    touched_at = models.DateTimeField(_("terakhir dikerjakan"), default=timezone.now, editable=False)
    run = models.PositiveIntegerField(default=0, editable=False)
    imported_at = models.DateTimeField(_("diimpor"), null=True, blank=True)

    class Meta:
        verbose_name = _("impor sekolah")
        verbose_name_plural = _("impor sekolah")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @property
    def good(self) -> int:
        """Rows that an import would write."""
        return self.new + self.changed

    @property
    def wrong(self) -> int:
        """Rows that somebody here can mend; those of other offices are no mistakes."""
        return self.refused - self.outside

    @property
    def undo_until(self):
        return self.imported_at + UNDO_FOR if self.imported_at else None

    @property
    def can_undo(self) -> bool:
        """Whether something was written less than a day ago; a failed import may have written a part."""
        return (
            self.state in {self.State.IMPORTED, self.State.FAILED}
            and self.good > 0
            and self.imported_at is not None
            and timezone.now() < self.imported_at + UNDO_FOR
        )

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING


class SchoolImportRow(Tenant):
    """One row of a list between check and undo; removed a week after the import."""

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("belum diperiksa")
        NEW = "new", _("baru")
        CHANGED = "changed", _("diperbarui")
        UNCHANGED = "unchanged", _("sama")
        REFUSED = "refused", _("ditolak")
        REPEATED = "repeated", _("berulang")
        KEPT = "kept", _("tidak bisa dibatalkan")

    school_import = models.ForeignKey(SchoolImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris"))
    npsn = models.CharField("NPSN", max_length=20, blank=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome.choices, blank=True)
    data = models.JSONField(_("isi"), null=True)
    before = models.JSONField(_("isi sebelumnya"), null=True)
    problems = models.JSONField(_("masalah"), default=list)
    applied = models.BooleanField(_("sudah ditulis"), default=False)
    # No foreign key: the row tells of a school that an undo may have removed.
    school_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("baris impor sekolah")
        verbose_name_plural = _("baris impor sekolah")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["school_import", "outcome", "number"], name="importrow_outcome"),
            models.Index(fields=["school_import", "npsn"], name="importrow_npsn"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.npsn}"
