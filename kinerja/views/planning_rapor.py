from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.actors.actor import ActorRequest
from coordination.actors.models import School
from coordination.actors.posting import tried

from ..forms.rapor import RaporFileForm, RaporForm
from ..rules.pack import Pack
from ..selectors.rapor import colours_in, pack_on
from ..services.rapor import Problem, import_colours, own_school, save_colours
from ..services.rapor import template as csv_template

LAST_YEAR = 9999


@require_http_methods(["GET", "POST"])
def rapor(request: ActorRequest) -> HttpResponse:
    """The colours of one year, written by the principal or the operator."""
    school, pack = own_school(request.actor), pack_on(request.actor.today())
    form = _form(request, school, pack)
    if form.is_valid():
        year = form.cleaned_data["year"]
        saved = tried(form, lambda: save_colours(actor=request.actor, school=school, year=year, colours=form.colours))
        if saved is not None:
            messages.success(request, _("Warna Rapor Pendidikan %(year)d tersimpan.") % {"year": year})
            return redirect(f"{reverse('kinerja:rapor')}?tahun={year}")
    return _page(request, school, form, RaporFileForm())


def _form(request: ActorRequest, school: School, pack: Pack) -> RaporForm:
    wish = request.GET.get("tahun", "")
    year = int(wish) if wish.isdecimal() and len(wish) == len(str(LAST_YEAR)) else request.actor.today().year
    data = request.POST if request.method == "POST" else None
    return RaporForm(data, pack=pack, year=year, colours=colours_in(request.actor, school.pk, year))


def _page(
    request: ActorRequest, school: School, form: RaporForm, file_form: RaporFileForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    context = {"school": school, "form": form, "file_form": file_form, "problems": problems}
    status = 400 if form.errors or file_form.errors else 200
    return render(request, "kinerja/planning/rapor.html", context, status=status)


@require_POST
def load(request: ActorRequest) -> HttpResponse:
    """Take the colours from a CSV; the good rows proceed, the others are named with their mend."""
    school, pack = own_school(request.actor), pack_on(request.actor.today())
    file_form = RaporFileForm(request.POST, request.FILES)
    found = None
    if file_form.is_valid():
        data = file_form.cleaned_data["file"].read()
        found = tried(file_form, lambda: import_colours(actor=request.actor, school=school, data=data, pack=pack))
    saved, problems = found or (0, [])
    if saved:
        said = ngettext("%(count)d warna tersimpan.", "%(count)d warna tersimpan.", saved)
        messages.success(request, said % {"count": saved})
    if found and not problems:
        return redirect("kinerja:rapor")
    empty = RaporForm(pack=pack, year=request.actor.today().year, colours={})
    return _page(request, school, empty, file_form, problems)


@require_GET
def template(request: ActorRequest) -> HttpResponse:
    """The empty list to fill in."""
    actor = request.actor
    own_school(actor)
    content = csv_template(pack_on(actor.today()), actor.today().year)
    headers = {"Content-Disposition": 'attachment; filename="rapor-pendidikan.csv"'}
    return HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8", headers=headers)
