"""Giving, ending and moving roles, as the people who do it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from coordination.actors.actor import actor_for
from coordination.actors.models import ApiToken, Change, Invitation, Membership, Once, Role, School, User, Wilayah
from coordination.actors.services.invitations import secret_of, send_waiting_invitations
from coordination.actors.services.offices import save_organisation
from coordination.actors.tasks import send_invitations
from tests.cast import PASSWORD, make_person, move_school


def membership(username: str) -> Membership:
    return Membership.objects.get(user__username=username, until=None)


def invitation_body(**more) -> dict:
    body = {"name": "Rambu Ana", "email": "rambu@contoh.id", "role": "guru", "token": str(uuid4())}
    return body | more


@pytest.fixture
def invited(cast, django_capture_on_commit_callbacks) -> Invitation:
    """A guru invited to the kepsek's school, with the mail on its way."""
    with django_capture_on_commit_callbacks(execute=True):
        response = cast.kepsek.post("/anggota/undang/", invitation_body())
    assert response.status_code == 302
    return Invitation.objects.get()


def test_a_principal_invites_a_teacher_who_joins_and_acts_at_that_school_alone(cast, invited):
    message = mail.outbox[0]
    assert message.to == ["rambu@contoh.id"]
    link = re.search(r"http://[^/]+(/undangan/\S+/)", message.body).group(1)
    visitor = cast.anonymous
    assert "mengundang Anda sebagai Guru di SD Contoh Pancoran Mas 1." in visitor.get(link).text
    response = visitor.post(link, {"name": "Rambu Ana", "password": "belajar bersama 7"})
    assert response.status_code == 302
    rambu = membership("rambu@contoh.id")
    assert (rambu.role, rambu.school.npsn) == (Role.GURU, "99000001")
    invited.refresh_from_db()
    assert invited.state == "accepted"


def test_a_principal_is_asked_about_a_school_and_not_about_offices(cast):
    page = cast.kepsek.get("/anggota/").text
    assert "di sekolah Anda" in page
    assert "Penggerak" in page
    assert "Petugas" not in page
    form = cast.kepsek.get("/anggota/undang/").context["form"]
    assert "plt" not in form.fields
    assert "plt" in cast.dinas_depok.get("/anggota/undang/").context["form"].fields
    assert "di wilayah Anda" in cast.dinas_depok.get("/anggota/").text


def test_an_invitation_is_used_once(cast, invited):
    link = f"/undangan/{secret_of(invited.pk)}/"
    cast.anonymous.post(link, {"name": "Rambu", "password": "belajar bersama 7"})
    before = Membership.objects.count()
    answer = cast.anonymous.post(link)
    assert answer.status_code in (200, 400)
    assert Membership.objects.count() == before


def test_an_invitation_to_another_address_is_refused_and_changes_nothing(cast, invited):
    response = cast.outsider.post(f"/undangan/{secret_of(invited.pk)}/")
    assert response.status_code == 400
    assert "alamat surel lain" in response.content.decode()
    assert not Membership.objects.filter(user__username="outsider").exists()


def test_somebody_who_has_an_account_accepts_with_it(cast):
    cast.kepsek.post("/anggota/undang/", invitation_body(email="outsider@contoh.id"))
    link = f"/undangan/{secret_of(Invitation.objects.get().pk)}/"
    assert "Masuk dulu" in cast.anonymous.get(link).content.decode()
    assert cast.outsider.post(link).status_code == 302
    assert membership("outsider").school.npsn == "99000001"


@pytest.mark.parametrize("change", ["withdrawn_at", "expires_at"])
def test_a_lapsed_invitation_says_so(cast, invited, change):
    Invitation.objects.update(**{change: timezone.now() - timedelta(minutes=1)})
    User.objects.create_user("rambu", "rambu@contoh.id", PASSWORD, name="Rambu")
    client = cast.anonymous
    client.login(username="rambu", password=PASSWORD)
    response = client.post(f"/undangan/{secret_of(invited.pk)}/")
    assert "sudah dipakai" in response.content.decode()
    assert not Membership.objects.filter(user__username="rambu").exists()


def test_a_forged_link_looks_like_an_absent_one(cast):
    assert cast.anonymous.get("/undangan/9999:tidak:asli/").status_code == 404


def test_a_double_click_sends_one_invitation(cast):
    body = invitation_body()
    assert cast.kepsek.post("/anggota/undang/", body).status_code == 302
    assert cast.kepsek.post("/anggota/undang/", body).status_code == 302
    assert Invitation.objects.count() == 1
    assert Once.objects.count() == 1


