from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..exports import kind_named
from ..models import Export

PER_PAGE = 20
REFRESH_SECONDS = 3


@require_GET
def export_list(request):
    """The files the actor asked for in the last seven days."""
    page = Paginator(Export.objects.visible_to(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.label = kind_named(one.kind).label
    return render(request, "actors/exports.html", {"page_obj": page})


def _door(request, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.actor), pk=pk)


@require_GET
def export_detail(request, pk: int):
    """How far a file is, and its link when it is ready."""
    found = _door(request, pk)
    response = render(request, "actors/export.html", {"one": found, "label": kind_named(found.kind).label})
    if found.is_running and "diam" not in request.GET:
        # As a header: a page that renews itself must be able to stop, and the link on it leads to one without.
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_GET
def export_file(request, pk: int):
    """The file, to the person who asked for it."""
    found = _door(request, pk)
    if not found.file or not default_storage.exists(found.file):
        raise Http404
    response = FileResponse(default_storage.open(found.file), as_attachment=True, filename=found.filename)
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["X-Content-Type-Options"] = "nosniff"
    return response
