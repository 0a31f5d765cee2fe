"""Rules asked of one kombel; every answer says why, and what to do when it is not met."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Cluster, DutyMark, Jenjang, Kombel, Leader, Meeting, PmmCheck, Schedule
from .rules import Rules

WATCHED_WEEKS = 8
"""Meetings are compared with the rules over the last eight weeks, the two months of a reflection cycle."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion: `met`, in whose words (`label`), `why`, and `mend` when it is not met."""

    code: str
    met: bool
    label: str
    why: str
    mend: str = ""

    @property
    def tone(self) -> str:
        return "ok" if self.met else "warn"


def _yes(code: str, met: bool, label: str, yes: str, no: str, mend: str) -> Finding:
    return Finding(code, met, label, yes if met else no, "" if met else mend)


def leader_findings(leader: Leader) -> list[Finding]:
    """The criteria for a penggerak (KB-5), and the school's consent to an appointed teacher (KB-7)."""
    said = _("Dinyatakan saat ditunjuk.")
    unsaid = _("Belum dinyatakan.")
    ask = _("Kepala sekolah atau Dinas menandai kriteria ini setelah membicarakannya dengan penggerak.")
    found = [
        _yes("active_member", leader.active_member, _("Aktif menjadi bagian dari komunitas"), said, unsaid, ask),
        _yes("moves_members", leader.moves_members, _("Berkomitmen menggerakkan anggota"), said, unsaid, ask),
        _yes("facilitates", leader.facilitates, _("Berkomitmen memfasilitasi proses belajar"), said, unsaid, ask),
    ]
    if leader.kombel.kind == Kombel.Kind.DALAM:
        found.append(
            _yes(
                "agreed",
                leader.principal or leader.agreed,
                _("Kepala sekolah sendiri, atau guru yang disepakati warga sekolah"),
                _("Kepala sekolah sendiri.") if leader.principal else _("Disepakati warga sekolah."),
                _("Kesepakatan warga sekolah belum dicatat."),
                _("Kepala sekolah meminta persetujuan warga sekolah, lalu menandainya."),
            )
        )
    return found


def pmm_findings(check: PmmCheck | None, rules: Rules) -> list[Finding]:
    """The conditions for registering in PMM (KB-6); without a declaration none is met."""
    check = check or PmmCheck()
    labels = dict(PmmCheck.Training.choices)
    done = [str(labels[code]) for code in rules.pmm.of if code in check.trainings]
    missing = [str(labels[code]) for code in rules.pmm.of if code not in check.trainings]
    needed = rules.pmm.least - len(done)
    account = check.account.lower()
    return [
        _yes(
            "account",
            is_belajar_id(account),
            _("Akun belajar.id"),
            account,
            _("%(account)s bukan akun belajar.id.") % {"account": account} if account else _("Akun belum diisi."),
            _("Penggerak meminta akun belajar.id kepada operator sekolah atau Dinas."),
        ),
        _yes(
            "uses_pmm",
            check.uses_pmm,
            _("Menggunakan PMM sebagai sumber belajar"),
            _("Dinyatakan oleh penggerak."),
            _("Belum dinyatakan."),
            _("Penggerak masuk ke PMM dengan akun belajar.id dan mulai belajar di sana."),
        ),
        _yes(
            "trainings",
            needed <= 0,
            _("Pelatihan mandiri sampai mengunggah Aksi Nyata, sedikitnya %(least)d topik")
            % {"least": rules.pmm.least},
            ", ".join(done),
            ngettext("Kurang %(count)d topik.", "Kurang %(count)d topik.", needed) % {"count": needed},
            _("Selesaikan sampai Aksi Nyata: %(names)s.") % {"names": ", ".join(missing)},
        ),
        _yes(
            "manages",
            check.manages,
            _("Aktif mengelola komunitas atau memfasilitasi proses belajarnya"),
            _("Dinyatakan oleh penggerak."),
            _("Belum dinyatakan."),
            _("Penggerak menjalankan pertemuan dan mencatatnya, lalu menandai kriteria ini."),
        ),
        _yes(
            "committed",
            check.committed,
            _("Berkomitmen memfasilitasi proses belajar rekan sejawat"),
            _("Dinyatakan oleh penggerak."),
            _("Belum dinyatakan."),
            _("Penggerak menandai komitmen ini bila menyanggupinya."),
        ),
    ]


def is_belajar_id(address: str) -> bool:
    """Whether an address is an account at belajar.id or one of its subdomains (guru.sd.belajar.id)."""
    _name, at, domain = address.lower().rpartition("@")
    return bool(at) and (domain == "belajar.id" or domain.endswith(".belajar.id"))


