"""The import of the real lists that Dapodik publishes, where they are there."""

from pathlib import Path

import pytest
from django.core.management import call_command

from coordination.actors.models import School, SchoolImport
from coordination.actors.services.school_imports import import_file
from coordination.actors.services.school_imports.check import check_import
from coordination.actors.tenancy.scope import SYSTEM
from tests.real_lists import BALIKPAPAN, BALIKPAPAN_ROWS, DEPOK, DEPOK_ROWS, DEPOK_UPPER, needs

pytestmark = [pytest.mark.django_db, needs(DEPOK, BALIKPAPAN)]


@pytest.fixture
def depok():
    call_command("load_wilayah", verbosity=0)
    return DEPOK


def counts(found: SchoolImport) -> tuple[int, ...]:
    return found.total, found.new, found.changed, found.unchanged, found.refused, found.repeated


def checked_as(actor, source: Path) -> SchoolImport:
    acting = actor.acting
    found = SchoolImport.objects.create(path=acting.path, organisation_id=acting.organisation_id, filename="x.csv")
    check_import(scope=actor.scope, pk=found.pk, source=source, keep_wrong_rows=False)
    return SchoolImport.objects.get(pk=found.pk)


def test_both_lists_go_in_whole_and_a_second_time_change_nothing(depok):
    assert counts(import_file(source=depok)) == (DEPOK_ROWS, DEPOK_ROWS, 0, 0, 0, 0)
    balikpapan = counts(import_file(source=BALIKPAPAN))
    assert balikpapan == (BALIKPAPAN_ROWS, BALIKPAPAN_ROWS, 0, 0, 0, 0)
    assert counts(import_file(source=depok)) == (DEPOK_ROWS, 0, 0, DEPOK_ROWS, 0, 0)
    assert School.objects.filter(kabkota="32.16", kecamatan="32.16.06", path__startswith="32.d.16.06/").exists()


def test_the_city_refuses_what_is_not_its_own_and_says_whose_it_is(depok, cast):
    found = checked_as(cast.actor("dinas_depok"), depok)
    bekasi = 9
    reasons = [row.problems[-1]["why"] for row in found.rows.filter(outcome="refused")]
    assert all(why.startswith("Bukan wilayah Anda.") for why in reasons)
    assert sum("Dinas Pendidikan Jawa Barat." in why for why in reasons) >= DEPOK_UPPER
    assert (found.outside, found.wrong) == (found.refused, 0)
    assert found.new == DEPOK_ROWS - found.refused
    assert DEPOK_UPPER <= found.refused <= DEPOK_UPPER + bekasi


def test_the_province_takes_secondary_schools_and_the_upt_takes_all(depok, cast):
    assert checked_as(cast.actor("upt_jabar"), depok).new == DEPOK_ROWS
    assert checked_as(cast.actor("dinas_jabar"), depok).new == DEPOK_UPPER
    assert checked_as(cast.actor("upt_kaltim"), depok).refused == DEPOK_ROWS


def test_notes_name_the_two_positions_outside_indonesia(depok):
    found = SchoolImport.objects.create(path="p.portal", filename="x.csv")
    check_import(scope=SYSTEM, pk=found.pk, source=depok, keep_wrong_rows=False)
    notes = [row.problems[0] for row in found.rows.exclude(problems=[])]
    assert {(note["column"], note["content"]) for note in notes} == {("Bujur", "4426"), ("Bujur", "1906")}
