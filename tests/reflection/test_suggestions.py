"""Suggestions from notes and meetings become priorities, and every source stays (RF-8)."""

from datetime import date, time

import pytest
from django.urls import reverse

from coordination.actors.models import User
from kombel.models import Kombel, MeetingReflection
from reflection.models import Kind, Note, Priority, Session, Source
from reflection.selectors.candidates import Candidate, grouped
from reflection.selectors.suggestions import suggestions
from tests.kombel.make import make_kombel, make_meeting

from .reports import fill, make_cycles, send, start, write

pytestmark = pytest.mark.usefixtures("in_november")
IN_CYCLE = date(2026, 9, 12)


@pytest.fixture
def report(cast):
    make_cycles()
    return start(cast)


@pytest.fixture
def notes(report):
    return [
        note(report, "Guru aktif berdiskusi dan berbagi praktik baik", "Kombel Melati"),
        note(report, "Guru aktif berdiskusi serta berbagi praktik", "Kombel Anggrek"),
        note(report, "Kepala sekolah mendukung jadwal pertemuan", "Kombel Melati"),
    ]


def note(report, text: str, kombel: str = "", prompt: str = "baik") -> Note:
    session, _created = Session.objects.get_or_create(
        upt=report.organisation,
        path=report.path,
        cycle=report.cycle,
        defaults={
            "title": "Sesi refleksi",
            "held_on": IN_CYCLE,
            "starts": time(9),
            "ends": time(12),
            "mode": "luring",
            "place": "Aula",
            "rtl_due_on": date(2026, 9, 26),
            "created_by": report.pj,
        },
    )
    return Note.objects.create(
        session=session, path=report.path, prompt=prompt, text=text, kombel_name=kombel, written_by=report.pj
    )


def reflection_at(npsn: str, text: str, held_on: date = IN_CYCLE) -> MeetingReflection:
    kombel = Kombel.objects.filter(school__npsn=npsn).first() or make_kombel(npsn, name=f"Kombel {npsn}")
    meeting = make_meeting(kombel, held_on)
    user = User.objects.get(username="penggerak")
    return MeetingReflection.objects.create(meeting=meeting, path=kombel.path, went_well=text, written_by=user)


def pick(cast, report, kind: Kind, *texts: str, ke: str = ""):
    with cast.actor("upt_jabar").entered() as actor:
        groups = suggestions(actor, report, kind)
    keys = [group.keys for group in groups if any(one.text in texts for one in group.candidates)]
    version = report.components.get(kind=kind).version
    data = {"version": version, "aksi": "pakai", "saran": keys, "ke": ke, "reason_fewer": ""}
    data |= {f"text_{one.rank}": one.text for one in Priority.objects.filter(component__kind=kind, report=report)}
    return cast.upt_jabar.post(reverse("reflection:component", args=[report.pk, kind]), data)


def test_texts_that_say_much_the_same_stand_together_and_say_by_which_words():
    found = grouped(
        [
            Candidate("catatan", 1, "baik", "Guru aktif berdiskusi dan berbagi praktik baik", "A"),
            Candidate("catatan", 2, "baik", "Jadwal sering berubah", "B"),
            Candidate("catatan", 3, "baik", "Berbagi praktik baik, guru aktif berdiskusi.", "C"),
        ]
    )
    assert [len(group.candidates) for group in found] == [2, 1]
    assert found[0].shared_words == "aktif, baik, berbagi, berdiskusi, guru, praktik"
    assert found[0].communities == 2


def test_a_group_becomes_one_priority_with_all_its_sources(cast, report, notes):
    page = cast.upt_jabar.get(reverse("reflection:component", args=[report.pk, "baik"]))
    assert "kata yang sama:" in page.text
    assert pick(cast, report, Kind.BAIK, notes[0].text).status_code == 302
    place = Priority.objects.get(report=report, component__kind="baik", rank=1)
    assert place.text == notes[1].text
    assert set(place.sources.values_list("ref_id", "kombel_name")) == {
        (notes[0].pk, "Kombel Melati"),
        (notes[1].pk, "Kombel Anggrek"),
    }


def test_several_suggestions_merge_into_a_written_place_which_keeps_its_words(cast, report, notes):
    pick(cast, report, Kind.BAIK, notes[0].text)
    pick(cast, report, Kind.BAIK, notes[2].text, ke="1")
    place = Priority.objects.get(report=report, component__kind="baik", rank=1)
    assert place.text == notes[1].text
    assert place.sources.count() == 3
    with cast.actor("upt_jabar").entered() as actor:
        assert suggestions(actor, report, Kind.BAIK) == []


def test_merging_two_priorities_keeps_every_source(cast, report, notes):
    pick(cast, report, Kind.BAIK, notes[0].text)
    pick(cast, report, Kind.BAIK, notes[2].text)
    component = report.components.get(kind="baik")
    data = {"version": component.version, "aksi": "gabung-2", "reason_fewer": ""}
    data |= {f"text_{one.rank}": one.text for one in component.priorities.all()}
    cast.upt_jabar.post(reverse("reflection:component", args=[report.pk, "baik"]), data)
    assert [one.sources.count() for one in component.priorities.all()] == [3, 0, 0, 0, 0]