def cluster_findings(kombel: Kombel, sizes: Iterable[tuple[str, int]], rules: Rules) -> list[Finding]:
    """One finding for each cluster: above the limit is a warning, never an error; three people are fine (KB-2)."""
    return [
        _yes(
            "cluster",
            count <= rules.cluster_most,
            name,
            _("%(count)d orang.") % {"count": count},
            _("%(count)d orang; biasanya tidak lebih dari %(most)d.") % {"count": count, "most": rules.cluster_most},
            _("Pertimbangkan membagi klaster ini agar kolaborasi lebih efektif."),
        )
        for name, count in sizes
    ]


def cluster_kinds(jenjang: str) -> list[str]:
    """Kinds of cluster that make sense at a jenjang (KB-2)."""
    if jenjang in (Jenjang.SMP, Jenjang.SMA, Jenjang.SMK):
        return [Cluster.Kind.MAPEL, Cluster.Kind.LAIN]
    if jenjang == Jenjang.SD:
        return [Cluster.Kind.RENDAH, Cluster.Kind.TINGGI, Cluster.Kind.LAIN]
    return [Cluster.Kind.LAIN]


def schedule_findings(
    kombel: Kombel, schedules: list[Schedule], meetings: list[Meeting], rules: Rules, today: date
) -> list[Finding]:
    """KB-3 inside a school, KB-4 for all others: first what is planned, then what the last weeks show."""
    recent = [
        one
        for one in meetings
        if one.state == Meeting.State.DONE and today - timedelta(weeks=WATCHED_WEEKS) < one.held_on <= today
    ]
    routine = [one for one in schedules if one.purpose == Schedule.Purpose.RUTIN]
    if kombel.kind != Kombel.Kind.DALAM:
        return [_weekly(routine, rules.antar_every_days), _topics(meetings, today), _kept(recent, 0)]
    return [
        _weekly(routine, rules.dalam_every_days),
        _long_enough(routine, rules.dalam_minutes),
        _all_teachers(schedules, rules.all_teachers_every_days),
        _kept(recent, rules.dalam_minutes),
    ]


def _weekly(routine: list[Schedule], days: int) -> Finding:
    shortest = min((one.interval_days for one in routine), default=None)
    return _yes(
        "weekly",
        shortest is not None and shortest <= days,
        _("Jadwal rutin sedikitnya sekali seminggu"),
        _("Ada jadwal setiap %(days)s hari.") % {"days": shortest},
        _("Belum ada jadwal rutin.")
        if shortest is None
        else _("Jadwal rutin baru setiap %(days)d hari.") % {"days": shortest},
        _("Penggerak menambah jadwal mingguan pada bagian Jadwal."),
    )


def _long_enough(routine: list[Schedule], minutes: int) -> Finding:
    longest = max((one.minutes for one in routine), default=0)
    return _yes(
        "an_hour",
        longest >= minutes,
        _("Sedikitnya %(minutes)d menit setiap pertemuan") % {"minutes": minutes},
        _("Terjadwal %(minutes)d menit.") % {"minutes": longest},
        _("Terjadwal %(minutes)d menit.") % {"minutes": longest} if longest else _("Belum ada jadwal rutin."),
        _("Penggerak memperpanjang jadwal rutin."),
    )


def _all_teachers(schedules: list[Schedule], days: int) -> Finding:
    found = [one.interval_days for one in schedules if one.purpose == Schedule.Purpose.SEMUA_GURU]
    shortest = min(found, default=None)
    return _yes(
        "all_teachers",
        shortest is not None and shortest <= days,
        _("Semua guru berkumpul setiap satu atau dua bulan"),
        _("Terjadwal setiap %(days)s hari.") % {"days": shortest},
        _("Belum dijadwalkan.") if shortest is None else _("Baru setiap %(days)d hari.") % {"days": shortest},
        _("Penggerak menambah jadwal “Semua guru berkumpul”."),
    )


def _topics(meetings: list[Meeting], today: date) -> Finding:
    planned = (one for one in meetings if one.state == Meeting.State.PLANNED and one.held_on >= today)
    ahead = sorted(planned, key=lambda one: one.held_on)
    return _yes(
        "topics",
        bool(ahead),
        _("Setiap pertemuan punya topik, pertemuan berikutnya sudah direncanakan"),
        _("Berikutnya: %(topic)s.") % {"topic": ahead[0].topic if ahead else ""},
        _("Belum ada pertemuan yang direncanakan."),
        _("Penggerak merencanakan pertemuan berikutnya beserta topiknya."),
    )