def test_a_mail_that_fails_is_tried_again_and_then_shown(cast, settings):
    settings.EMAIL_BACKEND = "tests.actors.refusing.RefusingBackend"
    cast.kepsek.post("/anggota/undang/", invitation_body())
    for _tick in range(7):
        send_waiting_invitations()
    invitation = Invitation.objects.get()
    assert (invitation.attempts, invitation.state) == (5, "stuck")
    assert "Gagal terkirim" in cast.kepsek.get("/anggota/").content.decode()


@pytest.mark.parametrize(
    ("who", "role", "more"),
    [
        ("kepsek", "kepsek", {}),
        ("dinas_depok", "guru", {"npsn": "99000001"}),
        ("dinas_depok", "dinas_head", {}),
        ("upt_jabar", "pusat_admin", {}),
    ],
)
def test_nobody_gives_a_role_above_their_own(cast, who, role, more):
    response = cast.client(who).post("/anggota/undang/", invitation_body(role=role, **more))
    assert response.status_code == 400
    assert not Invitation.objects.exists()


def test_a_school_outside_the_area_is_as_unknown_as_an_absent_one(cast):
    answers = [
        cast.dinas_depok.post("/anggota/undang/", invitation_body(role="kepsek", npsn=npsn)).content.decode()
        for npsn in ("99000005", "99009999")
    ]
    pages = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert pages[0] == pages[1]
    assert "NPSN ini tidak ada di wilayah Anda" in pages[0]


@pytest.mark.parametrize("who", ["guru", "operator", "penggerak", "pengawas", "mitra", "pusat", "outsider"])
def test_those_who_give_no_role_cannot_invite(cast, who):
    assert cast.client(who).get("/anggota/undang/").status_code == 403


def test_an_ended_role_closes_the_door_at_once_and_stays_as_history(cast):
    guru = membership("guru")
    assert cast.kepsek.post(f"/anggota/{guru.pk}/akhiri/", {"end-reason": "pensiun"}).status_code == 302
    assert cast.actor("guru").acting is None
    page = cast.kepsek.get("/anggota/?berakhir=1").content.decode()
    assert "Guru" in page
    change = Change.objects.filter(subject="actors_membership", subject_id=guru.pk, verb="U").get()
    assert (change.reason, change.user_id) == ("pensiun", User.objects.get(username="kepsek").pk)


def test_a_transfer_keeps_the_old_role_and_opens_the_new_one(cast):
    kepsek = membership("kepsek")
    day = timezone.localdate() + timedelta(days=3)
    response = cast.dinas_depok.post(
        f"/anggota/{kepsek.pk}/pindah/",
        {"transfer-npsn": "99000002", "transfer-on": day.isoformat(), "transfer-reason": "mutasi"},
    )
    assert response.status_code == 302
    old, new = Membership.objects.filter(user__username="kepsek").order_by("starts")
    assert (old.until, new.starts, new.until) == (day - timedelta(days=1), day, None)
    assert (old.school.npsn, new.school.npsn) == ("99000001", "99000002")
    assert cast.actor("kepsek").acting.id == old.pk


def test_a_transfer_into_a_foreign_area_is_refused_and_leaves_the_role(cast):
    kepsek = membership("kepsek")
    response = cast.dinas_depok.post(
        f"/anggota/{kepsek.pk}/pindah/",
        {"transfer-npsn": "99000005", "transfer-on": "2027-01-01", "transfer-reason": "mutasi"},
    )
    assert response.status_code == 400
    kepsek.refresh_from_db()
    assert kepsek.until is None


def test_an_acting_principal_is_called_plt_and_ends_by_itself(cast):
    make_person("plt", "kepsek", "99000002")
    Membership.objects.filter(user__username="plt").update(plt=True, until=timezone.localdate())
    assert cast.actor("kepsek").acting.role_label == "Kepala sekolah"
    assert User.objects.get(username="plt").memberships.get().plt
    Membership.objects.filter(user__username="plt").update(until=timezone.localdate() - timedelta(days=2))
    assert actor_for(User.objects.get(username="plt")).acting is None


def test_a_pengawas_reaches_the_schools_that_were_assigned_and_no_other(cast):
    one = membership("pengawas")
    cast.dinas_depok.post(f"/anggota/{one.pk}/sekolah/", {"reach-npsn": "99000002"})
    with cast.actor("pengawas").entered():
        assert set(School.objects.values_list("npsn", flat=True)) == {"99000001", "99000002"}
    reach = one.reaches.get(school__npsn="99000001")
    cast.dinas_depok.post(f"/anggota/{one.pk}/sekolah/{reach.pk}/lepas/")
    with cast.actor("pengawas").entered():
        assert set(School.objects.values_list("npsn", flat=True)) == {"99000002"}


def local_mitra(cast) -> Membership:
    """A partner of Jawa Barat, made by its UPT's province, with one person."""
    jabar = Wilayah.objects.get(pk="32")
    save_organisation(code="mitra_jabar", unit="mitra", name="Mitra Jabar", short_name="Mitra Jabar", wilayah=jabar)
    make_person("orang_mitra", "mitra_staff", "mitra_jabar")
    return membership("orang_mitra")


