"""The shipped packs against seed 003, and what the loader refuses (PK-2 to PK-11)."""

import json
from decimal import Decimal

import pytest

from coordination.actors.errors import NotAllowed, Refusal
from kinerja.models import RulePack
from kinerja.packs import FOLDER, complete, pack_from_file, shipped
from kinerja.rules.pack import LEVELS, PackError, read_pack
from kinerja.services.packs import save_pack
from tests.kinerja import seed

SEMESTER = "perdirjen-7607-2023"
YEAR = "tahunan-2025"


@pytest.fixture(scope="module")
def pack():
    return read_pack(shipped()[SEMESTER])


@pytest.fixture(scope="module")
def yearly():
    return read_pack(shipped()[YEAR])


def test_the_pack_holds_the_39_rhk_of_the_seed_and_no_other(pack):
    assert [one.number for one in pack.utama] == list(range(1, 19))
    assert [one.number for one in pack.tambahan] == list(range(19, 40))


@pytest.mark.parametrize("number", seed.UTAMA)
def test_each_rhk_utama_has_the_points_package_and_evidence_of_the_seed(pack, number):
    found, expected = pack.rhk(number), seed.UTAMA[number]
    assert (found.points, found.per) == (expected.points, expected.per)
    assert expected.role in found.text
    assert found.evidence == expected.evidence
    # The text says the same: so many units are so many points, and the evidence at its end.
    assert f"{expected.per} " in found.text
    assert f"{expected.points} poin, dibuktikan dengan {expected.evidence}.".lower() in found.text.lower()


@pytest.mark.parametrize("number", seed.TAMBAHAN)
def test_each_rhk_tambahan_is_offered_to_the_jenjang_of_the_seed(pack, number):
    found, expected = pack.rhk(number), seed.TAMBAHAN[number]
    assert set(found.jenjang) == expected.jenjang
    assert expected.task in found.text


@pytest.mark.parametrize(
    ("jenjang", "count"),
    [("paud", 14), ("sd", 14), ("smp", 18), ("sma", 18), ("smk", 21), ("slb", 14), ("lain", 14)],
)
def test_a_school_is_offered_the_tambahan_of_its_jenjang(pack, jenjang, count):
    assert len(pack.offered_to(jenjang)) == count


def test_the_pack_has_the_limits_and_the_semester_of_the_seed(pack):
    assert (pack.limits.least, pack.limits.most) == (32, 128)
    assert (pack.unit, pack.months) == ("semester", 6)
    assert pack.reports == ("harian", "bulanan", "triwulan", "semester", "tahunan")
    assert (pack.evidence.uploads, pack.evidence.required, pack.evidence.megabytes) == (True, True, 2)


def test_there_are_eight_indicators_in_three_groups_each_with_two_or_three_behaviours(pack):
    groups = [one.group for one in pack.indicators]
    assert {group: groups.count(group) for group in groups} == {
        "Manajemen kelas": 2,
        "Dukungan psikologis": 3,
        "Metode pembelajaran": 3,
    }
    assert all(2 <= len(one.focus) <= 3 for one in pack.indicators)


def test_the_seven_values_spell_berakhlak_and_have_three_behaviours_each(pack):
    assert "".join(one.name[:3] if one.name.startswith("Ber") else one.name[0] for one in pack.values) == "BerAKHLAK"
    assert all(len(one.behaviours) == 3 for one in pack.values)


@pytest.mark.parametrize(
    ("hasil", "perilaku", "name"),
    [
        ("atas", "atas", "Sangat Baik"),
        ("atas", "sesuai", "Baik"),
        ("atas", "bawah", "Kurang"),
        ("sesuai", "atas", "Baik"),
        ("sesuai", "sesuai", "Baik"),
        ("sesuai", "bawah", "Kurang"),
        ("bawah", "atas", "Butuh Perbaikan"),
        ("bawah", "sesuai", "Butuh Perbaikan"),
        ("bawah", "bawah", "Sangat Kurang"),
    ],
)
def test_two_ratings_give_the_predicate_of_the_table(pack, yearly, hasil, perilaku, name):
    assert pack.predicate_for(hasil, perilaku).name == name
    assert yearly.predicate_for(hasil, perilaku).name == name


def test_the_predicates_carry_their_percentages(pack):
    assert [one.percent for one in pack.predicates] == [150, 100, 75, 50, 25]


