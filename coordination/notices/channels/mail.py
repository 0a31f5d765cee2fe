from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from ..kinds import kind_for
from ..models import Notice, Preference


def render(notice: Notice) -> EmailMessage:
    """The e-mail of a notice in its reader's language, in plain text, with the row's own Message-ID."""
    preference = Preference.objects.filter(user_id=notice.user_id).first()
    with override(preference.language if preference else settings.LANGUAGE_CODE):
        context = {
            "notice": notice,
            "portal": settings.PORTAL_URL.rstrip("/"),
            "kind": kind_for(notice.kind).label,
        }
        text = render_to_string("notices/mail.txt", context)
        return EmailMessage(
            # A line break in a name would make it a header of its own.
            subject=" ".join(f"[Portal IKM] {notice.title}".split())[:250],
            body=text,
            to=[notice.user.email],
            headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
        )
