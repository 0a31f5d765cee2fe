"""Photos of meetings: drawn anew, so that nothing travels with them, and shown to those who see the meeting."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kombel.models import Meeting, Photo

from .make import make_kombel, make_leader

TODAY = date(2026, 11, 5)
GPS, CAMERA = 0x8825, 0x010F


@pytest.fixture
def kombel(cast, on):
    on(TODAY)
    found = make_kombel()
    make_leader(found, "penggerak")
    return found


def picture(kind="JPEG", size=(2400, 1800), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[CAMERA] = "Kamera Rahasia"
    exif.get_ifd(GPS)[2] = (6.0, 24.0, 0.0)
    return picture(exif=exif)


def send(client, kombel, *files: tuple[str, bytes]):
    given = {"held_on": TODAY, "topic": "Asesmen", "mode": "luring", "present": 3, "token": uuid4()}
    photos = [SimpleUploadedFile(name, content, "image/jpeg") for name, content in files]
    return client.post(f"/kombel/{kombel.pk}/pertemuan/baru/", {**given, "photos": photos})


def test_place_and_camera_are_dropped_and_the_picture_shrinks(cast, kombel):
    original = with_place()
    assert GPS in Image.open(BytesIO(original)).getexif()
    assert send(cast.penggerak, kombel, ("DSC_0001.JPG", original)).status_code == 302
    photo = Photo.objects.get()
    with default_storage.open(photo.file) as file:
        kept = file.read()
    assert not Image.open(BytesIO(kept)).getexif()
    assert b"Kamera Rahasia" not in kept
    assert (photo.width, photo.height) == Image.open(BytesIO(kept)).size == (1600, 1200)
    assert "DSC_0001" not in photo.file


def test_a_photo_taken_sideways_stands_upright(cast, kombel):
    exif = Image.Exif()
    exif[0x0112] = 6
    send(cast.penggerak, kombel, ("foto.jpg", picture(size=(800, 400), exif=exif)))
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (400, 800)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "foto.png"), ("WEBP", "foto.webp"), ("JPEG", "foto.jpeg")])
def test_the_kinds_a_phone_makes_are_taken(cast, kombel, kind, name):
    assert send(cast.penggerak, kombel, (name, picture(kind, size=(100, 80)))).status_code == 302
    assert Image.open(default_storage.open(Photo.objects.get().file)).format == "JPEG"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("skrip.jpg", b"<script>alert(1)</script>", "skrip.jpg bukan foto."),
        ("foto.php", picture(), "foto.php bukan foto."),
        ("foto.png", picture("JPEG"), "foto.png bukan foto."),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "gambar.svg bukan foto."),
        ("potong.jpg", picture()[:600], "potong.jpg rusak"),
        ("tiruan.jpg", b"\xff\xd8\xff" + b"A" * 900, "tiruan.jpg rusak"),
        ("besar.jpg", b"\xff\xd8\xff" + b"0" * (2 * 1024 * 1024), "besar.jpg terlalu besar."),
    ],
)
def test_what_is_not_a_photo_is_refused_by_name_with_the_way_out(cast, kombel, name, content, said):
    response = send(cast.penggerak, kombel, (name, content))
    assert response.status_code == 400
    assert said in response.text
    assert "Kirim foto JPG, PNG atau WebP paling besar 2 MB." in response.text
    assert not Meeting.objects.exists()


def test_a_small_file_that_claims_a_huge_picture_is_refused(cast, kombel):
    bomb = picture("PNG", size=(9000, 6000))
    assert len(bomb) < 2 * 1024 * 1024
    response = send(cast.penggerak, kombel, ("bom.png", bomb))
    assert response.status_code == 400
    assert "terlalu besar untuk dibaca" in response.text


def test_a_page_hidden_behind_a_photo_does_not_survive(cast, kombel):
    send(cast.penggerak, kombel, ("dua.jpg", picture(size=(50, 50)) + b"<script>alert(document.cookie)</script>"))
    with default_storage.open(Photo.objects.get().file) as file:
        assert b"<script>" not in file.read()


def test_three_photos_at_most(cast, kombel):
    one = ("foto.jpg", picture(size=(40, 40)))
    response = send(cast.penggerak, kombel, one, one, one, one)
    assert response.status_code == 400
    assert "Paling banyak 3 foto" in response.text
    assert send(cast.penggerak, kombel, one, one, one).status_code == 302
    assert Photo.objects.count() == 3


def test_the_limit_is_said_before_anything_is_chosen(cast, kombel):
    page = cast.penggerak.get(f"/kombel/{kombel.pk}/pertemuan/baru/").text
    assert "Paling banyak 3 foto, masing-masing paling besar 2 MB." in page


def test_a_photo_is_shown_to_those_who_see_the_meeting_and_to_no_cache_but_theirs(cast, kombel):
    send(cast.penggerak, kombel, ("foto.jpg", picture(size=(40, 40))))
    url = f"/kombel/foto/{Photo.objects.get().pk}/"
    for name in ("penggerak", "guru", "dinas_depok", "upt_jabar", "pusat", "pengawas"):
        response = cast.client(name).get(url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, max-age=3600"
        assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    for name in ("dinas_balikpapan", "upt_papua", "mitra", "kepsek_smk", "outsider"):
        assert cast.client(name).get(url).status_code == 404
    assert cast.anonymous.get(url).status_code == 302


def test_a_mitra_of_the_school_sees_no_photos(cast, on):
    on(TODAY)
    kombel = make_kombel("99000002")
    make_leader(kombel, "penggerak")
    meeting = Meeting.objects.create(
        kombel=kombel, path=kombel.path, state="rencana", topic="x", held_on=TODAY, created_by_id=kombel.leader_ids[0]
    )
    file = default_storage.save("kombel/uji.jpg", SimpleUploadedFile("x.jpg", picture(size=(8, 8))))
    photo = Photo.objects.create(
        meeting=meeting, path=kombel.path, file=file, width=8, height=8, size=9, uploaded_by_id=kombel.leader_ids[0]
    )
    assert cast.mitra.get(f"/kombel/pertemuan/{meeting.pk}/").status_code == 200
    assert cast.mitra.get(f"/kombel/foto/{photo.pk}/").status_code == 404


def test_removing_a_photo_removes_its_file(cast, kombel, django_capture_on_commit_callbacks):
    send(cast.penggerak, kombel, ("foto.jpg", picture(size=(40, 40))))
    photo = Photo.objects.get()
    assert cast.guru.post(f"/kombel/foto/{photo.pk}/hapus/").status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert cast.penggerak.post(f"/kombel/foto/{photo.pk}/hapus/").status_code == 302
    assert not Photo.objects.exists()
    assert not default_storage.exists(photo.file)
