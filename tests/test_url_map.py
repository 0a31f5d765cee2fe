"""Every address of the portal stands in the map (tests/url_map), or this fails and says what to add."""

import pytest
from django.urls import URLPattern, get_resolver

from tests import url_map

PUBLIC = {"healthz", "invitation", "set_language", "set_theme"}
"""What a visitor may use without logging in, besides the login pages; grows only on purpose."""


def addresses(patterns=None, prefix="", namespaces=(), outer=frozenset()):
    """Walk the URLconf: (route, name with namespaces, captured parameters, module of the view)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        captured = outer | set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else None
            view = getattr(pattern.callback, "view_class", getattr(pattern.callback, "cls", pattern.callback))
            yield route, name, captured, view.__module__
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern.url_patterns, route, inner, captured)


def ours():
    prefixes = tuple(group.prefix for group in url_map.groups())
    return [found for found in addresses() if not found[0].lstrip("^").startswith(prefixes)]


def test_every_address_has_a_row_in_the_map():
    known = {row.name for row in url_map.rows()}
    missing = []
    for route, name, captured, module in ours():
        app = module.removeprefix("coordination.").split(".")[0].replace("ikm_portal", "roof")
        if name is None:
            missing.append(f"/{route} has no name: give its path() a name and add a Row for it")
        elif name not in known:
            url = "".join(f', "{key}": Ref("…")' for key in sorted(captured)).removeprefix(", ")
            missing.append(
                f'/{route} has no row: add Row("{name}", "GET", {f"url={{{url}}}, " if url else ""}may="…") '
                f"to ROWS in tests/url_map/{app}.py"
            )
    assert not missing, "\n".join(missing)


def test_every_row_names_an_address_and_its_parameters():
    known = {}
    for _route, name, captured, _module in addresses():
        known.setdefault(name, []).append(captured)
    for row in url_map.rows():
        assert row.name in known, f'Row("{row.name}") names no address: remove it or mend its name'
        assert set(row.url) in known[row.name], (
            f'Row("{row.name}") must give url={{…}} for exactly {known[row.name]}, not {set(row.url)}'
        )


def test_every_row_names_people_of_the_cast():
    everyone = set(url_map.EVERYONE.split())
    for row in url_map.rows():
        assert row.people <= everyone, f'Row("{row.name}") names {row.people - everyone}, who are not in the cast'


def test_visitors_reach_these_addresses_and_no_other():
    assert {row.name for row in url_map.rows() if row.public} == PUBLIC


@pytest.mark.parametrize("prefix", ["admin/", "akun/"])
def test_a_third_party_group_names_the_test_that_covers_it(prefix):
    assert prefix in {group.prefix for group in url_map.groups()}
