from functools import wraps

from django.http import Http404

from ..models import Kind, Report, ReportVersion
from ..selectors.reports import opened


def report_door(view):
    """Give the view the report that `pk` names, if the actor sees it; else the page that does not exist.

    The page is drawn inside the door, because a collaborator from outside sees the report only there.
    """

    @wraps(view)
    def through(request, pk: int, *args, **kwargs):
        try:
            with opened(request.actor, pk) as report:
                return view(request, report, *args, **kwargs)
        except (Report.DoesNotExist, ReportVersion.DoesNotExist) as error:
            raise Http404 from error

    return through


def kind_or_404(kind: str) -> Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)