def _kept(recent: list[Meeting], minutes: int) -> Finding:
    weeks = len({one.held_on.isocalendar()[:2] for one in recent if (one.minutes or 0) >= minutes})
    label = _("Berjalan setiap minggu dalam %(weeks)d minggu terakhir") % {"weeks": WATCHED_WEEKS}
    told = _("Tercatat pada %(count)d dari %(weeks)d minggu") % {"count": weeks, "weeks": WATCHED_WEEKS}
    if minutes:
        told = _("%(told)s (hanya yang sedikitnya %(minutes)d menit)") % {"told": told, "minutes": minutes}
    return _yes(
        "kept",
        weeks >= WATCHED_WEEKS,
        label,
        f"{told}.",
        f"{told}.",
        _("Catat setiap pertemuan beserta jam mulai dan selesainya."),
    )


@dataclass(frozen=True, slots=True)
class Records:
    """What the duties are read from; loaded once for the page by `selectors.detail`."""

    kombel: Kombel
    schedules: list[Schedule]
    meetings: list[Meeting]
    duties_held: set[str]
    reflected: int
    next_steps: int
    pmm: PmmCheck | None
    marks: dict[str, DutyMark]
    today: date


def duty_findings(records: Records, rules: Rules) -> list[Finding]:
    """The ten duties a–j of a penggerak (KB-8): read from the records where they show it, else from a mark."""
    read = {
        "a": _duty_manage(records, rules),
        "b": (bool(records.kombel.programme), _("Program kegiatan tertulis."), _("Tulis program kegiatan komunitas.")),
        "c": _duty_structure(records),
        "d": (
            any(one.purpose == Schedule.Purpose.RUTIN for one in records.schedules),
            _("Ada jadwal rutin."),
            _("Tambahkan jadwal rutin."),
        ),
        "e": _duty_counted(_done(records), _("pertemuan tercatat"), _("Catat pertemuan belajar bersama.")),
        "f": (
            bool(records.pmm and records.pmm.registered_on),
            _("Terdaftar di PMM."),
            _("Periksa syarat, daftarkan di PMM, lalu isi tanggalnya."),
        ),
        "g": _duty_counted(
            records.next_steps, _("rencana tindak lanjut tertulis"), _("Tulis tindak lanjut pada refleksi pertemuan.")
        ),
        "h": _duty_documented(records),
        "i": (False, "", _("Kumpulkan umpan balik anggota, lalu catat buktinya di sini.")),
        "j": _duty_counted(records.reflected, _("refleksi pertemuan"), _("Isi refleksi singkat setelah pertemuan.")),
    }
    found = []
    for code, label in DutyMark.Duty.choices:
        met, why, mend = read[code]
        mark = records.marks.get(code)
        if not met and mark is not None:
            met, why = True, _("Dicatat: %(evidence)s") % {"evidence": mark.evidence}
        found.append(
            Finding(code, met, str(label), why if met else _("Belum terlihat dari catatan."), "" if met else mend)
        )
    return found


def _done(records: Records) -> int:
    return sum(one.state == Meeting.State.DONE for one in records.meetings)


def _duty_manage(records: Records, rules: Rules) -> tuple[bool, str, str]:
    quiet = records.kombel.quiet_days(records.today)
    met = records.kombel.last_meeting is not None and quiet <= rules.silent_days
    why = _("Pertemuan terakhir %(days)d hari lalu.") % {"days": quiet}
    return met, why, _("Adakan pertemuan; komunitas senyap setelah %(days)d hari.") % {"days": rules.silent_days}


def _duty_structure(records: Records) -> tuple[bool, str, str]:
    met = {"ketua", "sekretaris"} <= records.duties_held
    return met, _("Ketua dan sekretaris sudah ada."), _("Tetapkan ketua dan sekretaris di antara anggota.")


def _duty_counted(count: int, what: str, mend: str) -> tuple[bool, str, str]:
    return count > 0, f"{count} {what}.", mend


def _duty_documented(records: Records) -> tuple[bool, str, str]:
    late = sum(one.state == Meeting.State.PLANNED and one.held_on < records.today for one in records.meetings)
    met = late == 0 and _done(records) > 0
    mend = (
        _("%(count)d pertemuan yang sudah lewat belum dicatat.") % {"count": late}
        if late
        else _("Catat pertemuan pertama.")
    )
    return met, _("Semua pertemuan yang lewat sudah tercatat."), mend
