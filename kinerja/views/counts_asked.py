"""What the address of a progress page asks for, read through every door once."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from coordination.actors.actor import Actor

from ..forms.counts import CutForm
from ..selectors.areas import Area, area_of, reads_counts
from ..selectors.progress import Cut, periods_of, present


@dataclass
class Asked:
    """What the address asks for, after every door: the area, the cut and the form that shows both."""

    actor: Actor
    form: CutForm
    area: Area
    cut: Cut

    def link(self, name: str = "kinerja:progress", **more: str) -> str:
        """An address of the same cut; what `more` says replaces the area or parts of the cut."""
        area = {} if {"wilayah", "sekolah"} & more.keys() else self.area.query
        asked = {**area, **self.cut.query, **more}
        return f"{reverse(name)}?{urlencode({key: value for key, value in asked.items() if value})}"

    def explain(self, key: str, **more: str) -> str:
        return self.link("kinerja:explain", angka=key, **more)


def asked_for(actor: Actor, query) -> Asked | None:
    """Read an address; None before Pusat has opened a period, Http404 for what the reader does not see."""
    if not reads_counts(actor):
        raise Http404
    periods = periods_of(actor)
    now = present(periods, actor.today())
    if now is None:
        return None
    form = CutForm(query, periods=periods, present=now)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    period = next((one for one in periods if one.code == data["periode"]), now)
    form.data = {**{name: value for name, value in data.items() if value}, "periode": period.code}
    try:
        area = area_of(actor, wilayah=data["wilayah"], npsn=data["sekolah"])
    except LookupError as error:
        raise Http404 from error
    return Asked(actor, form, area, Cut(period, data["jenjang"], data["jenis"]))
