"""What the frame around every page shows; nothing is computed until the template asks for it."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from coordination.actors.admin_base import ADMIN_ROLES
from coordination.notices.selectors import unread_count

from . import navigation
from .preferences import THEMES

ACCOUNT_LINKS: tuple[tuple[Promise, str], ...] = (
    (_("Peran saya"), "switch_role"),
    (_("Pengaturan pemberitahuan"), "notices:settings"),
    (_("Ganti kata sandi"), "account_change_password"),
    (_("Alamat surel"), "account_email"),
    (_("Verifikasi dua langkah"), "mfa_index"),
    (_("Token API"), "tokens"),
)


class Shell:
    """The reader, the menu, the theme and the addresses of the frame, each read at most once."""

    themes = (("", _("Ikut perangkat")), ("light", _("Terang")), ("dark", _("Gelap")))
    languages = (("id", "Bahasa Indonesia"), ("en", "English"))

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def theme(self) -> str:
        value = self._request.COOKIES.get("theme", "")
        return value if value in THEMES else ""

    @property
    def next(self) -> str:
        return self._request.get_full_path() if self._request.method == "GET" else ""

    @cached_property
    def actor(self) -> Any:
        actor = getattr(self._request, "actor", None)
        return actor if actor is not None and actor.user.is_authenticated else None

    @property
    def acting(self) -> Any:
        return self.actor.acting if self.actor else None

    @property
    def who(self) -> str:
        """The owner of the drafts on this phone: user and membership."""
        return f"{self.actor.user.pk}.{self.acting.id if self.acting else 0}"

    @property
    def acting_label(self) -> str:
        return self.acting.label if self.acting else ""

    @cached_property
    def memberships(self) -> list[Any]:
        return list(self.actor.memberships) if self.actor else []

    @property
    def can_switch(self) -> bool:
        return len(self.memberships) > 1 and bool(self.switch_url)

    @cached_property
    def nav(self) -> list[navigation.Entry]:
        return navigation.entries(self.actor.role or "", self._request.path) if self.actor else []

    @cached_property
    def account_links(self) -> list[tuple[Promise, str]]:
        links = [(label, navigation.address(name)) for label, name in ACCOUNT_LINKS]
        if self.actor and self.actor.role in ADMIN_ROLES:
            links.append((_("Administrasi data"), navigation.address("admin:index")))
        return links

    @cached_property
    def unread(self) -> int:
        # An error page is drawn after its transaction was given up; it must not ask anything.
        if connection.needs_rollback or self.actor is None:
            return 0
        return unread_count(actor=self.actor) if self.actor else 0

    @property
    def home(self) -> str:
        return navigation.address("home") or "/"

    @property
    def switch_url(self) -> str:
        return navigation.address("switch_role")

    @property
    def notices_url(self) -> str:
        return navigation.address("notices:list")

    @property
    def theme_url(self) -> str:
        return navigation.address("set_theme")

    @property
    def language_url(self) -> str:
        return navigation.address("set_language")

    @property
    def logout_url(self) -> str:
        return navigation.address("account_logout")

    @property
    def help_url(self) -> str:
        return navigation.address("help")

    @property
    def demo(self) -> bool:
        return settings.DEMO


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` for base.html."""
    return {"shell": Shell(request)}
