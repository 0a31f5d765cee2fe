"""Evidence through HTTP: real files, what is refused and how that is said, who may fetch it, and what it adds up to."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
import typst
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kinerja.models import Evidence, PlanItem, RulePack
from kinerja.selectors.achievement import achievement_of
from kinerja.services.decisions import amend_plan, approve_plan
from kinerja.services.plans import submit_plan, write_section

from .plans import approved, drafted, rated

pytestmark = pytest.mark.usefixtures("in_november", "media")
GPS, CAMERA = 0x8825, 0x010F
STRANGERS = ("operator", "penggerak", "kepsek_smk", "kepsek_balikpapan", "dinas_depok", "pengawas", "upt_jabar",
             "pusat", "admin", "mitra", "outsider")  # fmt: skip


def photo() -> bytes:
    exif = Image.Exif()
    exif[CAMERA] = "Kamera Rahasia"
    exif.get_ifd(GPS)[2] = (6.0, 24.0, 0.0)
    out = BytesIO()
    Image.new("RGB", (2400, 1800), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typst.compile(b"= Sertifikat Contoh\nPelatihan mandiri, 12 Oktober 2026.")


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def with_attachment(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_attachment("pasang.exe", b"MZ")
    return written(writer)


def locked(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt("rahasia")
    return written(writer)


def item(plan, number=1) -> PlanItem:
    return PlanItem.objects.get(plan=plan, number=number)


def add(client, plan, kind="catatan", number=1, name="", content=b"", **given):
    given = {
        "title": "Pelatihan Contoh", "done_on": "2026-10-12", "units": 1, "note": "Selesai.", "token": uuid4(), **given,
    }  # fmt: skip
    if name:
        given["file"] = SimpleUploadedFile(name, content)
    return client.post(f"/kinerja/rencana/{plan.pk}/bukti/{item(plan, number).pk}/baru/?jenis={kind}", given)


def listed(client, plan) -> str:
    return client.get(f"/kinerja/rencana/{plan.pk}/bukti/").text


def test_a_photo_loses_its_place_and_its_name_and_is_served_as_a_download(cast):
    plan, original = approved(cast), photo()
    assert GPS in Image.open(BytesIO(original)).getexif()
    assert add(cast.guru, plan, "foto", name="IMG_0001.jpg", content=original).status_code == 302
    found = Evidence.objects.get()
    with default_storage.open(found.file) as file:
        kept = file.read()
    assert not Image.open(BytesIO(kept)).getexif()
    assert b"Kamera Rahasia" not in kept
    assert "IMG_0001" not in found.file
    for client in (cast.guru, cast.kepsek):
        response = client.get(f"/kinerja/bukti/{found.pk}/berkas/")
        assert response.status_code == 200
        assert response["Content-Disposition"] == f'attachment; filename="bukti-{found.pk}.jpg"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"].startswith("private")
        assert b"".join(response.streaming_content) == kept


def test_a_pdf_arrives_as_it_was_sent(cast, pdf):
    plan = approved(cast)
    assert add(cast.guru, plan, "pdf", name="sertifikat.pdf", content=pdf).status_code == 302
    response = cast.kepsek.get(f"/kinerja/bukti/{Evidence.objects.get().pk}/berkas/")
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == pdf


REFUSED = {
    "halaman.pdf": (lambda pdf: b"<!doctype html><script>alert(1)</script>", "halaman.pdf bukan PDF."),
    "dua.pdf": (lambda pdf: b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF", "dua.pdf rusak"),
    "ekor.pdf": (lambda pdf: pdf + b"<script>alert(1)</script>", "tidak berakhir sebagaimana PDF"),
    "skrip.pdf": (with_script, "berisi skrip, lampiran, atau perintah"),
    "lampiran.pdf": (with_attachment, "berisi skrip, lampiran, atau perintah"),
    "kunci.pdf": (locked, "dikunci dengan sandi"),
    "potong.pdf": (lambda pdf: pdf[: len(pdf) // 2] + b"\n%%EOF", "potong.pdf rusak"),
    "besar.pdf": (lambda pdf: pdf + b" " * 3 * 1024 * 1024, "besar.pdf terlalu besar."),
    "sertifikat.exe": (lambda pdf: pdf, "sertifikat.exe bukan PDF."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_a_plain_pdf_is_refused_by_name_with_limit_and_mend_and_the_fields_stay(cast, pdf, name):
    make, said = REFUSED[name]
    answer = add(cast.guru, approved(cast), "pdf", name=name, content=make(pdf), title="Judul yang diketik")
    assert answer.status_code == 400
    assert said in answer.text
    assert "Kirim PDF tanpa sandi, paling besar 2 MB." in answer.text
    assert 'value="Judul yang diketik"' in answer.text
    assert not Evidence.objects.exists()


def test_a_page_named_as_a_photo_and_a_photo_over_the_limit_are_refused(cast):
    plan = approved(cast)
    assert "foto.jpg bukan foto." in add(cast.guru, plan, "foto", name="foto.jpg", content=b"<html>").text
    heavy = photo() + b"0" * 3 * 1024 * 1024
    answer = add(cast.guru, plan, "foto", name="besar.jpg", content=heavy)
    assert "besar.jpg terlalu besar." in answer.text
    assert "paling besar 2 MB" in answer.text


def test_a_missing_file_is_said_and_the_limit_stands_there_before(cast):
    plan = approved(cast)
    page = cast.guru.get(f"/kinerja/rencana/{plan.pk}/bukti/{item(plan).pk}/baru/?jenis=pdf").text
    assert "Paling besar 2 MB, tanpa sandi." in page
    assert "Berkas belum dipilih." in add(cast.guru, plan, "pdf").text
    assert "Setiap foto atau PDF paling besar 2 MB." in listed(cast.guru, plan)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://contoh.id/x", "contoh", "data:text/html,x", ""])
def test_a_link_is_http_or_https(cast, link):
    plan = approved(cast)
    assert add(cast.guru, plan, "tautan", link=link).status_code == 400
    assert add(cast.guru, plan, "tautan", link="https://contoh.id/karya").status_code == 302
    assert "https://contoh.id/karya" in listed(cast.kepsek, plan)


@pytest.mark.parametrize("day", ["2026-06-30", "2026-11-22", "2027-01-02"])
def test_the_activity_lies_in_the_plan_and_not_in_the_future(cast, day):
    answer = add(cast.guru, approved(cast), done_on=day)
    assert answer.status_code == 400
    assert "Tanggal kegiatan harus antara 1 Juli 2026 dan 21 November 2026." in answer.text


def test_a_double_click_makes_one_piece(cast):
    plan, token = approved(cast), uuid4()
    add(cast.guru, plan, token=token)
    add(cast.guru, plan, token=token)
    assert Evidence.objects.count() == 1


def test_only_full_packages_give_points_and_nothing_is_capped(cast):
    plan = approved(cast, items={"3": 1, "11": 1, "1": 1})
    add(cast.guru, plan, number=3, units=2)
    add(cast.guru, plan, number=11, units=25)
    add(cast.guru, plan, number=1, units=2)
    with cast.actor("guru").entered():
        found = achievement_of(plan)
    by = {one.item.number: one for one in found.rows}
    assert (by[3].planned_units, by[3].achieved_units, by[3].achieved_packages, by[3].achieved_points) == (3, 2, 0, 0)
    assert (by[11].planned_units, by[11].achieved_packages, by[11].achieved_points) == (10, 2, 12)
    assert (by[1].achieved_points, by[1].planned_points) == (16, 8)
    assert (found.planned_points, found.achieved_points) == (50, 28)
    assert {one.item.number for one in found.without_evidence} == {31}
    page = listed(cast.guru, plan)
    assert "28 dari 50 poin terbukti." in page
    assert "2 dari 3" in page


def test_a_withdrawn_piece_stays_with_its_reason_but_counts_and_travels_no_more(cast, pdf):
    plan = approved(cast)
    add(cast.guru, plan, "pdf", name="salah.pdf", content=pdf)
    found = Evidence.objects.get()
    url = f"/kinerja/bukti/{found.pk}/tarik/"
    assert cast.kepsek.post(url, {"reason": "x", "token": uuid4()}).status_code == 403
    assert cast.guru.post(url, {"reason": " ", "token": uuid4()}).status_code == 400
    assert cast.guru.post(url, {"reason": "Salah berkas", "token": uuid4()}).status_code == 302
    assert cast.guru.get(f"/kinerja/bukti/{found.pk}/berkas/").status_code == 404
    assert "Salah berkas" in listed(cast.kepsek, plan)
    with cast.actor("guru").entered():
        assert achievement_of(plan).evidence == 0


def test_nobody_else_reads_lists_or_fetches_evidence(cast, pdf):
    plan = approved(cast)
    add(cast.guru, plan, "pdf", name="a.pdf", content=pdf)
    found = Evidence.objects.get()
    for name in STRANGERS:
        client = cast.client(name)
        for url in (f"/kinerja/bukti/{found.pk}/berkas/", f"/kinerja/rencana/{plan.pk}/bukti/",
                    f"/kinerja/bukti/{found.pk}/tarik/"):  # fmt: skip
            assert client.get(url).status_code in {403, 404}, (name, url)
    assert cast.anonymous.get(f"/kinerja/bukti/{found.pk}/berkas/").status_code == 302
    assert add(cast.kepsek, plan).status_code == 403


def test_the_dinas_reads_the_evidence_of_a_principals_own_plan(cast, pdf):
    plan = approved(cast, owner="kepsek", by="dinas_depok")
    add(cast.kepsek, plan, "pdf", name="a.pdf", content=pdf)
    url = f"/kinerja/bukti/{Evidence.objects.get().pk}/berkas/"
    assert cast.dinas_depok.get(url).status_code == 200
    assert cast.dinas_jabar.get(url).status_code == 404
    assert cast.guru.get(url).status_code == 404


def test_an_item_of_another_plan_is_not_found(cast):
    plan, other = approved(cast), approved(cast, owner="kepsek", by="dinas_depok")
    assert cast.guru.get(f"/kinerja/rencana/{plan.pk}/bukti/{item(other).pk}/baru/").status_code == 404


@pytest.mark.parametrize("make", [drafted, rated])
def test_a_plan_that_does_not_run_takes_no_evidence_and_says_why(cast, make):
    plan = make(cast)
    assert "Observasi dan bukti dukung hanya untuk rencana" in listed(cast.guru, plan)
    if make is rated:
        assert add(cast.guru, plan).status_code == 400


def test_evidence_goes_on_while_a_change_waits_and_stays_when_its_rhk_falls_away(cast):
    plan = approved(cast)
    add(cast.guru, plan, number=5)
    with cast.actor("guru").entered() as actor:
        amend_plan(actor=actor, plan=plan, reason="Kegiatan dibatalkan.")
        write_section(actor=actor, plan=plan, code="kompetensi", content={"items": {"1": 4}}, version=1)
        submit_plan(actor=actor, plan=plan)
    assert add(cast.guru, plan, number=1).status_code == 302
    with cast.actor("kepsek").entered() as actor:
        approve_plan(actor=actor, plan=plan, number=2)
    assert add(cast.guru, plan, number=5).status_code == 400
    assert "Tidak lagi di rencana" in listed(cast.guru, plan)


def test_a_pack_without_uploads_takes_links_and_notes_only(cast, pdf):
    plan = approved(cast)
    type(plan).objects.filter(pk=plan.pk).update(pack=RulePack.objects.get(code="tahunan-2025"))
    page = cast.guru.get(f"/kinerja/rencana/{plan.pk}/bukti/{item(plan).pk}/baru/").text
    assert "jenis=tautan" in page
    assert "jenis=foto" not in page
    add(cast.guru, plan, "pdf", name="a.pdf", content=pdf, link="https://contoh.id/")
    assert not Evidence.objects.exclude(kind="tautan").exists()


def test_the_menus_entry_leads_to_the_present_plan(cast):
    assert "Belum ada rencana yang berjalan." in cast.guru.get("/kinerja/bukti/").text
    plan = approved(cast)
    assert cast.guru.get("/kinerja/bukti/")["Location"] == f"/kinerja/rencana/{plan.pk}/bukti/"
    assert cast.pusat.get("/kinerja/bukti/").status_code == 200


def test_the_list_asks_the_same_with_one_piece_and_with_twenty(cast):
    plan = approved(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            listed(cast.guru, plan)
        return len(found)

    add(cast.guru, plan)
    asked()
    one = asked()
    for number in range(19):
        add(cast.guru, plan, title=f"Kegiatan {number}", done_on=date(2026, 10, number + 1).isoformat())
    assert asked() == one


def test_a_dropped_rhk_shows_its_lock_and_no_form(cast):
    plan = approved(cast)
    item = PlanItem.objects.filter(plan=plan).first()
    PlanItem.objects.filter(pk=item.pk).update(active=False)
    page = cast.guru.get(f"/kinerja/rencana/{plan.pk}/bukti/{item.pk}/baru/").text
    assert "RHK ini tidak lagi ada di rencana yang disetujui. Pilih RHK lain, atau ubah rencana." in page
    assert "Simpan bukti" not in page


def test_the_form_of_evidence_names_the_single_works_it_counts(cast):
    plan = approved(cast, kompetensi={"items": {"1": 4, "11": 1}})
    item = PlanItem.objects.get(plan=plan, number=11)
    assert "Jumlah aksi nyata" in cast.guru.get(f"/kinerja/rencana/{plan.pk}/bukti/{item.pk}/baru/").text


def test_a_plan_that_was_not_approved_says_that_alone(cast):
    plan = drafted(cast, code="2027-1")
    for address in ("bukti", "observasi"):
        page = cast.guru.get(f"/kinerja/rencana/{plan.pk}/{address}/").text
        assert page.count("hanya untuk rencana yang sudah disetujui") == 1
        assert "hari pertama rencana ini" not in page
        assert "Langkah “" not in page


def test_evidence_of_a_tambahan_names_the_task_beside_its_number(cast):
    plan = approved(cast)
    assert add(cast.guru, plan, number=31).status_code == 302
    for client in (cast.guru, cast.kepsek):
        page = client.get(f"/kinerja/rencana/{plan.pk}/bukti/").text
        assert "Catatan · 12 Okt 2026 · 1 × Guru piket</small>" in page
