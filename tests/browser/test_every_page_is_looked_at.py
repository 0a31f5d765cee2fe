"""No page of the portal is without its Look, so that axe, overflow and focus hold on all of them."""

import re
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests import url_map

from .pages import PAGES

NO_PAGES = {
    "api_docs": "drf-spectacular's own page",
    "healthz": "JSON",
    "export_file": "a file",
    "kinerja:credit_pdf": "a PDF",
    "kinerja:evidence_file": "a file",
    "kinerja:rapor_template": "a file",
    "kinerja:skp_file": "a file",
    "kombel:photo": "a picture",
    "reflection:session_kak": "a PDF",
    "reflection:session_letters": "a PDF",
    "reflection:undangan_letter": "a PDF",
    "reflection:version_pdf": "a PDF",
    "school_import_template": "a file",
    "school_import_wrong": "a file",
}
"""Addresses that answer a GET with something else than a page of ours."""
API = re.compile(r"api_|\w+_api:")


def test_every_page_has_a_look(site):
    seen = {name_of(look.address()) for look in PAGES}
    pages = {row.name for row in url_map.rows() if "GET" in row.methods and not API.match(row.name)}
    missing = sorted(pages - seen - set(NO_PAGES))
    assert not missing, f"add a Look to tests/browser/pages.py for: {', '.join(missing)}"


def name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