def seen_by(username: str) -> set[str]:
    with actor_for(User.objects.get(username=username)).entered():
        return set(School.objects.values_list("npsn", flat=True))


def test_an_upt_opens_schools_and_a_region_to_a_partner_of_its_province(cast):
    one = local_mitra(cast)
    assert cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", {"reach-npsn": "99000001"}).status_code == 302
    assert seen_by("orang_mitra") == {"99000001"}
    body = {"reach-region": "32.76", "reach-level": "d"}
    assert cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", body).status_code == 302
    assert seen_by("orang_mitra") == {"99000001", "99000002"}


def test_no_dinas_and_no_other_upt_sees_a_provinces_partners(cast):
    one = local_mitra(cast)
    for who in ("dinas_depok", "dinas_jabar", "upt_kaltim", "kepsek"):
        assert cast.client(who).get(f"/anggota/{one.pk}/").status_code == 404


def test_an_upt_opens_nothing_outside_its_province(cast):
    one = local_mitra(cast)
    assert cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", {"reach-npsn": "99000005"}).status_code == 400
    assert cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", {"reach-region": "64.71"}).status_code == 400
    assert seen_by("orang_mitra") == set()


def test_a_partner_with_a_region_reaches_eight_places_at_most(cast):
    one = local_mitra(cast)
    for number in range(8):
        Wilayah.objects.create(code=f"32.{80 + number}", level="kabkota", name=f"Uji {number}", parent_id="32")
        body = {"reach-region": f"32.{80 + number}", "reach-level": "d"}
        assert cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", body).status_code == 302
    page = cast.upt_jabar.post(f"/anggota/{one.pk}/sekolah/", {"reach-region": "32.76", "reach-level": "d"})
    assert "8 tempat" in page.content.decode()
    assert one.reaches.count() == 8


def test_a_school_that_moves_takes_its_people_along(cast):
    school = move_school("99000001", "32.76.06")
    assert membership("kepsek").path == school.path
    with cast.actor("pengawas").entered():
        assert School.objects.get().npsn == "99000001"


def test_switching_roles_changes_what_is_seen(cast):
    from coordination.actors.services.memberships import new_membership

    user = User.objects.get(username="kepsek")
    second = new_membership(
        user=user, role="guru", place=School.objects.get(npsn="99000003"), starts=timezone.localdate()
    )
    second.save()
    client = cast.kepsek
    assert client.get("/anggota/").content.decode().count("SMK Contoh Depok 1") <= 2
    client.post("/peran/", {"membership": second.pk})
    assert "SMK Contoh Depok 1" in client.get("/peran/").content.decode()
    assert client.session["membership"] == second.pk


def test_one_cannot_switch_to_somebody_elses_role(cast):
    assert cast.guru.post("/peran/", {"membership": membership("admin").pk}).status_code == 404


def test_pusat_closes_an_account_with_its_roles_and_tokens(cast):
    guru = membership("guru")
    ApiToken.objects.create(
        user=guru.user, membership_id=guru.pk, name="x", digest="x", expires_at=timezone.now() + timedelta(1)
    )
    assert cast.guru.get("/").status_code == 200
    cast.admin.post(f"/anggota/{guru.pk}/nonaktif/", {"reason": "akun disalahgunakan"})
    assert cast.guru.get("/").status_code == 302
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert Membership.objects.get(pk=guru.pk).until is not None


def test_nobody_but_pusat_closes_an_account(cast):
    guru = membership("guru")
    assert cast.kepsek.post(f"/anggota/{guru.pk}/nonaktif/", {"reason": "x"}).status_code == 403
    assert User.objects.get(username="guru").is_active


def test_a_token_is_shown_once_and_opens_what_its_role_opens(cast):
    page = cast.upt_jabar.post("/token/", {"name": "lembar kerja", "days": "30", "token": str(uuid4())})
    secret = re.search(r"ikm_[\w-]+", page.content.decode()).group()
    assert secret not in cast.upt_jabar.get("/token/").content.decode()
    token = ApiToken.objects.get()
    assert token.membership_id == membership("upt_jabar").pk
    cast.upt_jabar.post(f"/token/{token.pk}/cabut/")
    assert ApiToken.objects.get().revoked_at


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_members_costs_the_same_for_one_and_for_twenty(cast, rows, django_assert_max_num_queries):
    for number in range(rows):
        make_person(f"guru_{number}", "guru", "99000001")
    client = cast.dinas_depok
    client.get("/anggota/")
    with django_assert_max_num_queries(14):
        assert client.get("/anggota/").status_code == 200


