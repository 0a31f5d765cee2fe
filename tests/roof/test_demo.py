"""The demo loads through the same services as the pages, twice without harm, and never on a real portal."""

import pytest
from django.core.management import CommandError, call_command

from coordination.actors.models import Membership, User
from coordination.actors.services.wilayah import load_offices, load_regions
from kinerja.models import Plan, RaporColour
from kombel.models import Kombel, Meeting
from reflection.models import Undangan

LOGINS = (
    *("admin", "pusat", "upt_jabar", "upt_papua", "dinas_depok", "dinas_jabar", "dinas_balikpapan"),
    *("mitra", "kepsek_depok", "guru_depok", "penggerak_depok", "pengawas_depok"),
    *("kepsek_smk_depok", "guru_smk_depok"),
)


MADE = (User, Membership, Kombel, Meeting, Undangan, Plan, RaporColour)


@pytest.fixture
def empty(db):
    """A portal with regions and offices but without the cast, whose logins the demo uses too."""
    Membership.objects.all().delete()
    User.objects.all().delete()
    load_regions()
    load_offices()


def test_the_demo_is_refused_where_it_was_not_asked_for(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="IKM_DEMO"):
        call_command("load_demo")


def test_every_login_of_the_readme_works_and_a_second_run_changes_nothing(empty, settings, monkeypatch, client):
    settings.DEMO = True
    monkeypatch.setenv("IKM_DEMO_PASSWORD", "kata sandi lain")
    call_command("load_demo", verbosity=0)
    counts = [model.objects.count() for model in MADE]
    assert all(counts)
    states = sorted(Plan.objects.values_list("owner__username", "state"))
    assert states == [
        ("guru_depok", "disetujui"),
        ("guru_depok", "final"),
        ("guru_smk_depok", "diajukan"),
        ("guru_smk_depok", "disetujui"),
        ("kepsek_depok", "diajukan"),
    ]
    call_command("load_demo", verbosity=0)
    assert [model.objects.count() for model in MADE] == counts
    for login in LOGINS:
        assert client.login(username=login, password="kata sandi lain"), login
        assert "Perlu Anda kerjakan" in client.get("/").content.decode()
    assert not User.objects.get(username="kepsek_sd_beji").has_usable_password()
