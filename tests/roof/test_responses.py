"""What every answer gets on its way out."""

import gzip

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import reverse

from ikm_portal.responses import CompressMiddleware


def test_every_page_carries_the_one_policy(cast):
    for address in (reverse("account_login"), "/tidak-ada/"):
        policy = cast.anonymous.get(address).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy


def test_a_page_is_compressed_for_those_who_can_read_it(rf):
    content = b"Komunitas belajar " * 500

    def answer(**headers):
        return CompressMiddleware(lambda request: HttpResponse(content))(rf.get("/", headers=headers))

    packed = answer(accept_encoding="gzip, deflate, br")
    assert gzip.decompress(packed.content) == content
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < 400
    plain = answer()
    assert plain.content == content
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_the_length_of_a_compressed_page_says_nothing_exact(rf):
    page = CompressMiddleware(lambda request: HttpResponse(b"Komunitas belajar " * 500))
    assert len({len(page(rf.get("/", headers={"accept-encoding": "gzip"})).content) for _ in range(30)}) > 5


def test_a_short_answer_stays_as_it_is(rf):
    answer = CompressMiddleware(lambda request: HttpResponse(b"ok"))(rf.get("/", headers={"accept-encoding": "gzip"}))
    assert "Content-Encoding" not in answer.headers


def test_who_asks_for_the_head_alone_gets_no_body_and_the_length_it_would_have(rf, db):
    application = get_wsgi_application()

    def answered(method: str) -> tuple[str, bytes]:
        found = {}
        environ = rf.generic(method, "/akun/login/", headers={"accept-encoding": "identity"}).environ
        body = b"".join(application(environ, lambda status, headers: found.update(headers)))
        return found["Content-Length"], body

    length, body = answered("GET")
    assert length == str(len(body))
    assert answered("HEAD") == (length, b"")


def test_a_page_that_can_be_read_answers_a_head_and_one_that_cannot_refuses_it(cast):
    assert cast.dinas_depok.head("/kombel/").status_code == 200
    assert cast.dinas_depok.head("/peran/").status_code == cast.dinas_depok.get("/peran/").status_code
    assert cast.dinas_depok.head("/akun/tampilan/").status_code in {404, 405}


def test_the_page_of_the_api_says_what_it_does_not_answer(cast):
    assert cast.dinas_depok.get("/api/v1/").status_code == 200
    assert cast.dinas_depok.options("/api/v1/").status_code == 405
