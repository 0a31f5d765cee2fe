from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActorsConfig(AppConfig):
    name = "coordination.actors"
    verbose_name = "Pelaku dan wilayah"
    every_minute = (
        "coordination.actors.tasks.send_invitations",
        "coordination.actors.tasks.tend_school_imports",
        "coordination.actors.tasks.tend_exports",
    )

    every_day = (
        "coordination.actors.tasks.clear_old_drafts",
        "coordination.actors.tasks.clear_old_exports",
        "coordination.actors.tasks.clear_old_logins",
        "coordination.actors.tasks.clear_orphan_files",
    )
    files = {
        "impor": "coordination.actors.services.files.known_imports",
        "unduhan": "coordination.actors.services.files.known_exports",
    }

    def ready(self) -> None:
        from django.core.checks import register

        from .tenancy.checks import wall_stands
        from .tenancy.roles import apply_grants

        register(wall_stands, "database", deploy=False)
        post_migrate.connect(apply_grants, sender=self, dispatch_uid="actors.apply_grants")
