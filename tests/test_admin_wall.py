"""Django admin stands in the same scope: every page of every model, walked like the portal's own addresses."""

from dataclasses import replace

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from coordination.actors.errors import Refusal
from coordination.actors.models import Organisation, Wilayah
from coordination.actors.services.offices import save_organisation
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


def scattered(count: int) -> list[str]:
    """Codes of provinces of which no two are neighbours."""
    codes = [str(70 + 2 * number) for number in range(count)]
    for code in codes:
        Wilayah.objects.get_or_create(code=code, defaults={"level": "provinsi", "name": f"Provinsi Contoh {code}"})
    return codes


def office(**more) -> dict:
    values = {"code": "upt_contoh", "unit": "bgp", "name": "BGP Contoh", "short_name": "BGP Contoh", "active": "on"}
    return {**values, "wilayah": "64", "email": "", "phone": "", **more}


def test_a_upt_is_not_given_more_provinces_than_the_wall_can_hold(cast):
    page = cast.admin.post("/admin/actors/organisation/add/", office(serves=scattered(9)))
    assert page.status_code == 200
    assert "9 wilayah terpisah; satu UPT paling banyak 8" in page.content.decode()
    assert not Organisation.objects.filter(code="upt_contoh").exists()
    with pytest.raises(Refusal, match="paling banyak 8"):
        save_organisation(code="x", unit="bgp", name="X", short_name="X", serves=scattered(9))
    # Sixteen that are neighbours two by two are eight areas.
    neighbours = [code for number in range(8) for code in (str(10 + 3 * number), str(11 + 3 * number))]
    for code in neighbours:
        Wilayah.objects.get_or_create(code=code, defaults={"level": "provinsi", "name": f"Provinsi Contoh {code}"})
    assert cast.admin.post("/admin/actors/organisation/add/", office(serves=neighbours)).status_code == 302
    assert Organisation.objects.get(code="upt_contoh").serves.count() == 16


def test_an_office_of_the_admins_form_keeps_its_limit_when_it_is_changed(cast):
    pk = Organisation.objects.get(code="bgp_kaltim").pk
    body = {"name": "BGP", "short_name": "BGP", "active": "on", "serves": scattered(9)}
    page = cast.admin.post(f"/admin/actors/organisation/{pk}/change/", body)
    assert "paling banyak 8" in page.content.decode()
