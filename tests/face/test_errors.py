"""What the reader is told when something goes wrong, and that what they typed is kept."""

import re
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from coordination.actors.errors import Conflict, NotAllowed, Refusal
from ikm_portal import errors

SAME_SITE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


def test_an_absent_page_answers_404_in_the_frame_of_the_portal(cast):
    response = cast.guru.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.text
    assert 'class="head"' in response.text


def test_a_refusal_names_the_reader_the_owner_and_whom_to_ask(cast, rf: RequestFactory):
    request = rf.get("/x/")
    request.actor = cast.actor("dinas_depok")
    request.user = request.actor.user
    response = errors.permission_denied(request, NotAllowed(owner="BBGP Jawa Barat", ask="admin BBGP Jawa Barat"))
    text = response.content.decode()
    assert response.status_code == 403
    assert "Anda masuk sebagai" in text
    assert "Data ini milik BBGP Jawa Barat." in text
    assert "Hubungi admin BBGP Jawa Barat." in text


def test_a_form_sent_after_the_session_ended_is_kept_without_its_secrets(db):
    data = {"topic": "Asesmen <awal>", "password": "rahasia-sekali"}
    response = Client().post(reverse("home"), data, **SAME_SITE)
    assert response.status_code == 401
    assert 'name="topic" value="Asesmen &lt;awal&gt;"' in response.text
    assert "rahasia-sekali" not in response.text


def test_a_kept_form_can_be_sent_after_logging_in_again(cast):
    address, token = reverse("member_invite"), str(uuid4())
    body = {"name": "Rambu Ana", "email": "rambu@contoh.id", "role": "guru", "token": token}
    page = Client().post(address, body, **SAME_SITE).text
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert kept.items() >= body.items()
    assert cast.kepsek.post(address, kept).status_code == 302


def test_a_form_of_another_site_is_never_kept(db):
    response = Client().post(reverse("home"), {"topic": "x"}, HTTP_ORIGIN="https://jahat.example")
    assert response.status_code == 302
    assert "topic" not in response.text


def test_a_stale_token_keeps_the_form_and_offers_to_send_it_again(cast):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("set_theme"), {"theme": "dark", "csrfmiddlewaretoken": "basi"}, **SAME_SITE)
    assert response.status_code == 403
    assert 'name="theme" value="dark"' in response.text
    assert "Kirim isian" in response.text


def test_a_stale_token_from_elsewhere_gets_the_plain_page(db):
    response = Client(enforce_csrf_checks=True).post(reverse("set_theme"), {"theme": "dark"})
    assert response.status_code == 403
    assert "sudah tidak berlaku" in response.text


def test_a_server_error_gives_a_reference_that_stands_in_the_log(rf: RequestFactory, caplog):
    response = errors.server_error(rf.get("/rusak/"))
    assert response.status_code == 500
    reference = caplog.messages[-1].split()[1]
    assert reference in response.content.decode()


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (Refusal("Siklus belum dibuka.", mend="Tunggu sampai 1 November."), 400, ["Siklus belum dibuka."]),
        (
            Conflict("Diubah Bu Rina 09.41.", mine={"Isi": "milik saya"}, theirs={"Isi": "milik Rina"}),
            409,
            ["milik saya", "milik Rina", "Versi yang tersimpan"],
        ),
    ],
)
def test_an_uncaught_refusal_becomes_a_page(rf: RequestFactory, refusal, status, words):
    middleware = errors.RefusalMiddleware(lambda request: None)
    response = middleware.process_exception(rf.post("/x/"), refusal)
    assert response.status_code == status
    for word in words:
        assert word in response.content.decode()


def test_other_errors_pass_the_refusal_middleware(rf: RequestFactory):
    assert errors.RefusalMiddleware(lambda request: None).process_exception(rf.get("/"), ValueError()) is None


def test_an_api_error_is_json(cast):
    response = cast.guru.get("/api/tidak-ada/")
    assert response.status_code == 404
    assert response.json()["detail"].startswith("Halaman tidak ditemukan")


def test_the_login_page_answers_in_indonesian_whatever_the_browser_asks_for(client, db):
    response = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="en-US")
    assert response.status_code == 200
    assert "Lupa kata sandi?" in response.text
    assert 'lang="id"' in response.text


def test_a_chosen_language_and_theme_stay(client, db):
    client.post(reverse("set_language"), {"language": "en", "next": "/akun/login/"})
    client.post(reverse("set_theme"), {"theme": "dark", "next": "/akun/login/"})
    response = client.get(reverse("account_login"))
    assert 'lang="en" data-theme="dark"' in response.text


def test_the_theme_form_leads_back_to_our_own_pages_only(client, db):
    response = client.post(reverse("set_theme"), {"theme": "dark", "next": "https://jahat.example/"})
    assert response.url == "/"


def test_the_page_of_parts_shows_every_part(cast):
    response = cast.guru.get(reverse("styleguide"), {"salah": "1"})
    assert response.status_code == 200
    assert "<title>Kesalahan: " in response.text


def test_a_page_that_needs_the_password_again_asks_for_it(cast):
    response = cast.guru.get(reverse("mfa_activate_totp"), follow=True)
    assert response.status_code == 200
    assert "Pastikan ini Anda" in response.text


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("pusat", "/siklus/%00/"),
        ("pusat", "/sekolah/%00/"),
        ("pusat", "/sekolah/?provinsi=%00"),
        ("dinas_depok", "/anggota/?q=a%00b"),
        ("dinas_depok", "/anggota/?peran=%00"),
        ("pusat", "/api/v1/rekap/?siklus=%00"),
    ],
)
def test_an_address_with_a_nul_is_unreadable_and_no_server_error(cast, name, address):
    response = cast.client(name).get(address)
    assert response.status_code == 400
    assert "tidak bisa dibaca" in response.text


def test_a_forms_address_that_is_opened_as_a_page_says_so_in_the_frame_of_the_portal(cast):
    response = cast.guru.get(reverse("notices:read_all"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Alamat ini tidak bisa dibuka langsung" in response.text
    assert 'class="head"' in response.text
