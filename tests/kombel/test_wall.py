"""Kombel behind the wall: who sees which, and what a school that moves takes along."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coordination.actors.tenancy import paths
from kombel.models import Attendance, Cluster, Jenjang, Kombel, Member, RulePack
from tests.cast import move_school

from .make import make_antar, make_kombel, make_leader, make_meeting, make_members

SEES = {
    "pusat": {"Pancoran", "Beji", "SMK", "Balikpapan", "KKG"},
    "upt_jabar": {"Pancoran", "Beji", "SMK", "KKG"},
    "dinas_depok": {"Pancoran", "Beji", "KKG"},
    "dinas_jabar": {"SMK"},
    "dinas_balikpapan": {"Balikpapan"},
    "kepsek": {"Pancoran"},
    "guru": {"Pancoran"},
    "pengawas": {"Pancoran"},
    "mitra": {"Beji"},
    "outsider": set(),
}


@pytest.fixture
def communities(cast):
    make_kombel("99000001", "Pancoran")
    make_kombel("99000002", "Beji")
    make_kombel("99000003", "SMK")
    make_kombel("99000005", "Balikpapan")
    make_antar(name="KKG")


@pytest.mark.parametrize("name", SEES)
def test_each_role_sees_exactly_the_kombel_of_its_area(cast, communities, name):
    with cast.actor(name).entered():
        assert set(Kombel.objects.values_list("name", flat=True)) == SEES[name]


def test_codes_of_the_region_are_read_from_the_path(cast):
    found = Kombel.objects.get(pk=make_kombel("99000001").pk)
    assert (found.provinsi, found.level, found.kabkota, found.kecamatan) == ("32", "d", "32.76", "32.76.01")


def test_a_school_that_moves_takes_its_kombel_and_all_of_its_records_along(cast):
    kombel = make_kombel("99000001")
    cluster = Cluster.objects.create(kombel=kombel, path=kombel.path, kind="rendah", name="Kelas 1–3")
    members = make_members(kombel, 2, cluster=cluster)
    make_leader(kombel, "penggerak")
    make_meeting(kombel, date(2026, 2, 1), members=members, cluster=cluster)
    move_school("99000001", "32.76.06")
    moved = Kombel.objects.get(pk=kombel.pk)
    assert moved.path == "32.d.76.06/99000001"
    assert moved.kecamatan == "32.76.06"
    for rows in (Member, Cluster, Attendance):
        assert set(rows.objects.values_list("path", flat=True)) == {moved.path}
    assert moved.meetings.get().path == moved.leader_rows.get().path == moved.path


def test_a_member_cannot_be_tied_to_a_foreign_kombel(cast):
    here, there = make_kombel("99000001"), make_kombel("99000005", "Balikpapan")
    with pytest.raises(IntegrityError, match="wall"), transaction.atomic():
        Member.objects.create(kombel=there, path=here.path, name="Guru Contoh", joined_on=date(2026, 1, 5))


def test_a_kombel_between_schools_needs_its_form(cast):
    with pytest.raises(IntegrityError, match="kombel_between_has_form"), transaction.atomic():
        make_antar(form="")


@pytest.mark.parametrize(
    ("bentuk", "jenjang"),
    [("SD", "sd"), ("SPK SMP", "smp"), ("MA", "sma"), ("SMKLB", "slb"), ("TK", "paud"), ("PKBM", "lain")],
)
def test_the_jenjang_is_read_from_the_kind_of_school(bentuk, jenjang):
    assert Jenjang.of_bentuk(bentuk) == jenjang


def test_the_seed_ships_its_rules_as_data(db):
    assert RulePack.objects.get(code="panduan-2022").rules["silent_days"] == 30


def test_a_record_between_schools_lies_inside_its_dinas(cast):
    low, high = paths.area(paths.region("32.76", "d"))
    assert low <= make_antar().path < high
