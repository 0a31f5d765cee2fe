"""School imports by API: the same services, doors and words as the pages."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.actors.models import School, SchoolImport
from tests.actors.school_files import as_csv, row

SMA = row(NPSN="99100009", Nama_Sekolah="SMA CONTOH", Bentuk_Pendidikan="SMA")
LIST = "/api/v1/sekolah/impor/"


@pytest.fixture
def send(cast, django_capture_on_commit_callbacks):
    """Post as one of the cast, and let the worker do what was queued."""

    def _send(name: str, address: str, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return cast.client(name).post(address, data)

    return _send


def a_list(*rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("sekolah.csv", as_csv(list(rows)))


def test_a_list_is_uploaded_previewed_confirmed_and_taken_back(cast, send):
    made = send("dinas_depok", LIST, file=a_list(row(), SMA, row(NPSN="12")))
    assert made.status_code == 201
    address = f"{LIST}{made.json()['id']}/"
    found = cast.dinas_depok.get(address).json()
    names = ("state", "new", "refused", "outside", "can_confirm", "can_undo", "office")
    assert [found[name] for name in names] == ["checked", 1, 2, 1, True, False, "dinas_3276"]
    rows = cast.dinas_depok.get(f"{address}baris/?outcome=refused").json()["results"]
    assert [one["number"] for one in rows] == [3, 4]
    assert "ditangani Dinas Pendidikan Jawa Barat" in rows[0]["problems"][-1]["why"]
    assert (
        cast.dinas_depok.get(f"{address}baris/?outcome=new").json()["results"][0]["values"]["name"]
        == row()["Nama_Sekolah"]
    )
    refused = cast.dinas_depok.get(f"{address}baris-salah/")
    assert "SMA CONTOH" in b"".join(refused.streaming_content).decode("utf-8-sig")
    assert "attachment" in refused["Content-Disposition"]
    assert send("dinas_depok", f"{address}jalankan/").status_code == 202
    assert cast.dinas_depok.get(address).json()["state"] == "imported"
    assert School.objects.filter(npsn="99100001").exists()
    assert send("dinas_depok", f"{address}batalkan/").status_code == 202
    assert cast.dinas_depok.get(address).json()["state"] == "undone"
    again = send("dinas_depok", f"{address}jalankan/")
    assert again.status_code == 400
    assert again.json()["mend"] == "Unggah lagi berkasnya."


def test_the_same_token_twice_makes_one_import(send):
    token = str(uuid4())
    first, second = (send("dinas_depok", LIST, file=a_list(row()), token=token) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert SchoolImport.objects.count() == 1


def test_only_offices_upload_and_only_the_uploading_office_decides(cast, send):
    assert send("kepsek", LIST, file=a_list(row())).status_code == 403
    made = send("dinas_depok", LIST, file=a_list(row())).json()["id"]
    address = f"{LIST}{made}/"
    assert cast.upt_jabar.get(address).json()["can_confirm"] is False
    assert send("upt_jabar", f"{address}jalankan/").status_code == 403
    for part in ("", "baris/", "baris-salah/"):
        foreign = cast.dinas_balikpapan.get(f"{address}{part}")
        absent = cast.dinas_balikpapan.get(f"{LIST}999999/{part}")
        assert foreign.status_code == absent.status_code == 404
    assert send("dinas_balikpapan", f"{address}jalankan/").status_code == 404
    assert cast.kepsek.get(LIST).json()["count"] == 0


def test_without_a_file_or_without_refused_rows_the_answer_says_so(cast, send):
    assert "file" in send("dinas_depok", LIST).json()
    made = send("dinas_depok", LIST, file=a_list(row())).json()["id"]
    assert cast.dinas_depok.get(f"{LIST}{made}/baris-salah/").status_code == 404
