"""Django admin stands in the same scope: every page of every model, walked like the portal's own addresses."""

from dataclasses import replace

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.url_map import EVERYONE, Part, Ref, Row, walker
from tests.url_map.world import World

SEARCHED_BY = {"actors.School": "name", "actors.Invitation": "name", "kombel.Kombel": "name"}


def rows_for(world: World) -> list[Row]:
    """A row for each page of each model, with the world's objects of that model under the key of its label."""
    things = {}
    for key, found in list(world.things.items()):
        # That a role is one's own says nothing about who else sees it.
        for thing in found if key != "my_membership" else ():
            known = things.setdefault(type(thing.obj)._meta.label, {})
            before = known.get(thing.obj.pk)
            seen_by = thing.seen_by | before.seen_by if before else thing.seen_by
            known[thing.obj.pk] = replace(thing, seen_by=seen_by)
    rows = []
    for model in admin.site._registry:
        label, name = model._meta.label, f"admin:{model._meta.app_label}_{model._meta.model_name}"
        search = {"q": Part(label, SEARCHED_BY[label])} if label in SEARCHED_BY else {"q": "kanari"}
        rows += [Row(f"{name}_changelist", query=search, may=EVERYONE), Row(f"{name}_add", may=EVERYONE)]
        if label not in things:
            continue
        world.things[label] = list(things[label].values())
        for page in ("change", "history", "delete"):
            rows.append(Row(f"{name}_{page}", "GET POST", url={"object_id": Ref(label)}, may=EVERYONE))
        chosen = {"action": "delete_selected", "_selected_action": Ref(label)}
        rows.append(Row(f"{name}_changelist", "POST", body=chosen, may=EVERYONE))
    return [*rows, Row("admin:index", may=EVERYONE), *autocompletes()]


def autocompletes() -> list[Row]:
    """Every field that is looked up while one types."""
    rows = []
    for model, options in admin.site._registry.items():
        for field in options.get_autocomplete_fields(None):
            asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
            rows.append(Row("admin:autocomplete", query={**asked, "term": "kanari"}, may=EVERYONE))
    return rows


@pytest.mark.parametrize("name", ["upt_jabar", "dinas_depok_head", "kepsek"])
def test_nothing_foreign_reaches_through_the_admin(name, made, cast, media):
    found = walker.Walker(made, cast, name, media=media).walk(rows_for(made))
    leaks = [finding for finding in found if finding.oracle != "permission"]
    assert not leaks, "\n".join(map(str, leaks[:30]))


def test_the_admin_shows_an_office_its_own_rows(made, cast):
    page = cast.upt_jabar.get(reverse("admin:actors_school_changelist")).content.decode()
    assert "99000001" in page
    assert "99000005" not in page


@pytest.mark.parametrize("name", ["guru", "kepsek", "mitra", "pusat", "outsider"])
def test_the_admin_is_closed_to_those_who_administer_nothing(name, cast):
    assert cast.client(name).get("/admin/").status_code in {302, 403}


@pytest.mark.parametrize("page", ["password_change", "jsi18n", "app_list"])
def test_the_admin_has_no_page_that_a_visitor_reaches(page, cast):
    try:
        url = reverse(f"admin:{page}", kwargs={"app_label": "actors"} if page == "app_list" else {})
    except NoReverseMatch:
        return
    assert cast.anonymous.get(url).status_code in {302, 403}
