"""Sending SKP to e-Kinerja, against a receiver of our own: each arrives once, and every fault says who mends it."""

import ssl
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jsonschema
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.checks import run_checks
from django.db import ProgrammingError
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from coordination.actors.errors import NotAllowed, Refusal
from coordination.notices.models import Notice
from kinerja.connectors.ekinerja import ADMIN, LARGEST, OWNER, RECEIVER, Answer, Endpoint, Verdict
from kinerja.gates import require_open
from kinerja.models import Assessment, Plan, SkpDelivery, belongs
from kinerja.selectors.deliveries import national_counts
from kinerja.services.assessments import finish_plan
from kinerja.services.deliveries import send_skp
from kinerja.services.dispatch import TRIES, _claim, drain_skp, record, recover_leases
from tests.asked import asked
from tests.cast import make_person

from .plans import rated
from .receiver import SECRET, answer, hang, keep_and_hang, receiving, trickle
from .test_skp import SCHEMA

pytestmark = pytest.mark.usefixtures("in_november")
LIST = reverse_lazy("kinerja:deliveries")


@pytest.fixture
def receiver(settings):
    with receiving() as server:
        settings.EKINERJA_URL, settings.EKINERJA_SECRET, settings.EKINERJA_TIMEOUT = server.url, SECRET, 0.4
        yield server


def final(cast, owner="guru", decider="kepsek", **more) -> Plan:
    plan = rated(cast, owner, decider, **more)
    Plan.objects.filter(pk=plan.pk).update(nip="198001012005011001", position="ahli_muda")
    plan.refresh_from_db()
    return plan


def queued(cast, by="guru", **more) -> SkpDelivery:
    plan = final(cast, **more)
    with cast.actor(by).entered() as actor:
        return send_skp(actor=actor, plan=plan)


def again(delivery: SkpDelivery) -> SkpDelivery:
    """One more drain after its waiting time is over."""
    SkpDelivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())
    drain_skp()
    delivery.refresh_from_db()
    return delivery


def test_a_final_skp_is_sent_signed_and_keeps_its_receipt(cast, receiver):
    delivery = queued(cast)
    assert drain_skp().received == 1
    delivery.refresh_from_db()
    [(key, sent)] = receiver.kept.items()
    assert (delivery.state, delivery.receipt, delivery.status) == ("diterima", f"BKN-{key[:8]}", 201)
    assert key == str(delivery.key)
    jsonschema.validate(sent, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert sent["final"] is True
    assert f"Tanda terima {delivery.receipt}" in cast.guru.get(reverse("kinerja:skp", args=[delivery.plan_id])).text
    told = Notice.objects.filter(kind="skp_received", channel="app").values_list("user__username", flat=True)
    assert list(told) == ["guru"]


def test_an_answer_that_was_lost_leads_to_the_same_key_again_and_to_one_skp_there(cast, receiver):
    receiver.script = [keep_and_hang]
    delivery = queued(cast)
    assert "tidak menjawab" in drain_skp().stopped
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("menunggu", 1)
    assert again(delivery).state == "diterima"
    assert delivery.status == 409
    assert receiver.asked == [str(delivery.key)] * 2
    assert len(receiver.kept) == 1


def test_both_attempts_send_the_same_words(cast, receiver):
    bodies = []
    receiver.script = [lambda handler: (bodies.append(handler.body), handler.say(500))[1]] * 2
    delivery = queued(cast)
    drain_skp()
    again(delivery)
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


def test_wrong_data_is_said_in_the_words_of_our_pages_and_not_sent_again_by_itself(cast, receiver):
    wrong = {"errors": {"employee.nip": ["tidak dikenal"], "rahasia\x00<b>": "x" * 900}}
    receiver.script = [answer(422, wrong)]
    delivery = queued(cast)
    drain_skp()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.mend, delivery.attempts) == ("gagal", OWNER, 1)
    assert delivery.problem.startswith("e-Kinerja menolak isi SKP. NIP: tidak dikenal.")
    assert len(delivery.problem) <= 300
    page = cast.guru.get(reverse("kinerja:deliveries")).text
    assert "NIP: tidak dikenal" in page
    assert "Pemilik rencana memperbaiki data" in page
    assert again(delivery).attempts == 1
    told = Notice.objects.filter(kind="skp_failed", channel="app")
    assert [one.user.username for one in told] == ["guru"]
    url = reverse("kinerja:skp_send", args=[delivery.plan_id])
    assert cast.guru.post(url).url == reverse("kinerja:skp", args=[delivery.plan_id])
    drain_skp()
    newest = SkpDelivery.objects.latest("id")
    assert newest.key != delivery.key
    assert (newest.state, len(receiver.kept)) == ("diterima", 1)


