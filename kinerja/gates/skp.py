"""What locks the SKP of a plan and its sending."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor

from ..models import Plan, SkpDelivery
from ..selectors.deliveries import last_delivery
from .base import Block, gate, guide


@gate("export")
def something_was_sent(plan: Plan, actor: Actor) -> Iterator[Block]:
    """An SKP says what was sent, never a draft: the decider has no business in it."""
    if not plan.version:
        yield Block(
            rule=_("SKP dibuat dari rencana yang sudah diajukan."),
            source=guide("SKP"),
            facts=((_("Versi terkirim"), "0"),),
            who=_("Pemilik rencana melengkapi lalu mengajukannya."),
        )


@gate("send")
def only_final_is_sent(plan: Plan, actor: Actor) -> Iterator[Block]:
    """What may still change is nobody else's business yet."""
    if plan.state != Plan.State.FINAL:
        yield Block(
            rule=_("Hanya SKP yang sudah selesai dinilai dikirim ke e-Kinerja."),
            source=guide("SKP"),
            facts=((_("Keadaan rencana sekarang"), plan.get_state_display()),),
            who=_("Selesaikan penilaian lebih dulu."),
        )


@gate("send")
def address_is_set(plan: Plan, actor: Actor) -> Iterator[Block]:
    """Without an address nothing leaves the portal."""
    if not settings.EKINERJA_URL:
        yield Block(
            rule=_("Portal ini belum tersambung ke e-Kinerja, jadi tidak ada yang dikirim."),
            source=_("Pengaturan portal"),
            facts=((_("Alamat e-Kinerja"), _("belum diatur")),),
            who=_("Admin portal mengatur alamatnya. Sementara itu unduh SKP dan unggah sendiri."),
        )


@gate("send")
def employee_has_nip(plan: Plan, actor: Actor) -> Iterator[Block]:
    """e-Kinerja knows civil servants by their NIP."""
    if not plan.nip:
        yield Block(
            rule=_("e-Kinerja mengenali pegawai dari NIP."),
            source=_("e-Kinerja BKN hanya untuk ASN"),
            facts=(("NIP", _("belum diisi")),),
            who=_("Pemilik rencana mengisi NIP 18 angka di rencananya. Yang bukan ASN cukup mengunduh SKP."),
        )


@gate("describe")
def is_not_sent_as_it_is(plan: Plan, actor: Actor) -> Iterator[Block]:
    """A sending has one content under its key, however often it is tried; what was received stays what it is."""
    last = last_delivery(plan)
    if last is not None and last.state != SkpDelivery.State.GAGAL:
        yield Block(
            rule=_("SKP dengan data pegawai ini sudah diminta dikirim ke e-Kinerja."),
            source=guide("SKP"),
            facts=((_("Keadaan pengiriman"), last.get_state_display()),),
            who=_("Bila datanya salah, perbaiki di e-Kinerja. Sesudah pengiriman yang gagal, data ini terbuka lagi."),
        )


@gate("send")
def is_not_on_its_way(plan: Plan, actor: Actor) -> Iterator[Block]:
    """One sending at a time, and none after a receipt."""
    last = last_delivery(plan)
    if last is not None and last.state != SkpDelivery.State.GAGAL:
        yield Block(
            rule=_("SKP ini sudah diminta dikirim."),
            source=guide("SKP"),
            facts=((_("Keadaan pengiriman"), last.get_state_display()),),
            who=_("Tidak perlu berbuat apa-apa; portal mengirim dan mencoba lagi sendiri."),
        )
