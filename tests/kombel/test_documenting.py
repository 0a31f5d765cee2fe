"""The statement behind the form of a meeting finds what the policy's queryset finds."""

from uuid import uuid4

import pytest

from coordination.actors.actor import actor_for
from coordination.actors.services.offices import save_organisation
from kombel.models import Cluster, Kombel
from kombel.selectors.documenting import NEEDED, kombel_to_document
from kombel.selectors.others import members_of
from tests.cast import make_person

from .make import make_antar, make_kombel, make_leader, make_members

OFFICES = ("pusat", "upt_jabar", "upt_kaltim", "dinas_depok", "dinas_jabar", "mitra")
PEOPLE = (*OFFICES, "kepsek", "guru", "penggerak", "pengawas")


@pytest.fixture
def vocational(cast):
    save_organisation(
        code="bbppmpv_contoh", unit="bbppmpv", name="BBPPMPV", short_name="BBPPMPV", wilayah=None, serves=[]
    )
    return actor_for(make_person("vokasi", "upt_coordinator", "bbppmpv_contoh"))


def test_everybody_finds_the_same_kombel_with_the_same_members_as_by_the_queryset(cast, vocational):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    members = make_members(kombel, 3)
    members[0].cluster = Cluster.objects.create(kombel=kombel, path=kombel.path, kind="rendah", name="Kelas rendah")
    members[0].save()
    everything = [kombel, make_antar(), make_kombel("99000003", "Kombel Contoh SMK"), make_kombel("99000005")]
    for actor in [vocational, *map(cast.actor, PEOPLE)]:
        with actor.entered():
            for one in everything:
                expected = Kombel.objects.visible_to(actor).filter(pk=one.pk).first()
                found = kombel_to_document(actor, one.pk)
                assert (found is None) == (expected is None), (actor.role, one.name)
                if found and expected:
                    assert {name: getattr(found.kombel, name) for name in NEEDED} == {
                        name: getattr(expected, name) for name in NEEDED
                    }
                    assert found.members == members_of(actor, one.pk), actor.role
            assert kombel_to_document(actor, 10**30) is None


def test_the_form_offers_the_draft_of_the_reader_alone(cast):
    kombel = make_kombel()
    make_leader(kombel, "penggerak")
    address = f"/kombel/{kombel.pk}/pertemuan/baru/"
    draft = {"topic": "Draf milik penggerak", "held_on": "2026-11-05", "mode": "luring", "token": uuid4()}
    cast.penggerak.post(f"{address}draf/", draft)
    assert "Draf milik penggerak" in cast.penggerak.get(address).text
    assert "Draf milik penggerak" not in cast.kepsek.get(address).text
