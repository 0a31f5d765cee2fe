from importlib import import_module

from django.apps import AppConfig

STAGES: tuple[str, ...] = ("planning", "execution", "assessment", "skp")
"""The modules of `kinerja.gates`, loaded so that their rules are known."""


class KinerjaConfig(AppConfig):
    name = "kinerja"
    verbose_name = "Pengelolaan Kinerja"
    every_minute = (
        "kinerja.tasks.settle_moves_daily",
        "kinerja.tasks.fold_tallies",
        "kinerja.tasks.check_tallies",
        "kinerja.tasks.finish_assessments",
        "kinerja.tasks.plan_reminders",
        "kinerja.tasks.send_skp",
    )
    home = "kinerja.home"
    school_part = "kinerja.school.part"
    files = {"kinerja": "kinerja.services.evidence.known_files"}

    def ready(self) -> None:
        from . import checks, policies  # noqa: F401  (whoever asks visible_to must find them)

        for stage in STAGES:
            import_module(f"kinerja.gates.{stage}")
