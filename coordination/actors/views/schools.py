from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..forms import SchoolFilterForm
from ..models import School
from ..parts import school_parts
from ..policies import SchoolPolicy
from ..posting import PER_PAGE
from ..schools.kinds import LEVEL_OF
from ..selectors import schools as read
from ..selectors.members import gives_at_schools
from ..zones import day_words


@require_GET
def school_list(request):
    """Schools of the actor's area, with filters that live in the address."""
    actor, asked = request.actor, request.GET
    areas = read.areas_to_choose(actor, provinsi=asked.get("provinsi", "")[:2], kabkota=asked.get("kabkota", "")[:5])
    form = SchoolFilterForm(asked or None, areas=areas, kinds=list(LEVEL_OF))
    rows = read.schools(actor, **(form.chosen() if asked else {}))
    context = {
        "form": form,
        "page_obj": Paginator(rows, PER_PAGE).get_page(asked.get("page")),
        "may_import": SchoolPolicy.may(actor, "import"),
    }
    return render(request, "actors/schools.html", context)


@require_GET
def school_detail(request, npsn: str):
    """One school as Dapodik publishes it, and who answers for it."""
    rows = School.objects.visible_to(request.actor).select_related("provinsi", "kabkota", "kecamatan")
    school = get_object_or_404(rows, npsn=npsn)
    actor, founded = request.actor, school.details.get("tanggal_pendirian")
    context = {
        "school": school,
        "founded": day_words(date.fromisoformat(founded)) if founded else "",
        "parts": school_parts(actor, school),
        "office": read.office_that_answers(school),
        "may_register": actor.is_upt or actor.is_dinas,
        "may_invite": gives_at_schools(actor),
    }
    return render(request, "actors/school.html", context)
