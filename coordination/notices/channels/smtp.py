"""An SMTP backend that knows how far it came, so that "not sent" and "perhaps sent" stay two things."""

import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend


class _Watched:
    """Notes that the message is about to be handed over; from then on only an answer tells."""

    handed_over = False

    def mail(self, sender, options=()):
        self.handed_over = False
        return super().mail(sender, options)

    def data(self, msg):
        self.handed_over = True
        answer = super().data(msg)
        # The server has answered, yes or no: nothing is in doubt any more.
        self.handed_over = False
        return answer


class WatchedSMTP(_Watched, smtplib.SMTP):
    pass


class WatchedSMTPSSL(_Watched, smtplib.SMTP_SSL):
    pass


class WatchedEmailBackend(EmailBackend):
    """Django's SMTP backend over a connection that notes the moment of handing over."""

    @property
    def connection_class(self):
        return WatchedSMTPSSL if self.use_ssl else WatchedSMTP

    @property
    def in_doubt(self) -> bool:
        return bool(getattr(self.connection, "handed_over", False))


def open_backend() -> BaseEmailBackend:
    """The configured backend; for SMTP the watched one. Raises OSError or SMTPException if it cannot open."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        backend: BaseEmailBackend = WatchedEmailBackend(timeout=settings.EMAIL_TIMEOUT)
    else:
        backend = get_connection()
    backend.open()
    return backend
