"""Demo content for a trial on one machine: people with a known password, example schools and their work.

Everything made up says "Contoh". Nothing here runs unless IKM_DEMO is set.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone


def load(*, password: str) -> Iterator[str]:
    """Make what is missing, step by step, and say what was made; runs as the owner of the tables."""
    from coordination.actors.actor import system
    from coordination.actors.models import Wilayah
    from coordination.actors.services.offices import save_organisation
    from kinerja.services.tallies import fold
    from reflection.services.cycles import generate_cycles
    from reflection.tasks import plan_ahead

    from . import people, plans, schools, work

    jabar = Wilayah.objects.get(pk="32")
    save_organisation(code="mitra_contoh", unit="mitra", name="Mitra Contoh", short_name="Mitra Contoh", wilayah=jabar)
    yield f"{schools.make_schools()} sekolah contoh."
    everyone = people.people(schools.npsn_of())
    for person in everyone:
        people.make(person, password)
    for person in people.principals(schools.npsn_of()):
        people.make(person, None)
    yield f"{len(everyone)} akun demo."
    with system():
        # From four months ago, so that one report is already late and the reminders have something to say.
        today = timezone.localdate()
        generate_cycles(until=today, since=today - timedelta(days=120), today=today - timedelta(days=120))
    plan_ahead()
    yield f"{work.make_communities()} komunitas contoh."
    yield f"{work.make_session()} komunitas diundang ke sesi contoh."
    yield f"{plans.make_plans()} rencana kinerja contoh."
    with system():
        fold()