def test_a_server_error_is_tried_again_and_then_succeeds(cast, receiver):
    receiver.script = [answer(500), answer(503, None, Retry_After="600"), answer(429)]
    delivery, began = queued(cast), timezone.now()
    waits = []
    for _turn in range(3):
        again(delivery)
        waits.append((delivery.next_at - began).total_seconds() // 60)
    assert [round(one) for one in waits] == [1, 10, 5]
    assert delivery.mend == RECEIVER
    assert again(delivery).state == "diterima"
    assert (delivery.attempts, delivery.problem, delivery.mend) == (4, "", "")


def test_after_ten_tries_it_has_failed_and_a_person_sends_it_again_under_the_same_key(cast, receiver):
    receiver.script = [answer(500)] * TRIES
    delivery = queued(cast)
    for _turn in range(TRIES + 2):
        again(delivery)
    assert (delivery.state, delivery.attempts, len(receiver.asked)) == ("gagal", TRIES, TRIES)
    with cast.actor("kepsek").entered() as actor:
        assert send_skp(actor=actor, plan=delivery.plan).pk == delivery.pk
    assert again(delivery).state == "diterima"
    assert set(receiver.asked) == {str(delivery.key)}


@pytest.mark.parametrize(
    ("act", "words", "mend"),
    [
        (hang, "tidak menjawab", RECEIVER),
        (trickle, "tidak menjawab", RECEIVER),
        (answer(200, b"x" * (LARGEST + 10)), "terlalu besar", RECEIVER),
        (answer(200, b"[" * 20000), "tanpa tanda terima", RECEIVER),
        (answer(201, {"receipt": ""}), "tanpa tanda terima", RECEIVER),
    ],
    ids=["hangs", "trickles", "too large", "not json", "no receipt"],
)
def test_an_answer_that_proves_nothing_is_waited_for_and_asked_again(cast, receiver, act, words, mend):
    receiver.script = [act]
    delivery, began = queued(cast), timezone.now()
    drain_skp()
    delivery.refresh_from_db()
    assert timezone.now() - began < timedelta(seconds=3)
    assert (delivery.state, delivery.mend) == ("menunggu", mend)
    assert words in delivery.problem
    assert again(delivery).state == "diterima"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(cast, receiver, status):
    with receiving() as other:
        receiver.script = [answer(status, None, Location=other.url)]
        delivery = queued(cast)
        drain_skp()
        delivery.refresh_from_db()
        assert other.asked == []
    assert (delivery.state, delivery.mend) == ("gagal", ADMIN)
    assert "pengalihan tidak diikuti" in delivery.problem


@pytest.mark.parametrize(("status", "mend"), [(401, ADMIN), (403, ADMIN), (404, ADMIN), (400, OWNER)])
def test_each_refusal_names_who_mends_it(cast, receiver, status, mend):
    receiver.script = [answer(status, {"detail": "Tidak bisa"})]
    delivery = queued(cast)
    drain_skp()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.mend, delivery.status) == ("gagal", mend, status)


def test_a_wrong_secret_is_the_admins_matter(cast, receiver, settings):
    settings.EKINERJA_SECRET = "rahasia-lain-yang-juga-panjang-1234567890"  # noqa: S105
    delivery = queued(cast)
    drain_skp()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.mend) == ("gagal", 401, ADMIN)
    assert receiver.kept == {}


