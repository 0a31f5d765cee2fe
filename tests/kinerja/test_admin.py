"""Rules and calendar are Pusat's to change in the admin; colours are read by who sees the school; plans are closed."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin

from kinerja.models import Period, RaporColour, RulePack
from kinerja.models.base import OfPlan

from .plans import NOW, drafted

pytestmark = pytest.mark.usefixtures("in_november")

PACKS, PERIODS, COLOURS = (f"/admin/kinerja/{name}/" for name in ("rulepack", "period", "raporcolour"))


def pack_body(pack, **more):
    body = {
        "code": pack.code, "name": pack.name, "source": pack.source, "valid_from": pack.valid_from.isoformat(),
        "valid_until": "", "content": json.dumps(pack.content),
    }  # fmt: skip
    return {**body, **({"current": "on"} if pack.current else {}), **more}


def period_body(period, **more):
    names = ("starts", "ends", "plan_opens", "plan_due", "assess_opens", "assess_due")
    return {"name": period.name, **{name: getattr(period, name).isoformat() for name in names}, **more}


@pytest.fixture
def pack(cast):
    return RulePack.objects.get(current=True)


@pytest.mark.parametrize("name", ["upt_jabar", "dinas_depok_head"])
@pytest.mark.parametrize("address", [PACKS, PERIODS])
def test_rules_and_calendar_are_not_there_for_others(cast, name, address):
    assert cast.client(name).get(address).status_code == 403
    assert cast.client(name).get("/admin/").text.count(address) == 0


def test_pusat_reads_a_pack_in_words_and_changes_one_that_no_plan_uses(cast, pack):
    page = cast.admin.get(f"{PACKS}{pack.pk}/change/").text
    assert "Total poin RHK utama 32–128." in page
    assert page.count("<h3>") == 4
    content = {**pack.content, "bukti": {**pack.content["bukti"], "megabita": 3}}
    answer = cast.admin.post(f"{PACKS}{pack.pk}/change/", pack_body(pack, content=json.dumps(content)))
    assert answer.status_code == 302
    pack.refresh_from_db()
    assert pack.content["bukti"]["megabita"] == 3


def test_a_pack_that_a_plan_uses_is_frozen_and_says_what_to_do_instead(cast, pack):
    drafted(cast)
    content = {**pack.content, "bukti": {**pack.content["bukti"], "megabita": 3}}
    answer = cast.admin.post(f"{PACKS}{pack.pk}/change/", pack_body(pack, content=json.dumps(content)))
    assert answer.status_code == 200
    assert "sudah dipakai sebuah rencana dan tidak bisa diubah. Buat paket baru dengan kode lain" in answer.text
    renamed = cast.admin.post(f"{PACKS}{pack.pk}/change/", pack_body(pack, name="Nama lain"))
    assert renamed.status_code == 302
    pack.refresh_from_db()
    assert (pack.name, pack.content["bukti"]["megabita"]) == ("Nama lain", 2)


def test_a_broken_pack_is_refused_beside_its_content_and_a_new_one_takes_the_place_of_the_current(cast, pack):
    broken = cast.admin.post(f"{PACKS}add/", pack_body(pack, code="lain", content=json.dumps({"kode": "lain"})))
    assert broken.status_code == 200
    assert "Paket aturan belum lengkap" in broken.text
    made = cast.admin.post(f"{PACKS}add/", pack_body(pack, code="lain"))
    assert made.status_code == 302
    assert list(RulePack.objects.filter(current=True).values_list("code", flat=True)) == ["lain"]


def test_pusat_moves_the_days_of_a_period_and_keeps_its_pack(cast):
    period = Period.objects.get(code=NOW)
    other = RulePack.objects.exclude(pk=period.pack_id).first()
    body = period_body(period, plan_due="2026-08-15", pack=other.pk, code="2030")
    assert cast.admin.post(f"{PERIODS}{period.pk}/change/", body).status_code == 302
    before, period = period, Period.objects.get(pk=period.pk)
    assert (period.plan_due, period.pack_id, period.code) == (date(2026, 8, 15), before.pack_id, NOW)


def test_two_periods_never_overlap_and_days_stay_in_order(cast):
    period = Period.objects.get(code=NOW)
    overlapping = cast.admin.post(f"{PERIODS}{period.pk}/change/", period_body(period, ends="2027-02-01"))
    assert "bertumpang tindih dengan Januari–Juni 2027" in overlapping.text
    turned = cast.admin.post(f"{PERIODS}{period.pk}/change/", period_body(period, plan_due="2020-01-01"))
    assert "Hari-hari periode tidak berurutan." in turned.text
    assert Period.objects.get(pk=period.pk).ends == period.ends


@pytest.mark.parametrize("address", [PACKS, PERIODS])
def test_nothing_that_a_plan_may_stand_on_is_deleted(cast, address):
    model = RulePack if address == PACKS else Period
    pk = model.objects.first().pk
    assert cast.admin.post(f"{address}{pk}/delete/", {"post": "yes"}).status_code == 403


def test_colours_are_read_by_those_who_see_the_school_and_changed_by_nobody_here(cast):
    for name in ("kepsek", "kepsek_balikpapan"):
        actor = cast.actor(name)
        RaporColour.objects.create(
            path=actor.acting.path, school_id=actor.acting.school_id, year=2026, indicator="disiplin_positif",
            colour="merah", by=actor.user,
        )  # fmt: skip
    seen = {name: cast.client(name).get(COLOURS).text for name in ("admin", "upt_jabar", "dinas_depok_head")}
    for name, page in seen.items():
        assert "SD Contoh Pancoran Mas 1" in page, name
        assert ("SD Contoh Balikpapan 1" in page) is (name == "admin")
    assert cast.admin.get(f"{COLOURS}add/").status_code == 403


def test_no_part_of_a_plan_has_a_page_in_the_admin(cast):
    closed = {model for model in apps.get_app_config("kinerja").get_models() if issubclass(model, OfPlan)}
    closed.add(apps.get_model("kinerja", "Plan"))
    assert len(closed) >= 9
    assert not closed & set(admin.site._registry)
