"""What the frame around every page shows; nothing is computed until the template asks for it.

The frame is two thirds of a page's variables and the same on a reader's every page, so its parts are kept as text
under everything they depend on.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.actors.actor import Acting
from coordination.actors.admin_base import ADMIN_ROLES
from coordination.notices.selectors import unread_count

from . import navigation
from .preferences import THEMES

ACCOUNT_LINKS: tuple[tuple[Promise, str], ...] = (
    (_("Peran saya"), "switch_role"),
    (_("Unduhan saya"), "exports"),
    (_("Pengaturan pemberitahuan"), "notices:settings"),
    (_("Ganti kata sandi"), "account_change_password"),
    (_("Alamat surel"), "account_email"),
    (_("Verifikasi dua langkah"), "mfa_index"),
    (_("Token API"), "tokens"),
)
THEME_CHOICES = (("", _("Ikut perangkat")), ("light", _("Terang")), ("dark", _("Gelap")))
LANGUAGE_CHOICES = (("id", "Bahasa Indonesia"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, as what, and where: all that the head of the page shows, and the key it is kept under."""

    name: str
    acting: Acting | None
    memberships: tuple[Acting, ...]
    unread: int
    current: str

    @property
    def role(self) -> str:
        return self.acting.role if self.acting else ""

    @property
    def account_links(self) -> list[tuple[Promise, str]]:
        links = [(label, navigation.address(name)) for label, name in ACCOUNT_LINKS]
        if self.role in ADMIN_ROLES:
            links.append((_("Administrasi data"), navigation.address("admin:index")))
        return links

    @property
    def nav(self) -> list[navigation.Entry]:
        return navigation.entries(self.role, self.current)


@lru_cache(maxsize=512)
def header(language: str, demo: bool, reader: Reader | None) -> SafeString:
    """The head of the page with roles, bell, account and main menu."""
    names = {"home": "home", "switch_url": "switch_role", "notices_url": "notices:list", "logout_url": "account_logout"}
    addresses = {key: navigation.address(name) for key, name in names.items()}
    return render_to_string("shell/header.html", {"reader": reader, "demo": demo, **addresses})


@lru_cache(maxsize=16)
def choices(language: str, theme: str) -> SafeString:
    """The buttons for theme and language at the foot of the page."""
    context = {"theme": theme, "themes": THEME_CHOICES, "language": language, "languages": LANGUAGE_CHOICES}
    return render_to_string("shell/choices.html", context | {"language_url": navigation.address("set_language")})


class Shell:
    """What base.html asks for."""

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
    def who(self) -> str:
        """The owner of the drafts on this phone: user and membership."""
        return f"{self.actor.user.pk}.{self.actor.acting.id if self.actor.acting else 0}" if self.actor else ""

    @property
    def header(self) -> SafeString:
        return header(get_language() or "", settings.DEMO, self._reader())

    @property
    def choices(self) -> SafeString:
        return choices(get_language() or "", self.theme)

    def _reader(self) -> Reader | None:
        actor = self.actor
        if actor is None:
            return None
        # A view may say that its page stands elsewhere in the menu than its address does.
        path = getattr(self._request, "menu_path", self._request.path)
        current = navigation.current(actor.role, path)
        return Reader(actor.name, actor.acting, actor.memberships, unread_count(actor=actor), current)

    @property
    def home(self) -> str:
        return navigation.address("home") or "/"

    @property
    def theme_url(self) -> str:
        return navigation.address("set_theme")

    @property
    def help_url(self) -> str:
        return navigation.address("help")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` for base.html."""
    return {"shell": Shell(request)}
