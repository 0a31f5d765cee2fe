from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Login(AbstractBaseSession):
    """A browser that is logged in, or will be: Django's session with its person in a column.

    So that one statement finds both (actors/sessions.py), and all of a person's logins end with the account.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("pengguna"), null=True, on_delete=models.CASCADE, related_name="logins"
    )

    class Meta:
        verbose_name = _("sesi masuk")
        verbose_name_plural = _("sesi masuk")

    @classmethod
    def get_session_store_class(cls):
        from ..sessions import SessionStore

        return SessionStore
