"""The colours of the Rapor Pendidikan: written by the school, imported, and shown to the teacher (PK-4)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinerja.models import RaporColour
from kinerja.selectors.rapor import pack_on

from .plans import TODAY

pytestmark = pytest.mark.usefixtures("in_november")
RAPOR, IMPORT = "/kinerja/rapor/", "/kinerja/rapor/impor/"


def sent(text: str) -> dict:
    return {"file": SimpleUploadedFile("rapor.csv", text.encode())}


def stored(year: int = 2025) -> dict[str, str]:
    return dict(RaporColour.objects.filter(year=year).values_list("indicator", "colour"))


@pytest.mark.parametrize("name", ["kepsek", "operator"])
def test_the_school_writes_the_colours_and_takes_one_away(cast, name):
    first, second = (one.code for one in pack_on(TODAY).indicators[:2])
    fields = {"year": 2025, f"warna_{first}": "merah", f"warna_{second}": "hijau"}
    assert cast.client(name).post(RAPOR, fields).url == f"{RAPOR}?tahun=2025"
    assert stored() == {first: "merah", second: "hijau"}
    cast.client(name).post(RAPOR, {"year": 2025, f"warna_{first}": "kuning"})
    assert stored() == {first: "kuning"}


@pytest.mark.parametrize("name", ["guru", "penggerak", "pengawas", "dinas_depok", "upt_jabar", "pusat", "outsider"])
def test_nobody_else_writes_them(cast, name):
    for address in (RAPOR, f"{RAPOR}templat.csv"):
        assert cast.client(name).get(address).status_code == 403
    assert cast.client(name).post(RAPOR, {"year": 2025}).status_code == 403
    assert cast.client(name).post(IMPORT, sent("tahun,indikator,warna\n")).status_code == 403


def test_a_year_that_cannot_be_is_refused_at_its_field(cast):
    page = cast.kepsek.post(RAPOR, {"year": 2031})
    assert page.status_code == 400
    assert "Tahun rapor antara 2021 dan 2026." in page.text


def test_the_teacher_sees_the_newest_colours_red_first(cast):
    codes = [one.code for one in pack_on(TODAY).indicators]
    cast.kepsek.post(RAPOR, {"year": 2024, f"warna_{codes[0]}": "merah"})
    cast.kepsek.post(RAPOR, {"year": 2025, f"warna_{codes[0]}": "hijau", f"warna_{codes[-1]}": "merah"})
    begun = cast.guru.post(reverse("kinerja:start", args=["2026-2"]))
    page = cast.guru.get(f"{begun.url}praktik/").text
    assert "Warna dari Rapor Pendidikan 2025" in page
    assert page.index(f'value="{codes[-1]}"') < page.index(f'value="{codes[0]}"')
    for words in ('<span class="tag warn">Merah – prioritas utama', '<span class="tag ok">Hijau – dianjurkan'):
        assert words in page
    assert page.count('type="radio"') == len(codes) == 8


def test_the_template_filled_in_comes_back_whole(cast):
    text = cast.operator.get(f"{RAPOR}templat.csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    filled = "\n".join([lines[0], *(f"{line}merah" for line in lines[1:])]).replace("2026,", "2025,")
    assert cast.operator.post(IMPORT, sent(filled)).status_code == 302
    assert set(stored().values()) == {"merah"}
    assert len(stored()) == 8


def test_wrong_rows_are_named_with_column_and_mend_and_the_good_ones_proceed(cast):
    code = pack_on(TODAY).indicators[0].code
    rows = [f"2025;{code};MERAH", f"25;{code};merah", "2025;tidak ada;merah", f"2025;{code};ungu"]
    page = cast.operator.post(IMPORT, sent("\n".join(["Tahun;Indikator;Warna", *rows])))
    assert page.status_code == 200
    assert "3 baris tidak diimpor" in page.text
    for number, column, mend in (
        (3, "tahun", "Tulis tahun antara 2021 dan 2026."),
        (4, "indikator", "Tulis nama indikator seperti di templat."),
        (5, "warna", "Tulis merah, kuning, atau hijau."),
    ):
        assert f"Baris {number}" in page.text
        assert f">{column}</td>" in page.text
        assert mend in page.text
    assert stored() == {code: "merah"}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01"])
def test_a_file_that_is_no_such_list_is_refused_with_the_mend(cast, text):
    page = cast.operator.post(IMPORT, sent(text))
    assert page.status_code == 400
    assert stored() == {}
