"""The database itself holds sessions, letters and plans apart."""

import pytest
from django.db import IntegrityError, transaction

from coordination.actors.models import Organisation, School
from coordination.actors.policies.base import may
from reflection.models import ChecklistItem, Facilitator, Feedback, Note, Rtl, RtlItem, Session, Undangan
from tests.kombel.make import make_antar, make_kombel, make_leader
from tests.reflection.make import make_feedback, make_note, make_rtl, make_session, make_undangan


@pytest.fixture
def world(cast):
    """A session of BBGP Jawa Barat with a letter to a community in Depok, and the same in Balikpapan."""
    here, there = make_kombel(), make_kombel("99000005", "Kombel Contoh Mahakam")
    make_leader(here, "penggerak")
    make_leader(there, "penggerak_balikpapan")
    session = make_session()
    undangan = make_undangan(session, here, state="hadir")
    make_rtl(undangan, items=1)
    make_note(session, kombel=here, kombel_name=here.name)
    other = make_session("bgp_kaltim", "Refleksi Contoh Balikpapan")
    make_rtl(make_undangan(other, there, state="hadir"), items=1)
    make_note(other)
    return session, undangan


SEEN = {
    # name: (sessions, notes, letters, plans)
    "upt_jabar": (1, 1, 1, 1),
    "upt_jabar_staff": (1, 1, 1, 1),
    "pmp_jabar": (0, 0, 0, 0),
    "upt_kaltim": (1, 1, 1, 1),
    "upt_papua": (0, 0, 0, 0),
    "pusat": (2, 0, 0, 0),
    "dinas_depok": (0, 0, 1, 1),
    "dinas_jabar": (0, 0, 0, 0),
    "dinas_balikpapan": (0, 0, 1, 1),
    "penggerak": (0, 0, 1, 1),
    "penggerak_balikpapan": (0, 0, 1, 1),
    "guru": (0, 0, 0, 0),
    "kepsek": (0, 0, 0, 0),
    "pengawas": (0, 0, 0, 0),
    "mitra": (0, 0, 0, 0),
    "outsider": (0, 0, 0, 0),
}


@pytest.mark.parametrize("name", SEEN)
def test_each_role_sees_sessions_notes_letters_and_plans_of_its_own(world, cast, name):
    with cast.actor(name).entered() as actor:
        seen = tuple(model.objects.visible_to(actor).count() for model in (Session, Note, Undangan, Rtl))
    assert seen == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_policy_and_list_agree(world, cast, name):
    make_feedback(world[1])
    Facilitator.objects.create(session=world[0], path=world[0].path, name="Ibu Contoh", task="Moderator")
    with cast.actor(name).entered() as actor:
        for model in (Session, ChecklistItem, Facilitator, Note, Undangan, Feedback, Rtl, RtlItem):
            listed = set(model.objects.visible_to(actor).values_list("pk", flat=True))
            assert listed == {row.pk for row in model.objects.all() if may(actor, "view", row)}, model


def test_a_letter_cannot_name_the_session_of_another_upt(world):
    other = make_session("bbpmp_jabar", "Refleksi PMP Contoh")
    kombel = make_antar()
    with pytest.raises(IntegrityError, match="held"), transaction.atomic():
        make_undangan(other, kombel, upt=world[0].upt, upt_path=world[0].path)


def test_a_note_cannot_speak_for_a_community_that_was_not_invited(world):
    with pytest.raises(IntegrityError, match="held"), transaction.atomic():
        make_note(world[0], kombel=make_antar(), kombel_name="KKG")


def test_a_mitigation_cannot_answer_the_risk_of_another_session(world):
    risk = make_note(make_session(title="Sesi Contoh lain"), "risiko")
    with pytest.raises(IntegrityError, match="held"), transaction.atomic():
        make_note(world[0], "mitigasi", risk=risk)


def test_a_letter_stands_on_the_communitys_own_path(world):
    with pytest.raises(IntegrityError, match="wall"), transaction.atomic():
        Undangan.objects.filter(pk=world[1].pk).update(path="64.d.71.03/99000005")


def test_a_school_that_moves_takes_letters_and_plans_along(world):
    moved = "32.d.76.06/99000001"
    School.objects.filter(npsn="99000001").update(path=moved)
    letter = Undangan.objects.get(pk=world[1].pk)
    assert {letter.path, letter.rtl.path, *letter.rtl.items.values_list("path", flat=True)} == {moved}


def test_a_vocational_upt_invites_communities_of_smk_anywhere_and_no_other(world, cast):
    Organisation.objects.filter(code="bgp_papua").update(unit="bppmpv", path="u.bppmpv_contoh")
    smk = make_kombel("99000003", "Kombel Contoh Kejuruan")
    session = make_session("bgp_papua", "Refleksi Contoh vokasi")
    page = cast.upt_papua.get(f"/refleksi/sesi/{session.pk}/undang/")
    assert [row.name for row in page.context["page_obj"]] == [smk.name]
    cast.upt_papua.post(f"/refleksi/sesi/{session.pk}/undang/", {"kombel": [smk.pk, world[1].kombel_id]})
    assert [one.kombel for one in Undangan.objects.filter(session=session)] == [smk]