def test_all_five_places_taken_is_said_and_loses_nothing(cast, report, notes):
    data = {
        "version": 1,
        "aksi": "simpan",
        "reason_fewer": "",
        **{f"text_{rank}": f"isi {rank}" for rank in range(1, 6)},
    }
    cast.upt_jabar.post(reverse("reflection:component", args=[report.pk, "baik"]), data)
    answer = pick(cast, report, Kind.BAIK, notes[0].text)
    assert "Kelima tempat sudah terisi" in cast.upt_jabar.get(answer.url).text
    assert not Source.objects.exists()


def test_challenges_are_suggested_as_what_to_improve(cast, report):
    note(report, "Sinyal lemah", prompt="tantangan")
    with cast.actor("upt_jabar").entered() as actor:
        assert [group.text for group in suggestions(actor, report, Kind.DITINGKATKAN)] == ["Sinyal lemah"]


def test_meetings_of_the_area_and_of_the_cycle_are_suggested_and_no_others(cast, report):
    reflection_at("99000001", "Murid berani bertanya")
    reflection_at("99000005", "Rahasia Balikpapan")
    reflection_at("99000001", "Pertemuan lama", held_on=date(2026, 7, 1))
    with cast.actor("upt_jabar").entered() as actor:
        found = suggestions(actor, report, Kind.BAIK)
    assert [group.text for group in found] == ["Murid berani bertanya"]


def test_what_a_session_took_over_from_a_meeting_is_suggested_once(cast, report):
    said = reflection_at("99000001", "Murid berani bertanya")
    taken = note(report, said.went_well, "Kombel 99000001")
    taken.source_kind, taken.source_id, taken.source_part = "pertemuan", said.pk, "went_well"
    taken.save()
    with cast.actor("upt_jabar").entered() as actor:
        found = suggestions(actor, report, Kind.BAIK)
    assert [(one.origin, one.ref_id) for one in found[0].candidates] == [("catatan", taken.pk)]
    assert len(found) == 1


def test_each_source_links_to_its_original_where_the_reader_sees_it(cast, report, notes):
    said = reflection_at("99000001", "Murid berani bertanya")
    pick(cast, report, Kind.BAIK, said.went_well)
    place = Priority.objects.get(report=report, component__kind="baik", rank=1)
    address = reverse("reflection:trace", args=[report.pk, place.pk])
    link = reverse("kombel:meeting", args=[said.meeting_id])
    page = cast.upt_jabar.get(address)
    assert f'href="{link}"' in page.text
    assert cast.upt_jabar.get(link).status_code == 200
    texts = {one.rank: one.text or f"isi {one.rank}" for one in place.component.priorities.all()}
    fill(cast, report)
    with cast.actor("upt_jabar").entered() as actor:
        write(actor, report, Kind.BAIK, texts)
    send(cast, report)
    sent = cast.pusat.get(reverse("reflection:version", args=[report.pk, 1]))
    assert f'href="{link}"' in sent.text
    assert cast.pusat.get(link).status_code == 200
    cast.upt_jabar.post(reverse("reflection:report_team", args=[report.pk]), {"email": "upt_kaltim@contoh.id"})
    guest = cast.upt_kaltim.get(address)
    assert "Murid berani bertanya" in guest.text
    assert link not in guest.text


def test_the_trace_leads_from_a_priority_to_its_sources_and_a_source_can_be_dropped(cast, report, notes):
    pick(cast, report, Kind.BAIK, notes[2].text)
    place = Priority.objects.get(report=report, component__kind="baik", rank=1)
    address = reverse("reflection:trace", args=[report.pk, place.pk])
    page = cast.upt_jabar.get(address)
    assert "Kombel Melati" in page.text
    assert notes[2].text in page.text
    source = place.sources.get()
    assert cast.upt_jabar_staff.post(reverse("reflection:source_drop", args=[report.pk, source.pk])).status_code == 403
    cast.upt_jabar.post(reverse("reflection:source_drop", args=[report.pk, source.pk]))
    assert not place.sources.exists()


def test_a_guest_reads_the_copies_and_gets_no_suggestions(cast, report, notes):
    pick(cast, report, Kind.BAIK, notes[2].text)
    cast.upt_jabar.post(reverse("reflection:report_team", args=[report.pk]), {"email": "pmp_jabar@contoh.id"})
    place = Priority.objects.get(report=report, component__kind="baik", rank=1)
    assert "Kombel Melati" in cast.pmp_jabar.get(reverse("reflection:trace", args=[report.pk, place.pk])).text
    page = cast.pmp_jabar.get(reverse("reflection:component", args=[report.pk, "baik"]))
    assert "Tidak ada saran baru" in page.text


def test_suggestions_of_a_busy_cycle_stay_bounded(cast, report, django_assert_max_num_queries):
    for number in range(20):
        note(report, f"Catatan {number} tentang hal {number * 7}", f"Kombel {number}")
    client = cast.upt_jabar
    with django_assert_max_num_queries(18):
        client.get(reverse("reflection:component", args=[report.pk, "baik"]))
