"""The tambahan that a teacher is offered follow the jenjang of their school (PK-5), also when they change it."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from coordination.actors.models import Membership, Role, School, User
from coordination.actors.schools.kinds import LEVEL_OF
from coordination.actors.services.memberships import new_membership
from coordination.actors.services.school_imports import import_file
from kinerja.models import Plan, Section
from tests import real_lists
from tests.cast import make_person, make_school

pytestmark = pytest.mark.usefixtures("in_november")
OFFERED = {"SD": 14, "SMP": 18, "SMA": 18, "SMK": 21}
OF_SMK_ALONE = "30"


@pytest.fixture
def schools(db) -> dict[str, School]:
    """A school of each kind: of the real list of Depok where it is there, else examples."""
    if real_lists.there(real_lists.DEPOK):
        call_command("load_wilayah", verbosity=0)
        import_file(source=real_lists.DEPOK)
        return {kind: School.objects.get(npsn=real_lists.first_of(kind)["npsn"]) for kind in OFFERED}
    found = {}
    for number, kind in enumerate(OFFERED):
        npsn, level = f"9900009{number}", LEVEL_OF[kind]
        found[kind] = make_school(npsn=npsn, name=f"{kind} Contoh", bentuk=kind, level=level, kecamatan="32.76.01")
    return found


def move(teacher: User, school: School, on: date) -> None:
    Membership.objects.filter(user=teacher, until=None).update(until=on - timedelta(days=1))
    new_membership(user=teacher, role=Role.GURU, place=school, starts=on).save()


def test_the_same_teacher_is_offered_the_tambahan_of_each_school_they_move_to(cast, schools, client):
    teacher = make_person("guru_pindah")
    client.force_login(teacher, backend=settings.AUTHENTICATION_BACKENDS[0])
    for number, (kind, offered) in enumerate(OFFERED.items()):
        move(teacher, schools[kind], date(2026, 11, 1 + number))
        mine = client.get(reverse("kinerja:mine"))
        assert ("Lanjutkan" in mine.text) == (number > 0), "what was begun goes along"
        plan = client.post(reverse("kinerja:start", args=["2026-2"])).url
        pk = plan.split("/")[-2]
        assert Plan.objects.get(pk=pk).npsn == schools[kind].npsn
        page = client.get(f"{plan}tambahan/")
        assert page.text.count('type="checkbox"') == offered, kind
        assert "Tugas tambahan tidak menambah poin." in page.text
        kept = Section.objects.filter(plan__pk=pk, code="tambahan").first()
        data = {"version": kept.version if kept else 0, f"pilih_{OF_SMK_ALONE}": "on"}
        assert client.post(f"{plan}tambahan/", data).status_code == 302
        items = Section.objects.get(plan__pk=pk, code="tambahan").content["items"]
        assert set(items) == ({OF_SMK_ALONE} if kind == "SMK" else set()), "what is not offered cannot be sent either"
