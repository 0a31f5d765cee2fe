from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..exports import kind_named
from ..models import Export
from ..posting import renewing

PER_PAGE = 20


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
    return renewing(request, response, running=found.is_running)


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
