from django.apps import AppConfig


class ReflectionConfig(AppConfig):
    name = "reflection"
    verbose_name = "Refleksi dan laporan"
    home = "reflection.home"
    every_minute = ("reflection.tasks.plan_ahead", "reflection.tasks.plan_reminders")

    def ready(self):
        from . import policies  # noqa: F401  (a policy is known once its module has been read)
