"""Real lists as Dapodik publishes them; they are not part of the project and lie beside it, or nowhere."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from coordination.actors.models import School, SchoolImport
from coordination.actors.services.school_imports import import_file
from coordination.actors.services.school_imports.check import check_import
from coordination.actors.tenancy.scope import SYSTEM

DATA = Path(os.environ.get("IKM_SCHOOL_DATA") or settings.BASE_DIR.parent / "shared" / "data")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (DATA / "sekolah_depok.csv").exists() or not (DATA / "sekolah_balikpapan.csv").exists(),
        reason="sekolah_depok.csv and sekolah_balikpapan.csv are not part of the project; "
        "set IKM_SCHOOL_DATA to the folder that holds them",
    ),
]


@pytest.fixture
def depok():
    call_command("load_wilayah", verbosity=0)
    return DATA / "sekolah_depok.csv"


def counts(found: SchoolImport) -> tuple[int, ...]:
    return found.total, found.new, found.changed, found.unchanged, found.refused, found.repeated


def checked_as(actor, source: Path) -> SchoolImport:
    acting = actor.acting
    found = SchoolImport.objects.create(path=acting.path, organisation_id=acting.organisation_id, filename="x.csv")
    check_import(scope=actor.scope, pk=found.pk, source=source, keep_wrong_rows=False)
    return SchoolImport.objects.get(pk=found.pk)


def test_both_lists_go_in_whole_and_a_second_time_change_nothing(depok):
    assert counts(import_file(source=depok)) == (924, 924, 0, 0, 0, 0)
    assert counts(import_file(source=DATA / "sekolah_balikpapan.csv")) == (341, 341, 0, 0, 0, 0)
    assert counts(import_file(source=depok)) == (924, 0, 0, 924, 0, 0)
    assert School.objects.filter(kabkota="32.16", kecamatan="32.16.06", path__startswith="32.d.16.06/").exists()


def test_the_city_refuses_what_is_not_its_own_and_says_whose_it_is(depok, cast):
    found = checked_as(cast.actor("dinas_depok"), depok)
    secondary = 124 + 80 + 1
    bekasi = 9
    reasons = [row.problems[-1]["why"] for row in found.rows.filter(outcome="refused")]
    assert all(why.startswith("Bukan wilayah Anda.") for why in reasons)
    assert sum("Dinas Pendidikan Jawa Barat." in why for why in reasons) >= secondary
    assert (found.outside, found.wrong) == (found.refused, 0)
    assert found.new == 924 - found.refused
    assert secondary <= found.refused <= secondary + bekasi


def test_the_province_takes_secondary_schools_and_the_upt_takes_all(depok, cast):
    assert checked_as(cast.actor("upt_jabar"), depok).new == 924
    assert checked_as(cast.actor("dinas_jabar"), depok).new == 124 + 80 + 1
    assert checked_as(cast.actor("upt_kaltim"), depok).refused == 924


def test_notes_name_the_two_positions_outside_indonesia(depok):
    found = SchoolImport.objects.create(path="p.portal", filename="x.csv")
    check_import(scope=SYSTEM, pk=found.pk, source=depok, keep_wrong_rows=False)
    notes = [row.problems[0] for row in found.rows.exclude(problems=[])]
    assert {(note["column"], note["content"]) for note in notes} == {("Bujur", "4426"), ("Bujur", "1906")}
