import json
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actor import Actor, system
from ..errors import Refusal
from ..models import Invitation, Organisation, School, User
from ..models.memberships import MAIL_ATTEMPTS, spoken
from ..policies import InvitationPolicy
from .memberships import new_membership

VALID = timedelta(days=14)
SALT = "actors.invitation"


def invite(
    *,
    actor: Actor,
    email: str,
    name: str,
    role: str,
    place: Organisation | School,
    until: date | None = None,
    plt: bool = False,
) -> Invitation:
    """Offer a role at a place by e-mail; it lapses after 14 days. Raises NotAllowed or Refusal."""
    new_membership(user=actor.user, role=role, place=place, starts=actor.today())  # refuses a role the place lacks
    where = {"school": place} if isinstance(place, School) else {"organisation": place}
    invitation = Invitation(
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        path=place.path,
        until=until,
        plt=plt,
        invited_by=actor.user,
        expires_at=timezone.now() + VALID,
        **where,
    )
    InvitationPolicy.require(actor, "send", invitation)
    with transaction.atomic():
        invitation.save()
        _ask_for_mail()
    return invitation


def send_again(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send an open invitation once more and let its 14 days begin again."""
    InvitationPolicy.require(actor, "send", invitation)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at or invitation.withdrawn_at:
            raise Refusal(_("Undangan ini sudah selesai."), mend=_("Buat undangan baru."))
        invitation.sent_at, invitation.attempts, invitation.problem = None, 0, ""
        invitation.expires_at = timezone.now() + VALID
        invitation.save(update_fields=["sent_at", "attempts", "problem", "expires_at"])
        _ask_for_mail()
    return invitation


def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take an open invitation back; its link then says so."""
    InvitationPolicy.require(actor, "withdraw", invitation)
    with transaction.atomic():
        # Somebody may be accepting it at this moment.
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at:
            raise Refusal(_("Undangan ini sudah diterima."), mend=_("Akhiri perannya di daftar anggota."))
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
    return invitation


def secret_of(invitation_id: int) -> str:
    """The signed word in an invitation's link; nothing secret is stored."""
    return signing.dumps(invitation_id, salt=SALT)


def read_invitation(secret: str) -> dict | None:
    """What an invitation's link stands for, or None when the link is not one of ours.

    Keys: id, email, name, role, role_label, plt, place, until, invited_by, expires_at, accepted_at, withdrawn_at.
    """
    try:
        wanted = signing.loads(secret, salt=SALT)
    except signing.BadSignature:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_invitation(%s)::text", [wanted])
        found = cursor.fetchone()[0]
    if not found:
        return None
    offer = json.loads(found)
    return offer | {"role_label": spoken(offer["role"], plt=offer["plt"])}


def accept_invitation(*, secret: str, user: User) -> int:
    """Take the offered role; returns the membership's id.

    Raises Refusal when the link has lapsed or belongs to another address.
    """
    offer = read_invitation(secret)
    if offer is None or offer["email"].lower() != user.email.lower():
        raise Refusal(
            _("Undangan ini ditujukan untuk alamat surel lain."),
            mend=_("Keluar, lalu masuk dengan akun yang menerima undangan."),
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_accept_invitation(%s, %s, %s)", [offer["id"], user.pk, timezone.localdate()])
        membership_id = cursor.fetchone()[0]
    if membership_id is None:
        raise Refusal(
            _("Undangan ini sudah dipakai, ditarik, atau kedaluwarsa."),
            mend=_("Minta %(name)s mengirim undangan baru.") % {"name": offer["invited_by"]},
        )
    return membership_id


@transaction.atomic
def join(*, secret: str, name: str, password: str) -> tuple[User, int]:
    """Make the account of an invited person who has none and accept for them."""
    offer = read_invitation(secret)
    if offer is None or User.objects.filter(email__iexact=offer["email"]).exists():
        raise Refusal(_("Akun untuk surel ini sudah ada."), mend=_("Masuk dengan akun itu, lalu buka tautan ini lagi."))
    user = User.objects.create_user(offer["email"], offer["email"], password, name=name)
    return user, accept_invitation(secret=secret, user=user)


def send_waiting_invitations(*, limit: int = 100) -> int:
    """Send what is not yet sent, one transaction each; returns how many went out.

    A failed one is tried again at the next tick, five times in all. Opens scopes of its own, so call it
    outside of any: within one, a fault at the last mail would undo that the others were sent.
    """
    sent = 0
    for _turn in range(limit):
        with system():
            invitation = (
                Invitation.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("organisation", "school", "invited_by")
                .filter(sent_at=None, accepted_at=None, withdrawn_at=None, attempts__lt=MAIL_ATTEMPTS)
                .order_by("attempts", "id")
                .first()
            )
            if invitation is None:
                break
            sent += _send(invitation)
    return sent


def _send(invitation: Invitation) -> bool:
    body = render_to_string(
        "actors/invitation_mail.txt",
        {"one": invitation, "url": f"{settings.PORTAL_URL}/undangan/{secret_of(invitation.pk)}/"},
    )
    subject = _("Undangan: %(role)s di %(place)s") % {
        "role": invitation.get_role_display(),
        "place": invitation.place,
    }
    changes: dict = {"attempts": F("attempts") + 1}
    try:
        # A line break in a place's name would make it a header of its own, which Django refuses.
        EmailMessage(" ".join(subject.split()), body, to=[invitation.email]).send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors too; ValueError: no such mail can be
        changes["problem"] = str(error)[:200]
    else:
        changes |= {"sent_at": timezone.now(), "problem": ""}
    Invitation.objects.filter(pk=invitation.pk).update(**changes)
    return "sent_at" in changes


def _ask_for_mail() -> None:
    from ..tasks import send_invitations

    # Only a hint: the tick finds what waits, so a broker that is down costs a minute and nothing else.
    transaction.on_commit(send_invitations.delay, robust=True)
