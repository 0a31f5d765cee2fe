"""Leaks planted on purpose, to prove that the walker finds each: a URLconf that only tests/test_leaks.py uses."""

import csv
import gzip
import io
import json

import typst
import xlsxwriter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import include, path

from coordination.actors.models import Membership, School

from . import EVERYONE, Part, Ref, Row
from .world import SCHOOLS, World


def plain(*lines) -> HttpResponse:
    return HttpResponse("\n".join(map(str, lines)), content_type="text/plain")


def list_without_policy(request):
    return plain(*School.objects.values_list("name", flat=True))


def object_without_door(request, pk):
    found = Membership.objects.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return plain(found.user.name)


def forbidden_instead_of_missing(request, pk):
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    if not request.actor.covers(found.path):
        raise PermissionDenied
    return plain("ya")


def existence_by_message(request):
    known = School.objects.filter(npsn=request.POST["npsn"]).exists()
    return HttpResponse("Sudah ada di daftar." if known else "NPSN tidak dikenal.", status=400)


def existence_by_constraint(request):
    """A unique column says what exists, whatever the wall hides."""
    mine = School.objects.filter(path__in=request.actor.scope.listed).first()
    if mine is None:
        raise Http404
    try:
        with transaction.atomic():
            School.objects.filter(pk=mine.pk).update(npsn=request.POST["npsn"])
    except IntegrityError:
        return HttpResponse("NPSN itu sudah dipakai.", status=400)
    return HttpResponse("Tersimpan.", status=201)


def count_of_everything(request):
    return plain(f"{School.objects.count()} sekolah sudah bergabung")


def rank_among_everybody(request):
    mine = School.objects.filter(path__in=request.actor.scope.listed).first()
    ahead = School.objects.filter(name__gt=mine.name).count() if mine else 0
    return plain(f"urutan ke-{ahead + 1}")


def cache_without_tenant(request):
    names = cache.get_or_set("daftar", lambda: list(School.objects.order_by("id").values_list("name", flat=True)))
    return plain(*names)


def file_by_name(request, name):
    if not default_storage.exists(f"unduhan/{name}.csv"):
        raise Http404
    return HttpResponse(default_storage.open(f"unduhan/{name}.csv").read(), content_type="text/csv")


def redirect_with_a_name(request, pk):
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(f"https://contoh.id/?sekolah={found.name}")


def name_in_a_header(request):
    response = plain("ya")
    response["X-Berikutnya"] = str(School.objects.exclude(path__in=request.actor.scope.listed).last())
    return response


def mail_with_everything(request):
    names = "\n".join(School.objects.values_list("name", flat=True))
    transaction.on_commit(lambda: send_mail("Ringkasan", names, None, [request.user.email]))
    return HttpResponseRedirect("/")


def task_in_the_portals_scope(request):
    """The task was given an id from the form and looks it up with the portal's own rights."""
    from coordination.actors.actor import system

    pk = request.POST["school"]

    def work():
        with system():
            found = School.objects.filter(pk=pk).first()
        send_mail("Kabar", str(found), None, [request.user.email])

    transaction.on_commit(work)
    return HttpResponseRedirect("/")


def autocomplete(request):
    found = School.objects.filter(name__startswith=request.GET["q"])
    return JsonResponse({"results": [{"id": one.pk, "text": one.name} for one in found]})


def filter_says_the_name(request):
    chosen = School.objects.filter(pk=request.GET["sekolah"]).first()
    return plain(f"Tersaring: {chosen}" if chosen else "Tersaring")


def change_without_door(request, pk):
    School.objects.filter(pk=pk).update(desa="diubah")
    return HttpResponseRedirect("/")


def change_named_in_the_body(request):
    Membership.objects.filter(pk=json.loads(request.body)["membership"]).update(ended_because="dihapus")
    return JsonResponse({})


def spreadsheet(request):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, name in enumerate(School.objects.values_list("name", flat=True)):
            sheet.write(number, 0, name)
    return HttpResponse(buffer.getvalue(), content_type="application/vnd.openxmlformats")


def packed_table(request):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(School.objects.values_list("npsn", "name"))
    return HttpResponse(gzip.compress(buffer.getvalue().encode()), content_type="application/gzip")


def document(request):
    names = " #linebreak() ".join(School.objects.values_list("name", flat=True))
    return HttpResponse(typst.compile(names.encode()), content_type="application/pdf")


def export_left_behind(request):
    """Written for later download; the answer itself says nothing."""
    names = "\n".join(School.objects.values_list("name", flat=True))
    default_storage.save("ekspor/semua.csv", ContentFile(names.encode()))
    return HttpResponseRedirect("/")


def raw_sql(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(name, ', ') FROM actors_school")
        return plain(cursor.fetchone()[0])


AS_ROW = {
    list_without_policy: ("GET", {}),
    object_without_door: ("GET", {"url": {"pk": Ref("membership")}}),
    forbidden_instead_of_missing: ("GET", {"url": {"pk": Ref("school")}}),
    existence_by_message: ("POST", {"body": {"npsn": Ref("school", "npsn")}, "gives": 400}),
    existence_by_constraint: ("POST", {"body": {"npsn": Ref("school", "npsn")}}),
    count_of_everything: ("GET", {}),
    rank_among_everybody: ("GET", {}),
    cache_without_tenant: ("GET", {}),
    file_by_name: ("GET", {"url": {"name": Ref("school", "npsn")}}),
    redirect_with_a_name: ("GET", {"url": {"pk": Ref("school")}}),
    name_in_a_header: ("GET", {}),
    mail_with_everything: ("POST", {}),
    task_in_the_portals_scope: ("POST", {"body": {"school": Ref("school")}}),
    autocomplete: ("GET", {"query": {"q": Part("school", "name")}}),
    filter_says_the_name: ("GET", {"query": {"sekolah": Ref("school")}}),
    change_without_door: ("POST", {"url": {"pk": Ref("school")}}),
    change_named_in_the_body: ("POST", {"body": {"membership": Ref("membership")}, "json": True}),
    spreadsheet: ("GET", {}),
    packed_table: ("GET", {}),
    document: ("GET", {}),
    export_left_behind: ("POST", {}),
    raw_sql: ("GET", {}),
}
ROWS_OF = {
    view.__name__: Row(f"leak_{view.__name__}", method, may=EVERYONE, **more) for view, (method, more) in AS_ROW.items()
}


def _route(view) -> str:
    captured = AS_ROW[view][1].get("url", {})
    return "".join(f"<{'str' if name == 'name' else 'int'}:{name}>/" for name in captured)


urlpatterns = [
    path("", include("ikm_portal.urls")),
    *(path(f"bocor/{view.__name__}/{_route(view)}", view, name=f"leak_{view.__name__}") for view in AS_ROW),
]


def leave_files(world: World) -> None:
    """For each school a file that anybody who guesses its name may fetch."""
    for site in SCHOOLS:
        school = world.sites[site].school
        default_storage.save(f"unduhan/{school.npsn}.csv", ContentFile(school.name.encode()))
