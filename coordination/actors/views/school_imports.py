from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..forms import SchoolImportForm
from ..models import SchoolImport
from ..policies import SchoolImportPolicy, SchoolPolicy
from ..posting import form_page, renewing
from ..schools.template import CONTENT_TYPE, make_template
from ..selectors import schools as read
from ..services import school_imports as services

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def import_list(request):
    """Upload a school list, and the lists brought in before."""
    SchoolPolicy.require(request.actor, "import")
    form = SchoolImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        started = services.start_import(actor=request.actor, file=data["file"], token=data["token"])
        return redirect("school_import", started.pk)
    page = Paginator(read.imports(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page}
    return form_page(request, "actors/school_imports.html", context)


@require_GET
def import_template(request, form: str):
    """The empty list, as CSV or XLSX."""
    if form not in CONTENT_TYPE:
        raise Http404
    response = HttpResponse(make_template(form), content_type=CONTENT_TYPE[form])
    response["Content-Disposition"] = f'attachment; filename="templat-sekolah.{form}"'
    return response


def _door(request, pk: int) -> SchoolImport:
    return get_object_or_404(read.imports(request.actor), pk=pk)


@require_GET
def import_detail(request, pk: int):
    """What the check found, how far the job is, and what may be done now."""
    found = _door(request, pk)
    checked = found.state not in {*SchoolImport.RUNNING, SchoolImport.State.FAILED}
    context = {
        "one": found,
        "may_change": SchoolImportPolicy.may(request.actor, "change", found),
        "wrong": read.wrong_rows(found) if found.wrong else [],
        "outside": read.outside_rows(found) if found.outside else [],
        "offices": read.outside_offices(found) if found.outside else [],
        "noted": read.noted_rows(found) if checked else [],
        "new": read.new_rows(found) if found.new and checked else [],
        "changed": read.changed_rows(found) if found.changed and checked else [],
        "kept": read.kept_rows(found) if found.kept else [],
    }
    return renewing(request, render(request, "actors/school_import.html", context), running=found.is_running)


@require_GET
def import_wrong_rows(request, pk: int):
    """The refused rows as a file to mend and upload again."""
    found = _door(request, pk)
    if not found.wrong_rows or not default_storage.exists(found.wrong_rows):
        raise Http404
    file = default_storage.open(found.wrong_rows)
    return FileResponse(file, as_attachment=True, filename=f"baris-salah-{found.pk}.csv", content_type="text/csv")


@require_POST
def import_run(request, pk: int):
    """Write the good rows."""
    services.confirm_import(actor=request.actor, school_import=_door(request, pk))
    return redirect("school_import", pk)


@require_POST
def import_undo(request, pk: int):
    """Take the import back."""
    services.undo_import(actor=request.actor, school_import=_door(request, pk))
    messages.info(request, _("Pembatalan berjalan."))
    return redirect("school_import", pk)
