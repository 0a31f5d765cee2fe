"""The way from a school's own page to the counts of its plans."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.actors.actor import Actor
from coordination.actors.models import Role, School
from coordination.actors.parts import Line, Part

from .selectors.areas import reads_counts


def part(actor: Actor, school: School) -> Part | None:
    """A link for whoever reads counts of this school; no statement."""
    if not reads_counts(actor) or (actor.role == Role.KEPSEK and school.path != actor.acting.path):
        return None
    page = f"{reverse('kinerja:progress')}?sekolah={school.npsn}"
    return Part(_("Pengelolaan Kinerja"), [Line(_("Capaian kinerja sekolah ini"), page)])