ADMIN_LISTS = ["organisation", "school", "membership", "invitation", "change", "reach", "user", "wilayah"]


@pytest.mark.parametrize("page", ADMIN_LISTS)
def test_a_pusat_admin_opens_every_admin_list_and_searches_it(cast, page):
    assert cast.admin.get(f"/admin/actors/{page}/?q=a").status_code == 200


def test_the_admin_pages_of_an_upt_show_its_area_and_not_the_nations(cast):
    page = cast.upt_jabar.get("/admin/actors/school/").content.decode()
    assert "SD Contoh Beji 1" in page
    assert "Balikpapan" not in page
    foreign = School.objects.get(npsn="99000005")
    assert cast.upt_jabar.get(f"/admin/actors/school/{foreign.pk}/change/").status_code in (302, 404)
    assert cast.upt_jabar.get("/admin/actors/user/").status_code == 403


@pytest.mark.parametrize("who", ["guru", "kepsek", "penggerak", "mitra", "outsider", "pusat", "dinas_depok"])
def test_the_admin_is_closed_to_those_who_administer_nothing(cast, who):
    assert cast.client(who).get("/admin/").status_code in (302, 403)


def test_an_admin_adds_an_office_and_the_provinces_it_serves(cast):
    body = {
        "code": "bgp_uji",
        "unit": "bgp",
        "name": "BGP Uji",
        "short_name": "BGP Uji",
        "wilayah": "91",
        "serves": ["91", "93"],
        "email": "",
        "phone": "",
        "active": "on",
    }
    assert cast.admin.post("/admin/actors/organisation/add/", body).status_code == 302
    from coordination.actors.models import Organisation

    office = Organisation.objects.get(code="bgp_uji")
    assert (office.path, office.kind, office.serves.count()) == ("u.bgp_uji", "upt", 2)


def test_a_role_that_is_over_is_not_brought_back_by_a_transfer(cast):
    kepsek = membership("kepsek")
    last = timezone.localdate() - timedelta(days=30)
    Membership.objects.filter(pk=kepsek.pk).update(until=last)
    response = cast.dinas_depok.post(
        f"/anggota/{kepsek.pk}/pindah/",
        {"transfer-npsn": "99000002", "transfer-on": "2099-01-01", "transfer-reason": "mutasi"},
    )
    assert response.status_code == 400
    assert "sudah berakhir" in response.content.decode()
    assert Membership.objects.get(user=kepsek.user).until == last
    cast.dinas_depok.post(f"/anggota/{kepsek.pk}/akhiri/", {"end-reason": "pensiun"})
    assert Membership.objects.get(user=kepsek.user).until == last


def test_closing_an_account_ends_roles_that_had_an_end_too(cast):
    guru = membership("guru")
    Membership.objects.filter(pk=guru.pk).update(until=timezone.localdate() + timedelta(days=90))
    cast.admin.post(f"/anggota/{guru.pk}/nonaktif/", {"reason": "x" * 300})
    assert Membership.objects.get(pk=guru.pk).until < timezone.localdate()


def test_a_mail_that_cannot_be_written_leaves_the_others_sent(cast, monkeypatch):
    for number in (1, 2):
        body = invitation_body(email=f"rambu{number}@contoh.id")
        cast.kepsek.post("/anggota/undang/", body)
    first, second = Invitation.objects.order_by("pk")

    def send(message, fail_silently=False):
        if message.to == [second.email]:
            raise RuntimeError("the worker ends here")

    monkeypatch.setattr("coordination.actors.services.invitations.EmailMessage.send", send)
    with pytest.raises(RuntimeError):
        send_invitations()
    first.refresh_from_db()
    assert first.sent_at is not None


def test_a_line_break_in_a_schools_name_does_not_hold_an_invitation_back(cast):
    School.objects.filter(npsn="99000001").update(name="SD Contoh\nBcc: semua@contoh.id")
    cast.kepsek.post("/anggota/undang/", invitation_body())
    assert send_waiting_invitations() == 1
    assert "\n" not in mail.outbox[0].subject


def test_the_admin_ends_a_role_by_a_day_and_brings_none_back(cast):
    kepsek = membership("kepsek")
    page = f"/admin/actors/membership/{kepsek.pk}/change/"
    assert cast.dinas_depok_head.post(page, {"until": "", "ended_because": "x"}).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    body = {"until": yesterday.isoformat(), "ended_because": "pensiun"}
    assert cast.dinas_depok_head.post(page, body).status_code == 302
    change = Change.objects.filter(subject="actors_membership", subject_id=kepsek.pk, verb="U").get()
    assert change.reason == "pensiun"
    answer = cast.dinas_depok_head.post(page, body | {"until": "2099-01-01"})
    assert answer.status_code == 400
    assert Membership.objects.get(pk=kepsek.pk).until == yesterday