def test_the_coefficients_are_those_of_the_four_positions(pack):
    assert pack.coefficients == {
        "ahli_pertama": Decimal("12.5"),
        "ahli_muda": Decimal("25"),
        "ahli_madya": Decimal("37.5"),
        "ahli_utama": Decimal("50"),
    }
    assert list(pack.positions.values()) == ["Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"]


def test_the_yearly_pack_has_no_points_no_uploads_and_few_rhk(yearly, pack):
    assert (yearly.unit, yearly.months, yearly.has_points) == ("tahun", 12, False)
    assert (yearly.evidence.uploads, yearly.evidence.required) == (False, False)
    assert len(yearly.utama) == 3
    assert yearly.tambahan == ()
    assert (yearly.indicators, yearly.values, yearly.table) == (pack.indicators, pack.values, pack.table)


def test_the_raw_data_survives_json_and_belongs_to_the_caller():
    for code, data in shipped().items():
        assert read_pack(json.loads(json.dumps(data))) == read_pack(data)
        assert data["kode"] == code
    shipped()[SEMESTER]["utama"].clear()
    assert len(shipped()[SEMESTER]["utama"]) == 18


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_a_file_is_named_after_its_pack_and_reads_the_same_by_path(file):
    found = pack_from_file(file)
    assert found.code == file.stem
    assert found == read_pack(shipped()[found.code])


def test_a_file_that_is_not_toml_is_refused_by_its_name(tmp_path):
    file = tmp_path / "rusak.toml"
    file.write_text("kode = ", encoding="utf-8")
    with pytest.raises(PackError, match=r"^rusak\.toml: "):
        pack_from_file(file)


def test_what_a_pack_writes_replaces_the_whole_part_of_its_base():
    found = complete({"dasar": SEMESTER, "kode": "baru", "poin": {"paling_sedikit": 40, "paling_banyak": 120}})
    assert "dasar" not in found
    assert found["utama"] == shipped()[SEMESTER]["utama"]
    assert read_pack(found).limits.least == 40


@pytest.mark.parametrize("base", ["tidak-ada", YEAR, ["daftar"]])
def test_a_pack_starts_only_from_a_shipped_one_that_stands_alone(base):
    with pytest.raises(PackError, match="^dasar: "):
        complete({"dasar": base, "kode": "baru"})


GONE = object()


def change(value, *path):
    """A change of the raw data at `path`; GONE takes the part out."""

    def apply(data):
        *way, last = path
        for step in way:
            data = data[step]
        if value is GONE:
            del data[last]
        else:
            data[last] = value

    return apply


