import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.actors.models import Organisation, Wilayah

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    call_command("load_wilayah", verbosity=0)


def test_the_command_loads_every_region_and_an_office_for_each_province_and_kabkota(loaded):
    assert Wilayah.objects.count() == 7829
    assert Organisation.objects.filter(unit="dinas_kabkota").count() == 514
    assert Organisation.objects.filter(unit="dinas_provinsi").count() == 38
    assert Organisation.objects.filter(kind="upt").count() == 74
    assert Organisation.objects.get(code="dinas_3174").name == "Suku Dinas Pendidikan Kota Adm. Jakarta Selatan"
    assert Organisation.objects.get(code="dinas_6471").time_zone == "Asia/Makassar"
    assert Organisation.objects.get(code="bpmp_papua").time_zone == "Asia/Jayapura"


def test_offices_serve_the_provinces_of_the_list(loaded):
    serves = Organisation.objects.get(code="bpmp_papua").serves
    assert list(serves.values_list("code", flat=True)) == ["91", "93", "94", "95"]


def test_a_second_run_changes_nothing_and_stays_short(loaded):
    Organisation.objects.filter(code="dinas_3276").update(name="Disdik Depok", email="disdik@contoh.id")
    before = list(Organisation.objects.order_by("code").values_list("code", "name", "path"))
    with CaptureQueriesContext(connection) as queries:
        call_command("load_wilayah", verbosity=0)
    assert list(Organisation.objects.order_by("code").values_list("code", "name", "path")) == before
    assert len(queries) < 15


def test_a_renamed_region_gets_its_shipped_name_back(loaded):
    Wilayah.objects.filter(code="32.76.01").update(name="Salah Eja")
    call_command("load_wilayah", verbosity=0)
    assert Wilayah.objects.get(code="32.76.01").name == "Pancoran Mas"