def test_an_outage_costs_one_row_an_attempt_and_nobody_else_any(cast, receiver):
    rows = [queued(cast), queued(cast, "kepsek", owner="kepsek", decider="dinas_depok")]
    receiver.shutdown()
    receiver.server_close()
    assert "tidak bisa dihubungi" in drain_skp().stopped
    assert [SkpDelivery.objects.get(pk=one.pk).attempts for one in rows] == [1, 0]


def test_a_certificate_that_does_not_hold_is_refused(cast, receiver, settings, tmp_path, monkeypatch):
    file, context = certificate(tmp_path), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    delivery = queued(cast)
    with receiving(context) as server:
        settings.EKINERJA_URL, settings.EKINERJA_TIMEOUT = server.url, 2
        drain_skp()
        delivery.refresh_from_db()
        assert "sertifikatnya tidak bisa dipercaya" in delivery.problem
        assert (delivery.state, delivery.mend) == ("menunggu", ADMIN)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        settings.EKINERJA_URL = server.url.replace("localhost", "127.0.0.1")
        assert again(delivery).state == "menunggu"
        assert server.asked == []
        settings.EKINERJA_URL = server.url
        assert again(delivery).state == "diterima"


def certificate(folder):
    """A certificate for localhost that nobody has signed but itself."""
    key, day = ec.generate_private_key(ec.SECP256R1()), timedelta(days=1)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_a_lost_lease_is_given_back_and_the_late_answer_of_its_worker_still_counts(cast, receiver):
    delivery = queued(cast)
    claimed = _claim(Endpoint.configured())
    assert claimed.attempts == 1
    assert drain_skp().received == 0
    assert recover_leases(timezone.now() + timedelta(minutes=5)) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.mend) == ("menunggu", RECEIVER)
    record(claimed, Answer(Verdict.REFUSED, 422, problem="terlambat", mend=OWNER))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.problem) == ("menunggu", "Pengiriman terputus sebelum dijawab.")
    record(claimed, Answer(Verdict.RECEIVED, 201, receipt="BKN-1"))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.receipt) == ("diterima", "BKN-1")


def test_a_row_whose_worker_dies_each_time_fails_in_the_end(cast, receiver):
    delivery = queued(cast)
    for turn in range(TRIES):
        SkpDelivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())
        assert _claim(Endpoint.configured()).attempts == turn + 1
        recover_leases(timezone.now() + timedelta(minutes=5))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("gagal", TRIES)


def test_without_an_address_nothing_is_queued_or_asked_and_the_page_says_so(cast, settings, django_assert_num_queries):
    settings.EKINERJA_URL = ""
    plan = final(cast)
    with django_assert_num_queries(0):
        assert drain_skp().stopped == "no address"
    page = cast.guru.get(reverse("kinerja:skp", args=[plan.pk])).text
    assert "belum tersambung ke e-Kinerja" in page
    assert "belum tersambung ke e-Kinerja" in cast.guru.get(reverse("kinerja:deliveries")).text
    assert "Kirim ke e-Kinerja</button>" not in page
    assert cast.guru.get(reverse("kinerja:why", args=[plan.pk, "send"])).status_code == 200
    cast.guru.post(reverse("kinerja:skp_send", args=[plan.pk]))
    assert not SkpDelivery.objects.exists()


def test_only_a_final_skp_with_a_nip_is_queued_and_once(cast, receiver):
    rated_only, no_nip = final(cast, state="dinilai"), rated(cast, "kepsek", "dinas_depok")
    with cast.actor("guru").entered() as actor, pytest.raises(Refusal, match="selesai dinilai"):
        send_skp(actor=actor, plan=rated_only)
    with cast.actor("kepsek").entered() as actor, pytest.raises(Refusal, match="NIP"):
        send_skp(actor=actor, plan=no_nip)
    Plan.objects.filter(pk=rated_only.pk).update(state="final")
    url = reverse("kinerja:skp_send", args=[rated_only.pk])
    for _click in range(2):
        cast.kepsek.post(url)
    assert [one.asked_by.username for one in SkpDelivery.objects.all()] == ["kepsek"]


