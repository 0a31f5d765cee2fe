"""Bringing in school lists through the portal, as the people who do it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coordination.actors.models import Change, Membership, Reach, School, SchoolImport, SchoolImportRow
from coordination.actors.selectors.schools import outside_offices
from coordination.actors.services.school_imports import prune_imports, stalled_imports
from coordination.actors.tasks import run_school_import, tend_school_imports
from tests.actors.school_files import as_csv, as_xlsx, row
from tests.asked import asked
from tests.cast import PEOPLE, make_person
from tests.kombel.make import make_kombel

IMPORTERS = {
    "admin",
    "upt_jabar",
    "upt_jabar_head",
    "upt_jabar_staff",
    "pmp_jabar",
    "upt_kaltim",
    "upt_papua",
    "dinas_depok",
    "dinas_depok_head",
    "dinas_jabar",
    "dinas_balikpapan",
}
SMA = row(NPSN="99100009", Nama_Sekolah="SMA CONTOH", Bentuk_Pendidikan="SMA")
BEKASI = row(NPSN="99100008", Kota_Kabupaten="Kab. Bekasi", Kecamatan="Kec. Tambun Selatan")


@pytest.fixture
def send(cast, django_capture_on_commit_callbacks):
    """Post as one of the cast, and let the worker do what was queued."""

    def _send(name: str, address: str, data: dict | None = None):
        with django_capture_on_commit_callbacks(execute=True):
            return cast.client(name).post(address, data or {})

    return _send


@pytest.fixture
def upload(send):
    """Upload a list as one of the cast; gives the import, checked."""

    def _upload(name: str, rows: list[dict] | bytes, token: str = "", filename: str = "sekolah.csv") -> SchoolImport:
        content = rows if isinstance(rows, bytes) else as_csv(rows)
        file = SimpleUploadedFile(filename, content)
        response = send(name, "/sekolah/impor/", {"file": file, "token": token or str(uuid4())})
        assert response.status_code == 302, response.content.decode()
        return SchoolImport.objects.get(pk=int(response["Location"].split("/")[-2]))

    return _upload


def counts(found: SchoolImport) -> tuple:
    found.refresh_from_db()
    return found.state, found.new, found.changed, found.unchanged, found.refused


def reasons(found: SchoolImport) -> list[str]:
    return [one.problems[-1]["why"] for one in found.rows.filter(outcome="refused").order_by("number")]


# --- who


@pytest.mark.parametrize("name", PEOPLE)
def test_only_offices_bring_in_schools(cast, name):
    expected = 200 if name in IMPORTERS else 403
    assert cast.client(name).get("/sekolah/impor/").status_code == expected
    file = SimpleUploadedFile("a.csv", as_csv([row()]))
    answer = cast.client(name).post("/sekolah/impor/", {"file": file, "token": str(uuid4())})
    assert answer.status_code == (302 if name in IMPORTERS else 403)


def test_a_city_brings_in_its_own_level_and_is_told_whose_the_others_are(upload, cast):
    found = upload("dinas_depok", [row(), SMA, BEKASI])
    assert counts(found) == ("checked", 1, 0, 0, 2)
    upper, elsewhere = reasons(found)
    assert upper == "Bukan wilayah Anda. SMA ini ditangani Dinas Pendidikan Jawa Barat."
    assert elsewhere == "Bukan wilayah Anda. SD ini ditangani Dinas Pendidikan Kab. Bekasi."
    page = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()
    assert "3 baris: 1 baru, 0 diperbarui, 0 sama, 0 salah. 2 bukan wilayah Anda." in page
    assert [(one["office"], one["kinds"]) for one in outside_offices(found)] == [
        ("Dinas Pendidikan Kab. Bekasi", [("SD", 1)]), ("Dinas Pendidikan Jawa Barat", [("SMA", 1)]),
    ]  # fmt: skip
    assert "Dinas Pendidikan Jawa Barat</th>" in page
    assert "Impor 1 baris yang benar" in page
    assert "Baris salah" not in page
    text = b"".join(cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/baris-salah.csv").streaming_content).decode()
    assert "SMA CONTOH" in text
    assert "Kab. Bekasi" in text


@pytest.mark.parametrize(
    ("name", "cells", "column", "content"),
    [
        ("dinas_depok", SMA, "Bentuk_Pendidikan", "SMA"),
        ("dinas_depok", BEKASI, "Kota_Kabupaten", "Kab. Bekasi"),
        ("dinas_balikpapan", BEKASI, "Provinsi", "Prov. Jawa Barat"),
        ("dinas_jabar", BEKASI, "Bentuk_Pendidikan", "SD"),
        ("upt_kaltim", SMA, "Provinsi", "Prov. Jawa Barat"),
    ],
)
def test_a_row_of_another_office_names_the_cell_that_decided_it(upload, name, cells, column, content):
    problem = upload(name, [cells]).rows.get().problems[-1]
    assert (problem["column"], problem["content"]) == (column, content)


def test_rows_of_other_offices_and_wrong_rows_are_counted_apart(upload, cast):
    found = upload("dinas_depok", [row(), SMA, row(NPSN="123")])
    assert (found.refused, found.outside, found.wrong) == (2, 1, 1)
    page = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()
    assert "1 salah. 1 bukan wilayah Anda." in page


def test_an_npsn_of_seven_digits_in_a_csv_counts_only_for_a_known_school(upload, send):
    first = upload("dinas_depok", as_xlsx([row(NPSN="09100001")]), filename="sekolah.xlsx")
    send("dinas_depok", f"/sekolah/impor/{first.pk}/jalankan/")
    assert School.objects.filter(npsn="09100001").exists(), "a number of a spreadsheet gets its zero back"
    found = upload("dinas_depok", [row(NPSN="9100001", Guru_Total="13"), row(NPSN="9100002")])
    assert counts(found) == ("checked", 0, 1, 0, 1)
    problem = found.rows.get(outcome="refused").problems[0]
    assert (problem["column"], problem["content"]) == ("NPSN", "9100002")
    assert "hanya 7 angka" in problem["why"]
    assert "kedelapan angkanya" in problem["mend"]


@pytest.mark.parametrize("npsn", ["910000", "91", "100001"])
def test_an_npsn_of_six_digits_or_fewer_is_refused_in_either_form_of_file(upload, npsn):
    assert counts(upload("dinas_depok", [row(NPSN=npsn)])) == ("checked", 0, 0, 0, 1)
    found = upload("dinas_depok", as_xlsx([row(NPSN=npsn)]), filename="sekolah.xlsx")
    assert counts(found) == ("checked", 0, 0, 0, 1)
    assert "kedelapan angkanya" in found.rows.get().problems[0]["mend"]


def test_a_province_brings_in_the_upper_level_and_a_upt_both(upload):
    assert counts(upload("dinas_jabar", [row(), SMA, BEKASI])) == ("checked", 1, 0, 0, 2)
    assert counts(upload("upt_jabar", [row(), SMA, BEKASI])) == ("checked", 3, 0, 0, 0)
    assert counts(upload("upt_kaltim", [row(), SMA, BEKASI])) == ("checked", 0, 0, 0, 3)
    assert counts(upload("admin", [row(), SMA, BEKASI])) == ("checked", 3, 0, 0, 0)


def test_a_upt_of_several_provinces_brings_in_all_of_them(upload):
    papua = row(Provinsi="Papua", Kota_Kabupaten="Kota Jayapura", Kecamatan="Distrik Jayapura Utara")
    assert counts(upload("upt_papua", [papua])) == ("checked", 1, 0, 0, 0)


def test_an_office_above_reads_an_import_and_cannot_decide_it(upload, cast, send):
    found = upload("dinas_depok", [row()])
    address = f"/sekolah/impor/{found.pk}/"
    page = cast.upt_jabar.get(address)
    assert page.status_code == 200
    assert "jalankan" not in page.content.decode()
    assert send("upt_jabar", f"{address}jalankan/").status_code == 403
    assert cast.dinas_balikpapan.get(address).status_code == 404
    assert cast.kepsek.get(address).status_code == 404
    assert send("dinas_jabar", f"{address}jalankan/").status_code == 404
    assert counts(found)[0] == "checked"


def test_a_school_of_another_area_is_refused_without_saying_where_it_is(upload, cast):
    taken = row(NPSN="99000005")
    found = upload("dinas_depok", [taken, row(NPSN="99000003")])
    assert reasons(found) == ["NPSN ini sudah terdaftar di luar wewenang kantor Anda."] * 2
    page = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()
    assert "Balikpapan" not in page
    assert counts(found) == ("checked", 0, 0, 0, 2)


# --- import


def test_good_rows_go_in_and_changed_rows_name_what_was_and_will_be(upload, cast, send):
    known = row(NPSN="99000002", Nama_Sekolah="SD CONTOH BEJI BARU", Kecamatan="Beji")
    found = upload("dinas_depok", [row(), known, row(NPSN="")])
    page = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()
    assert "SD Contoh Beji 1 → SD CONTOH BEJI BARU" in page
    assert "NPSN 8 angka" in page
    assert send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/").status_code == 302
    assert counts(found) == ("imported", 1, 1, 0, 1)
    made = School.objects.get(npsn="99100001")
    assert (made.path, made.kode_pos, made.guru) == ("32.d.76.01/99100001", "16432", 12)
    assert "1 Agustus 1980" in cast.dinas_depok.get("/sekolah/99100001/").text
    assert School.objects.get(npsn="99000002").name == "SD CONTOH BEJI BARU"
    assert "2 baris ditulis" in cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()


def test_the_history_tells_who_and_by_which_import(upload, send):
    found = upload("dinas_depok", [row()])
    send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/")
    change = Change.objects.get(subject="actors_school", subject_id=School.objects.get(npsn="99100001").pk)
    assert (change.verb, change.reason) == ("I", f"Impor sekolah {found.pk}")
    assert change.user_id == Membership.objects.get(user__username="dinas_depok").user_id


def test_a_list_with_fewer_columns_or_unknown_cells_erases_nothing(upload, send):
    first = upload("dinas_depok", [row()])
    send("dinas_depok", f"/sekolah/impor/{first.pk}/jalankan/")
    thin = row(Alamat="-", Akreditasi="Tidak diisi", Kecamatan="", Guru_Total="13")
    second = upload("dinas_depok", [thin])
    assert counts(second) == ("checked", 0, 1, 0, 0)
    send("dinas_depok", f"/sekolah/impor/{second.pk}/jalankan/")
    school = School.objects.get(npsn="99100001")
    assert (school.guru, school.alamat, school.akreditasi) == (13, "Jl. Contoh Raya No. 1", "A")
    assert (school.kecamatan_id, school.path) == ("32.76.01", "32.d.76.01/99100001")


def test_a_school_that_moves_takes_its_people_along(upload, send):
    moved = row(NPSN="99000001", Nama_Sekolah="SD Contoh Pancoran Mas 1", Kecamatan="Beji")
    found = upload("dinas_depok", [moved])
    send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/")
    path = "32.d.76.06/99000001"
    assert School.objects.get(npsn="99000001").path == path
    assert Membership.objects.get(user__username="kepsek").path == path
    assert Reach.objects.get(membership__user__username="pengawas").target == path
    send("dinas_depok", f"/sekolah/impor/{found.pk}/batalkan/")
    assert Membership.objects.get(user__username="kepsek").path == "32.d.76.01/99000001"


def test_a_workbook_goes_in_like_a_csv(upload, send, settings, tmp_path):
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    found = upload("dinas_depok", as_xlsx([row()]), filename="sekolah.xlsx")
    send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/")
    assert counts(found) == ("imported", 1, 0, 0, 0)


def test_a_double_click_makes_one_import_and_writes_once(upload, send):
    token = str(uuid4())
    first = upload("dinas_depok", [row()], token=token)
    assert upload("dinas_depok", [row()], token=token) == first
    assert SchoolImport.objects.count() == 1
    for _click in range(2):
        send("dinas_depok", f"/sekolah/impor/{first.pk}/jalankan/")
    assert counts(first) == ("imported", 1, 0, 0, 0)


def test_a_school_that_appeared_since_the_check_is_refused_not_overwritten(upload, send):
    found = upload("dinas_depok", [row()])
    other = upload("upt_jabar", [row(Nama_Sekolah="SD DARI UPT")])
    send("upt_jabar", f"/sekolah/impor/{other.pk}/jalankan/")
    send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/")
    assert counts(found) == ("imported", 0, 0, 0, 1)
    assert School.objects.get(npsn="99100001").name == "SD DARI UPT"


def test_a_file_that_is_no_list_says_so_on_its_page(upload, cast):
    found = upload("dinas_depok", b"a,b\n1,2\n")
    assert counts(found)[0] == "failed"
    page = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/").content.decode()
    assert "Kolom wajib tidak ditemukan" in page


def test_a_form_without_a_file_names_the_field(cast):
    answer = cast.dinas_depok.post("/sekolah/impor/", {"token": str(uuid4())})
    assert answer.status_code == 400
    assert "Daftar sekolah" in answer.content.decode()


def test_a_running_import_shows_its_progress_and_refreshes_without_a_script(upload, cast):
    found = upload("dinas_depok", [row()])
    SchoolImport.objects.filter(pk=found.pk).update(state="importing", done=3200, total=12000)
    answer = cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/")
    assert "Sedang diimpor… 3.200 dari 12.000" in answer.content.decode()
    assert answer["Refresh"] == "3"
    assert "Refresh" not in cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/?diam=1")


# --- wrong rows


def test_wrong_rows_are_downloaded_by_those_who_see_the_import_alone(upload, cast):
    found = upload("dinas_depok", [row(), row(NPSN="99100002", Bentuk_Pendidikan="MI", Nama_Sekolah="=HYPERLINK(1)")])
    address = f"/sekolah/impor/{found.pk}/baris-salah.csv"
    answer = cast.dinas_depok.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "attachment" in answer["Content-Disposition"]
    assert "'=HYPERLINK(1)" in text
    assert "SD CONTOH MELATI 1" not in text
    assert cast.dinas_balikpapan.get(address).status_code == 404
    assert cast.operator.get(address).status_code == 404


def test_without_wrong_rows_there_is_nothing_to_download(upload, cast):
    found = upload("dinas_depok", [row()])
    assert cast.dinas_depok.get(f"/sekolah/impor/{found.pk}/baris-salah.csv").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_uploaded_as_it_is(upload, cast, form):
    content = cast.dinas_depok.get(f"/sekolah/impor/templat.{form}").content
    found = upload("dinas_depok", content, filename=f"templat.{form}")
    assert found.message == "Berkas ini tidak berisi satu baris sekolah pun."


def test_another_form_of_template_does_not_exist(cast):
    assert cast.dinas_depok.get("/sekolah/impor/templat.exe").status_code == 404


# --- undo


@pytest.fixture
def imported(upload, send):
    """One new school and one changed, written by the city."""
    known = row(NPSN="99000002", Nama_Sekolah="SD CONTOH BEJI BARU", Kecamatan="Beji")
    found = upload("dinas_depok", [row(), known])
    send("dinas_depok", f"/sekolah/impor/{found.pk}/jalankan/")
    return found


def test_an_undo_removes_new_schools_and_gives_changed_ones_their_old_values(imported, send):
    send("dinas_depok", f"/sekolah/impor/{imported.pk}/batalkan/")
    assert counts(imported)[0] == "undone"
    assert not School.objects.filter(npsn="99100001").exists()
    school = School.objects.get(npsn="99000002")
    assert (school.name, school.akreditasi, school.details, school.guru) == ("SD Contoh Beji 1", "", {}, None)


def test_an_undo_leaves_a_school_that_is_in_use_and_says_why(imported, send, cast):
    make_person("kepsek_baru", "kepsek", "99100001")
    send("dinas_depok", f"/sekolah/impor/{imported.pk}/batalkan/")
    imported.refresh_from_db()
    assert (imported.state, imported.kept) == ("undone", 1)
    assert School.objects.filter(npsn="99100001").exists()
    page = cast.dinas_depok.get(f"/sekolah/impor/{imported.pk}/").content.decode()
    assert "Sudah dipakai: ada anggota" in page


def test_an_undo_does_not_overwrite_what_others_changed_since(imported, send):
    School.objects.filter(npsn="99000002").update(akreditasi="C")
    send("dinas_depok", f"/sekolah/impor/{imported.pk}/batalkan/")
    imported.refresh_from_db()
    assert imported.kept == 1
    assert School.objects.get(npsn="99000002").name == "SD CONTOH BEJI BARU"


def test_after_a_day_an_import_can_no_longer_be_undone(imported, send, cast):
    SchoolImport.objects.filter(pk=imported.pk).update(imported_at=timezone.now() - timedelta(hours=25))
    answer = send("dinas_depok", f"/sekolah/impor/{imported.pk}/batalkan/")
    assert answer.status_code == 400
    assert "24 jam" in answer.content.decode()
    assert counts(imported)[0] == "imported"


def test_an_import_that_was_never_run_cannot_be_undone(upload, send):
    found = upload("dinas_depok", [row()])
    assert send("dinas_depok", f"/sekolah/impor/{found.pk}/batalkan/").status_code == 400


# --- the worker


def test_a_step_that_runs_twice_changes_nothing(imported):
    acting = Membership.objects.get(user__username="dinas_depok")
    before = list(School.objects.order_by("npsn").values())
    for step in ("check", "apply"):
        run_school_import(step, imported.pk, acting.user_id, acting.pk)
    assert list(School.objects.order_by("npsn").values()) == before
    assert counts(imported) == ("imported", 1, 1, 0, 0)


def test_an_import_whose_message_was_lost_is_taken_up_again(cast, upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        file = SimpleUploadedFile("a.csv", as_csv([row()]))
        cast.dinas_depok.post("/sekolah/impor/", {"file": file, "token": str(uuid4())})
    found = SchoolImport.objects.get()
    assert stalled_imports() == []
    SchoolImport.objects.update(touched_at=timezone.now() - timedelta(minutes=4))
    tend_school_imports()
    assert counts(found) == ("checked", 1, 0, 0, 0)


def test_a_role_that_ended_meanwhile_ends_its_import(upload, send):
    found = upload("dinas_depok", [row()])
    SchoolImport.objects.update(state="importing")
    acting = Membership.objects.get(user__username="dinas_depok")
    Membership.objects.filter(pk=acting.pk).update(until="2026-01-01")
    run_school_import("apply", found.pk, acting.user_id, acting.pk)
    found.refresh_from_db()
    assert (found.state, found.message) == ("failed", "Peran pengunggah sudah berakhir.")


def test_files_and_rows_of_old_imports_are_removed(imported):
    assert default_storage.exists(imported.file)
    SchoolImport.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert prune_imports() == 1
    assert not default_storage.exists(imported.file)
    assert not SchoolImportRow.objects.exists()
    assert prune_imports() == 0


# --- lists


def make_schools(count: int) -> None:
    for number in range(count):
        School.objects.create(
            npsn=f"9930{number:04}",
            name=f"SD Contoh Daftar {number}",
            bentuk="SD",
            level="d",
            status="swasta",
            provinsi_id="32",
            kabkota_id="32.76",
            kecamatan_id="32.76.06",
            path=f"32.d.76.06/9930{number:04}",
        )


@pytest.mark.parametrize("name", ["dinas_depok", "upt_jabar", "pusat", "pengawas"])
def test_the_list_of_schools_asks_the_same_few_questions_however_long_it_is(cast, name):
    client = cast.client(name)
    one = len(asked(client, "/sekolah/"))
    make_schools(20)
    assert len(asked(client, "/sekolah/")) == one <= 8


def test_the_list_of_imports_asks_the_same_few_questions_however_long_it_is(cast, upload):
    upload("dinas_depok", [row()])
    one = len(asked(cast.dinas_depok, "/sekolah/impor/"))
    for _number in range(19):
        upload("dinas_depok", [row()])
    assert len(asked(cast.dinas_depok, "/sekolah/impor/")) == one <= 8


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"99000001", "99000002", "99000003", "99000004"}),
        ("?q=beji", {"99000002"}),
        ("?q=contoh+mas", {"99000001"}),
        ("?q=9900000", {"99000001", "99000002", "99000003", "99000004"}),
        ("?q=99000003", {"99000003"}),
        ("?kabkota=32.16", {"99000004"}),
        ("?kabkota=32.76&kecamatan=32.76.06", {"99000002"}),
        ("?bentuk=SMK", {"99000003"}),
        ("?status=swasta", set()),
        ("?kabkota=64.71", {"99000001", "99000002", "99000003", "99000004"}),
    ],
)
def test_filters_narrow_the_list_and_never_widen_it(cast, query, shown):
    page = cast.upt_jabar.get(f"/sekolah/{query}").content.decode()
    assert set(re.findall(r'href="/sekolah/(\d{8})/"', page)) == shown


def test_a_school_outside_the_area_looks_like_one_that_does_not_exist(cast):
    assert cast.dinas_depok.get("/sekolah/99000001/").status_code == 200
    assert cast.dinas_depok.get("/sekolah/99000005/").status_code == 404
    assert cast.dinas_depok.get("/sekolah/99999999/").status_code == 404
    assert "Dinas Pendidikan Kota Depok" in cast.upt_jabar.get("/sekolah/99000001/").content.decode()
    assert "Dinas Pendidikan Jawa Barat" in cast.upt_jabar.get("/sekolah/99000003/").content.decode()


def test_the_page_of_a_school_lists_its_communities_to_those_who_see_them(cast):
    address = "/sekolah/99000001/"
    assert "Belum ada komunitas belajar di sekolah ini." in cast.dinas_depok.get(address).text
    make_kombel(last_meeting=timezone.localdate())
    make_kombel(name="Kombel Contoh lama", state="tidak_aktif", closed_on="2026-02-01")
    make_kombel("99000002", name="Kombel Contoh lain")
    page = cast.dinas_depok.get(address).text
    assert page.index("Kombel Contoh Melati") < page.index("Kombel Contoh lama")
    assert "Kombel Contoh lain" not in page
    few = len(asked(cast.dinas_depok, address))
    for number in range(15):
        make_kombel(name=f"Kombel Contoh {number}")
    assert len(asked(cast.dinas_depok, address)) == few
