"""A person at the portal: goes where the words on the page lead, fills what the labels ask for, nothing else."""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD

from .looks import DEAD, OVERFLOW
from .site import Site

PICTURES = os.environ.get("IKM_PICTURES", "")
"""A folder for a picture of every page that is walked; without it none are taken."""


class Person:
    """One person's browser window; each page they come to must fit its width and raise no script error."""

    def __init__(self, site: Site, name: str, *, script: bool, width: int) -> None:
        self.name = name
        size = {"width": width, "height": 800}
        self.page: Page = site.page(viewport=size, java_script_enabled=script, accept_downloads=True)
        self.seen: set[str] = set()
        """The addresses of the pages this person came to."""
        self._label = f"{'js' if script else 'plain'}-{width}-{name}"

    def log_in(self, username: str, password: str = PASSWORD) -> "Person":
        self.open("/akun/login/")
        self.fill({"Nama pengguna atau surel": username, "Kata sandi": password})
        self.press("Masuk")
        expect(self.page.get_by_role("heading", level=1, name="Beranda")).to_be_visible()
        return self

    def open(self, address: str) -> None:
        """Type an address; only for the first page, and for addresses that came by e-mail."""
        self.page.goto(address)
        self._arrived()

    def home(self) -> None:
        self._click(self.page.get_by_role("link", name="Portal IKM"))

    def go(self, entry: str) -> None:
        """Choose an entry of the main menu."""
        self._click(self.page.get_by_role("navigation", name="Menu utama").get_by_role("link", name=entry, exact=True))

    def bell(self) -> None:
        """Open one's notices."""
        self._click(self.page.get_by_role("link", name="Pemberitahuan"))

    def turn_to(self, part: str) -> None:
        """Choose one of the six parts of the facilitation screen."""
        self._click(self.page.get_by_role("navigation", name="Bagian refleksi").get_by_role("link", name=part))

    def back(self) -> None:
        self.page.go_back()
        self._arrived()

    def follow(self, words: str, *, exact: bool = False) -> None:
        links = self.main.get_by_role("link", name=words, exact=exact)
        # A page may offer the same way twice, as the first button and in its empty list.
        twice = len(set(links.evaluate_all("links => links.map(link => link.href)"))) == 1
        self._click(links.first if twice else links)

    def press(self, words: str, *, exact: bool = False) -> None:
        buttons = self.main.get_by_role("button", name=words, exact=exact)
        # A long form may offer its button twice.
        twice = buttons.evaluate_all("buttons => new Set(buttons.map(button => button.form)).size") == 1
        self._click(buttons.first if twice else buttons)

    def unfold(self, words: str) -> None:
        self.main.locator("summary", has_text=words).click()

    def download(self, words: str) -> bytes:
        with self.page.expect_download() as download:
            self.main.get_by_role("link", name=words).click()
        return Path(download.value.path()).read_bytes()

    def fill(self, values: dict) -> None:
        """Write texts, choose from lists (by their words), tick or untick (bool), put in files (list)."""
        for label, value in values.items():
            field = self.field(label)
            if isinstance(value, bool):
                field.set_checked(value)
            elif isinstance(value, list):
                field.set_input_files(value)
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def field(self, label: str) -> Locator:
        words = re.escape(label).replace("/", r"\/")  # Playwright writes it between slashes
        return self.main.get_by_label(re.compile(rf"^\s*{words}(\s*\(opsional\))?\s*$"))

    def reads(self, *words: str) -> None:
        """What the page says, all of it."""
        for text in words:
            expect(self.main).to_contain_text(text)

    def misses(self, *words: str) -> None:
        """What the whole page, with its menus, does not say."""
        said = self.page.content()
        assert [word for word in words if word in said] == []

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        return self.page.evaluate("location.pathname")

    def _click(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self._arrived()

    def _arrived(self) -> None:
        self.seen.add(self.path)
        if PICTURES:
            number = len(list(Path(PICTURES).glob("*.png")))
            self.page.screenshot(path=f"{PICTURES}/{self._label}-{number:03}.png", full_page=True)
        assert self.page.evaluate(OVERFLOW) + self.page.evaluate(DEAD) == [], self.page.url
        assert self.page.errors == [], self.page.url