@pytest.mark.parametrize(("automatic", "nip", "found"), [(True, True, 1), (False, True, 0), (True, False, 0)])
def test_the_portal_queues_by_itself_only_where_it_is_set_to(cast, receiver, settings, automatic, nip, found):
    settings.EKINERJA_AUTOMATIC = automatic
    plan = final(cast, state="dinilai") if nip else rated(cast, state="dinilai")
    Assessment.objects.filter(plan=plan).update(response="Setuju.", responded_at=timezone.now())
    with cast.actor("guru").entered() as actor:
        finish_plan(actor=actor, plan=plan)
    assert drain_skp().received == found
    assert list(SkpDelivery.objects.values_list("asked_by", flat=True)) == [None] * found


def test_who_may_send_and_who_sees_the_sending(cast, receiver):
    plan = final(cast)
    url = reverse("kinerja:skp_send", args=[plan.pk])
    for name in cast.names:
        if name not in ("guru", "kepsek"):
            assert cast.client(name).post(url).status_code == 404, name
            assert cast.client(name).post(f"/api/v1/kinerja/plans/{plan.pk}/skp/send/").status_code == 404, name
    with cast.actor("upt_jabar").entered() as actor, pytest.raises(NotAllowed):
        require_open("send", plan, actor)
    assert cast.guru.post(f"/api/v1/kinerja/plans/{plan.pk}/skp/send/").status_code == 202
    receiver.script = [answer(422, {"errors": {"employee.nip": "tidak dikenal"}})]
    drain_skp()
    readers = {name for name in cast.names if "NIP: tidak dikenal" in cast.client(name).get(LIST).text}
    assert readers == {"guru", "kepsek"}
    [row] = cast.kepsek.get("/api/v1/kinerja/deliveries/").json()["results"]
    assert (row["plan"], row["state"], row["mend"]) == (plan.pk, "gagal", OWNER)
    assert cast.dinas_depok.get("/api/v1/kinerja/deliveries/").json()["count"] == 0


def test_pusat_reads_how_many_wait_or_failed_and_no_name(cast, receiver):
    receiver.script = [answer(422, {"errors": {"employee.nip": "tidak dikenal"}})]
    queued(cast)
    drain_skp()
    page = cast.admin.get(LIST).text
    assert "Gagal" in page
    assert "Pemilik rencana memperbaiki data" in page
    assert "tidak dikenal" not in page
    assert cast.pusat.get(LIST).status_code == 404
    assert cast.admin.get("/api/v1/kinerja/deliveries/").status_code == 404
    with pytest.raises(ProgrammingError), cast.actor("kepsek").entered():
        national_counts()


def test_the_list_costs_the_same_with_one_row_and_with_twenty(cast, receiver):
    first = queued(cast)
    one = len(asked(cast.kepsek, LIST))
    for number in range(20):
        user = make_person(f"guru_contoh_{number}")
        plan = Plan.objects.get(pk=first.plan_id)
        plan.pk, plan.owner = None, user
        plan.save()
        SkpDelivery.objects.create(**belongs(plan), key=uuid4(), state="gagal", problem="x", mend=OWNER)
    assert cast.kepsek.get(LIST).text.count('role="rowheader"') == 21
    assert len(asked(cast.kepsek, LIST)) == one


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://ekinerja.example.go.id/skp", SECRET),
        ("ftp://ekinerja.example.go.id/skp", SECRET),
        ("https://user:pass@ekinerja.example.go.id/skp", SECRET),
        ("https://ekinerja.example.go.id/skp", "pendek"),
    ],
)
def test_an_address_that_is_not_safe_is_refused_at_the_start(settings, url, secret):
    settings.EKINERJA_URL, settings.EKINERJA_SECRET = url, secret
    assert [one.id for one in run_checks() if one.id == "kinerja.E001"] == ["kinerja.E001"]
