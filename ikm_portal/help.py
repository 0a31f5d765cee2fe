"""The guides of docs/panduan as pages of the portal, so that there is one text for both."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

from .navigation import GROUP_OF_ROLE

GUIDES = {
    "pusat": _("Pusat"),
    "upt": _("UPT"),
    "dinas": _("Dinas Pendidikan"),
    "kepala-sekolah": _("Kepala sekolah"),
    "penggerak": _("Penggerak komunitas"),
    "guru": _("Guru dan operator"),
    "pengawas-mitra": _("Pengawas dan mitra"),
    "admin": _("Administrasi"),
}
GUIDE_OF_GROUP = {
    "pusat": "pusat",
    "upt": "upt",
    "dinas": "dinas",
    "kepsek": "kepala-sekolah",
    "penggerak": "penggerak",
    "guru": "guru",
    "operator": "guru",
    "pengawas": "pengawas-mitra",
    "mitra": "pengawas-mitra",
}
FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"


@cache
def guide(name: str) -> tuple[str, SafeString]:
    """Title and HTML of a guide; the text is the project's own, and raw HTML in it stays text."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    title, _newline, body = text.partition("\n")
    # Safe: markdown-it escapes everything that is not its own markup (html=False).
    return title.lstrip("# ").strip(), mark_safe(MarkdownIt("commonmark", {"html": False}).enable("table").render(body))


@require_GET
def help_page(request, name: str = ""):
    """The guide of the acting role, or of the role asked for."""
    name = name or GUIDE_OF_GROUP.get(GROUP_OF_ROLE.get(request.actor.role, ""), "guru")
    if name not in GUIDES:
        raise Http404
    title, body = guide(name)
    return render(request, "help.html", {"title": title, "body": body, "guides": GUIDES, "name": name})