BROKEN = {
    "no code": (change(GONE, "kode"), "kode: tidak ada"),
    "an empty name": (change(" ", "nama"), "nama: "),
    "a date that is none": (change("2024-13-01", "berlaku_mulai"), "berlaku_mulai: "),
    "no period": (change(GONE, "periode"), "periode: tidak ada"),
    "an unknown unit": (change("kuartal", "periode", "satuan"), "periode.satuan"),
    "twelve months in a semester": (change(12, "periode", "bulan"), "periode.bulan"),
    "months in words": (change("enam", "periode", "bulan"), "periode: 'enam'"),
    "a day left out": (change(GONE, "periode", "hari", "plan_due_after"), "periode: plan_due_after tidak ada"),
    "a negative day": (change(-1, "periode", "hari", "objection_days"), "periode.hari"),
    "limits the wrong way": (change(200, "poin", "paling_sedikit"), "poin: 0 <"),
    "half a limit": (change(GONE, "poin", "paling_banyak"), "poin: paling_banyak tidak ada"),
    "limits in words": (change("128", "poin", "paling_banyak"), "poin: '128'"),
    "uploads in words": (change("ya", "bukti", "unggahan"), "bukti: 'ya'"),
    "evidence without uploads": (change(False, "bukti", "unggahan"), "bukti.wajib"),
    "files of no size": (change(0, "bukti", "megabita"), "bukti.megabita"),
    "no indicators": (change([], "indikator"), "indikator"),
    "an indicator twice": (change("ekspektasi", "indikator", 0, "kode"), "kode indikator berulang"),
    "an indicator without focus": (change([], "indikator", 0, "fokus"), "fokus"),
    "focus as one text": (change("Komunikasi", "indikator", 0, "fokus"), "indikator: 'Komunikasi'"),
    "no RHK": (change([], "utama"), "utama"),
    "RHK that is no table": (change(["RHK"], "utama"), "utama: "),
    "RHK that is no list": (change(7, "utama"), "utama: "),
    "an RHK twice": (change(2, "utama", 0, "nomor"), "nomor RHK berulang"),
    "a number shared with a tambahan": (change(1, "tambahan", 0, "nomor"), "nomor RHK berulang"),
    "an RHK without points": (change(GONE, "utama", 0, "poin"), "utama.poin"),
    "an RHK with half points": (change(4.5, "utama", 0, "poin"), "utama.poin"),
    "points without limits": (change(GONE, "poin"), "utama.poin"),
    "an empty package": (change(0, "utama", 2, "per"), "utama.per"),
    "no text": (change(GONE, "utama", 0, "teks"), "utama: teks tidak ada"),
    "no evidence": (change(GONE, "utama", 0, "bukti"), "utama: bukti tidak ada"),
    "an unknown jenjang": (change(["smk", "mak"], "tambahan", 0, "jenjang"), "tambahan.jenjang"),
    "a tambahan for nobody": (change([], "tambahan", 0, "jenjang"), "tambahan.jenjang"),
    "reports as one text": (change("harian", "laporan"), "laporan: 'harian'"),
    "no values": (change([], "nilai"), "nilai"),
    "a value twice": (change("loyal", "nilai", 0, "kode"), "kode nilai berulang"),
    "a value without behaviours": (change([], "nilai", 0, "perilaku"), "perilaku"),
    "a scale of one": (change(["Dilakukan"], "observasi", "skala"), "observasi.skala"),
    "a predicate twice": (change("baik", "predikat", "tingkat", 0, "kode"), "predikat.tingkat: kode berulang"),
    "a negative percentage": (change(-25, "predikat", "tingkat", 4, "persen"), "predikat.tingkat: persen"),
    "a table with a hole": (change(GONE, "predikat", "tabel", "atas", "bawah"), "predikat.tabel: sembilan"),
    "a table row too many": (change({"atas": "baik"}, "predikat", "tabel", "jauh"), "predikat.tabel: sembilan"),
    "an unknown predicate": (change("istimewa", "predikat", "tabel", "atas", "atas"), "predikat.tabel: tingkat"),
    "a coefficient of nothing": (change(0, "angka_kredit", "ahli_muda", "koefisien"), "angka_kredit"),
    "a coefficient in words": (change("dua", "angka_kredit", "ahli_muda", "koefisien"), "angka_kredit: "),
    "no positions": (change({}, "angka_kredit"), "angka_kredit"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_pack_is_refused_with_the_part_named(case):
    apply, named = BROKEN[case]
    data = shipped()[SEMESTER]
    apply(data)
    with pytest.raises(PackError) as refused:
        read_pack(data)
    assert named in str(refused.value)


@pytest.mark.parametrize("read", [read_pack, complete])
def test_what_is_no_table_is_refused_as_a_whole(read):
    with pytest.raises(PackError, match="^paket: bukan tabel"):
        read([])


def test_all_that_is_wrong_with_the_numbers_is_said_at_once():
    data = shipped()[SEMESTER]
    data["utama"][0]["per"] = 0
    data["observasi"]["skala"] = ["Dilakukan"]
    with pytest.raises(PackError) as refused:
        read_pack(data)
    assert "utama.per" in str(refused.value)
    assert "observasi.skala" in str(refused.value)


def test_the_ratings_of_the_table_are_the_three_levels(pack):
    assert {hasil for hasil, _ in pack.table} == set(LEVELS)


def another(**content):
    """A regulation that says only what is new in it."""
    content = {"dasar": SEMESTER, "kode": "baru", **content}
    return RulePack(code="baru", name="Baru", source="Contoh", valid_from="2028-01-01", content=content)


def test_pusat_brings_another_regulation_by_saying_what_is_new(cast):
    with cast.actor("admin").entered() as actor:
        save_pack(actor=actor, pack=another(poin={"paling_sedikit": 40, "paling_banyak": 128}))
        found = read_pack(RulePack.objects.get(code="baru").content)
    assert (found.limits.least, len(found.utama)) == (40, 18)


def test_a_broken_pack_is_not_saved_and_the_part_is_named(cast):
    with cast.actor("admin").entered() as actor, pytest.raises(Refusal, match="bukti: megabita tidak ada"):
        save_pack(actor=actor, pack=another(bukti={"unggahan": True, "wajib": True}))


@pytest.mark.parametrize("name", ["upt_jabar", "dinas_depok", "kepsek", "guru"])
def test_nobody_but_pusat_brings_a_pack(cast, name):
    with cast.actor(name).entered() as actor, pytest.raises(NotAllowed):
        save_pack(actor=actor, pack=another())
